package io.jenkins.plugins.modelgate;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The registries that jobs may name. */
@Extension
@Symbol("modelgate")
public class ModelgateConfiguration extends GlobalConfiguration {
    private List<RegistrySettings> registries = new ArrayList<>();
    private String hookSecretCredentialsId;

    public ModelgateConfiguration() {
        load();
    }

    public static ModelgateConfiguration get() {
        return ExtensionList.lookupSingleton(ModelgateConfiguration.class);
    }

    @NonNull
    public List<RegistrySettings> getRegistries() {
        return List.copyOf(registries);
    }

    @DataBoundSetter
    public void setRegistries(List<RegistrySettings> registries) {
        this.registries = registries == null ? new ArrayList<>() : new ArrayList<>(registries);
        save();
    }

    /** The secret text that webhooks are signed with; null when none are taken. */
    public String getHookSecretCredentialsId() {
        return hookSecretCredentialsId;
    }

    @DataBoundSetter
    public void setHookSecretCredentialsId(String hookSecretCredentialsId) {
        this.hookSecretCredentialsId = Util.fixEmptyAndTrim(hookSecretCredentialsId);
        save();
    }

    /** A form without any registry does not mention them: then there are none. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        if (!form.has("registries")) {
            setRegistries(List.of());
        }
        request.bindJSON(this, form);
        return true;
    }

    /** The secret of webhooks, from the credentials of the system. */
    Optional<Secret> hookSecret() {
        if (hookSecretCredentialsId == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(CredentialsMatchers.firstOrNull(
                        CredentialsProvider.lookupCredentialsInItemGroup(
                                StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                        CredentialsMatchers.withId(hookSecretCredentialsId)))
                .map(StringCredentials::getSecret);
    }

    @POST
    public ListBoxModel doFillHookSecretCredentialsIdItems(@QueryParameter String hookSecretCredentialsId) {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        StandardListBoxModel list = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return list.includeCurrentValue(hookSecretCredentialsId);
        }
        return list.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2, Jenkins.get(), StringCredentials.class, List.of(), CredentialsMatchers.always())
                .includeCurrentValue(hookSecretCredentialsId);
    }

    /** The registry of this name, or the only one when none is named. */
    RegistrySettings registry(String id) throws AbortException {
        if (id == null || id.isBlank()) {
            if (registries.size() == 1) {
                return registries.get(0);
            }
            throw new AbortException(
                    registries.isEmpty()
                            ? "No registry is configured. Add one under Manage Jenkins, System, Modelgate."
                            : "Several registries are configured. Say which: registry: '"
                                    + registries.get(0).getId() + "'.");
        }
        Optional<RegistrySettings> named =
                registries.stream().filter(each -> each.getId().equals(id)).findFirst();
        return named.orElseThrow(() -> new AbortException("No registry '" + id + "' is configured. Known are: "
                + String.join(
                        ", ", registries.stream().map(RegistrySettings::getId).toList()) + "."));
    }
}
