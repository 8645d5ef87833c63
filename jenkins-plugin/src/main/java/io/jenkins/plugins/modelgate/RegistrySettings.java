package io.jenkins.plugins.modelgate;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where a registry is, and who Jenkins is there. It names credentials and holds none. */
public class RegistrySettings extends AbstractDescribableImpl<RegistrySettings> {
    private final String id;
    private final String location;
    private String credentialsId;
    private String host;
    private String user;
    private String logins;

    /**
     * @param id what jobs call it
     * @param location its address, or a folder of the controller
     */
    @DataBoundConstructor
    public RegistrySettings(@NonNull String id, @NonNull String location) {
        this.id = id;
        this.location = location;
    }

    @NonNull
    public String getId() {
        return id;
    }

    @NonNull
    public String getLocation() {
        return location;
    }

    /** The token, or user name and password, for Git and the host's API; or a key for Git over SSH. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Kind and address of the Git host where they cannot be told from the location, such as {@code gitea=https://git.example.com}. */
    public String getHost() {
        return host;
    }

    @DataBoundSetter
    public void setHost(String host) {
        this.host = Util.fixEmptyAndTrim(host);
    }

    /** Who Jenkins is, on a local host that takes one's word for it. */
    public String getUser() {
        return user;
    }

    @DataBoundSetter
    public void setUser(String user) {
        this.user = Util.fixEmptyAndTrim(user);
    }

    /** The logins on the Git host of people who go by another name there than in Jenkins: {@code id=login}, a line each. */
    public String getLogins() {
        return logins;
    }

    @DataBoundSetter
    public void setLogins(String logins) {
        this.logins = Util.fixEmptyAndTrim(logins);
    }

    /** The login of a user of this Jenkins; the same name where nothing else is said. */
    String login(String id) {
        return (logins == null ? "" : logins)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].strip().equalsIgnoreCase(id) && !pair[1].isBlank())
                .map(pair -> pair[1].strip())
                .findFirst()
                .orElse(id);
    }

    @Extension
    public static class DescriptorImpl extends Descriptor<RegistrySettings> {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Registry";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
            StandardListBoxModel list = new StandardListBoxModel();
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return list.includeCurrentValue(credentialsId);
            }
            return list.includeEmptyValue()
                    .includeMatchingAs(
                            ACL.SYSTEM2,
                            Jenkins.get(),
                            StandardCredentials.class,
                            List.of(),
                            CredentialsMatchers.anyOf(
                                    CredentialsMatchers.instanceOf(StringCredentials.class),
                                    CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
                                    CredentialsMatchers.instanceOf(SSHUserPrivateKey.class)))
                    .includeCurrentValue(credentialsId);
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
                    ? FormValidation.ok()
                    : FormValidation.error("A name of letters, digits, '.', '_' and '-'.");
        }

        @POST
        public FormValidation doCheckLocation(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            if (value.isBlank()) {
                return FormValidation.error("The address of the registry's Git repository.");
            }
            return value.matches("[a-z+]+://[^/@]*:[^/@]*@.*")
                    ? FormValidation.error("The address holds a password. Choose credentials below instead.")
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckLogins(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return value.lines().allMatch(line -> line.isBlank() || line.matches("\\s*[^=\\s][^=]*=\\s*\\S.*"))
                    ? FormValidation.ok()
                    : FormValidation.error("A line for each person: <user id in Jenkins>=<login on the Git host>.");
        }

        /** Opens the registry as it is typed. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String id,
                @QueryParameter String location,
                @QueryParameter String credentialsId,
                @QueryParameter String host,
                @QueryParameter String user) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RegistrySettings typed = new RegistrySettings(id, location);
            typed.setCredentialsId(credentialsId);
            typed.setHost(host);
            typed.setUser(user);
            try (Registry registry = OpenRegistry.of(typed, OpenRegistry.system(typed))) {
                return FormValidation.ok("The registry " + registry.config().name() + ", stages "
                        + registry.config().stages() + "; here Jenkins is "
                        + registry.host().me() + ".");
            } catch (RegistryException e) {
                return FormValidation.error(e.getMessage() + " " + e.remedy());
            }
        }
    }
}
