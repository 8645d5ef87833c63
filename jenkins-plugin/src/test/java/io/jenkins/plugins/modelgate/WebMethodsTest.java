package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Every web method of every descriptor of the plugin, also of those that are written later. */
@WithJenkins
class WebMethodsTest {
    private JenkinsRule jenkins;
    private WebMethods methods;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "bot", "", Secret.fromString("secret")));
        ModelgateConfiguration.get().setRegistries(List.of(new RegistrySettings("hidden", "/srv/hidden.git")));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.DISCOVER, Item.BUILD)
                .everywhere()
                .to("reader"));
        methods = new WebMethods(jenkins, job);
    }

    @AfterEach
    void end() {
        methods.close();
    }

    @Test
    void tellNothingToThoseWhoMayOnlyRead() throws Exception {
        Set<String> seen = new TreeSet<>();
        List<String> told = new ArrayList<>();
        for (Descriptor<?> descriptor : ours()) {
            for (Method method : WebMethods.of(descriptor)) {
                assertTrue(methods.answers(descriptor, method, "admin"), method + " does not answer an administrator");
                seen.add(descriptor.clazz.getSimpleName() + " " + method.getName());
            }
            told.addAll(methods.toldTooMuch(descriptor, "reader"));
        }
        assertEquals(List.of(), told);
        assertTrue(
                seen.containsAll(Set.of(
                        "DeployModelsStep doFillRegistryItems",
                        "ModelPromotedTrigger doFillRegistryItems",
                        "ModelgateConfiguration doFillHookSecretCredentialsIdItems",
                        "ModelgateStep doCheckReports",
                        "ModelgateStep doFillRegistryItems",
                        "PromoteModelStep doFillRegistryItems",
                        "PullModelStep doFillRegistryItems",
                        "RegisterModelStep doFillRegistryItems",
                        "RegistrySettings doFillCredentialsIdItems",
                        "RegistrySettings doTestConnection",
                        "ResolveModelStep doFillRegistryItems")),
                seen.toString());
    }

    @Test
    void areFoundOutWhenTheyCheckNothing() throws Exception {
        List<String> told = methods.toldTooMuch(ExtensionList.lookupSingleton(Careless.DescriptorImpl.class), "reader");
        for (String careless : List.of("GET  ", "GET job/job/ ", "POST  ", "POST job/job/ ")) {
            assertTrue(told.toString().contains(careless), careless + " in " + told);
        }
        assertTrue(
                told.stream().anyMatch(each -> each.startsWith("GET ") && each.contains("#doCheckGet")),
                told.toString());
        assertTrue(
                told.stream().noneMatch(each -> each.startsWith("GET ") && each.contains("#doFillRegistryItems")),
                told.toString());
        assertTrue(
                told.stream().anyMatch(each -> each.contains("#doFillRegistryItems") && each.contains("hidden")),
                told.toString());
        assertTrue(
                told.stream().anyMatch(each -> each.startsWith("POST ") && each.contains("#doTestPath")),
                told.toString());
    }

    /** A step whose author forgot all of it. */
    public static final class Careless extends hudson.model.AbstractDescribableImpl<Careless> {
        @TestExtension("areFoundOutWhenTheyCheckNothing")
        public static final class DescriptorImpl extends Descriptor<Careless> {
            @POST
            public ListBoxModel doFillRegistryItems() {
                ListBoxModel list = new ListBoxModel();
                ModelgateConfiguration.get().getRegistries().forEach(each -> list.add(each.getId()));
                return list;
            }

            public FormValidation doCheckGet(@QueryParameter String value) {
                return FormValidation.ok();
            }

            @POST
            public FormValidation doTestPath(@QueryParameter String value) {
                return FormValidation.error(value + " is not there");
            }
        }
    }

    private List<Descriptor<?>> ours() {
        List<Descriptor<?>> ours = new ArrayList<>();
        for (Descriptor<?> each : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (each.getClass().getName().startsWith("io.jenkins.plugins.modelgate.")) {
                ours.add(each);
            }
        }
        return ours;
    }
}
