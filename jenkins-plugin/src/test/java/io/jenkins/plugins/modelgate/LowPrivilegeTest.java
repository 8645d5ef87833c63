package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.util.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jobs that run as somebody who may not use the registry's credentials, and the same jobs as somebody who may. */
@WithJenkins
class LowPrivilegeTest {
    private static final String REFUSED =
            "This job has no credentials 'registry', which the registry 'models' wants. Give them to the job's folder, or globally.";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private WorkflowJob low;
    private WorkflowJob high;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.register("1.1.0");
        registry.promote("1.0.0", "dev");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "registry", "", Secret.fromString("secret")));
        RegistrySettings settings = registry.settings("models");
        settings.setCredentialsId("registry");
        ModelgateConfiguration.get().setRegistries(List.of(settings));
        low = jenkins.createProject(WorkflowJob.class, "low");
        high = jenkins.createProject(WorkflowJob.class, "high");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD)
                .everywhere()
                .to("low", "high")
                .grant(CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("high"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate(
                                "low", User.getOrCreateByIdOrFullName("low").impersonate2())
                        .authenticate(
                                "high", User.getOrCreateByIdOrFullName("high").impersonate2()));
    }

    @Test
    void resolveNothingWithoutTheCredentials() throws Exception {
        String script = "echo \"found ${resolveModel('credit/default-risk@dev').ref}\"";
        assertRefused(run(low, script));
        jenkins.assertLogContains("found credit/default-risk@1.0.0", succeeded(run(high, script)));
    }

    @Test
    void pullNothingWithoutTheCredentials() throws Exception {
        String script = "node { pullModel model: 'credit/default-risk@dev', to: 'got' }";
        assertRefused(run(low, script));
        assertFalse(jenkins.jenkins.getWorkspaceFor(low).child("got").exists(), "something was fetched");
        jenkins.assertLogContains("2 files fetched into got", succeeded(run(high, script)));
    }

    @Test
    void judgeNothingWithoutTheCredentials() throws Exception {
        OpenProposals proposals = new OpenProposals(registry);
        int number = proposals.promotion("1.0.0", "uat");
        registry.approve(number);
        String script = "modelgate proposal: " + number;
        assertRefused(run(low, script));
        assertEquals("", proposals.status(number), "the host heard of it");
        jenkins.assertLogContains("PASS", succeeded(run(high, script)));
        assertTrue(proposals.status(number).contains("state: success"), proposals.status(number));
    }

    @Test
    void areStartedByNoPromotionWithoutTheCredentials() throws Exception {
        for (WorkflowJob job : List.of(low, high)) {
            job.setDefinition(new CpsFlowDefinition(
                    "echo \"told ${env.MODELGATE_VERSION}, found ${resolveModel('credit/default-risk@dev').ref}\"",
                    true));
            job.addTrigger(new ModelPromotedTrigger());
        }
        try (LogRecorder log =
                new LogRecorder().record(PromotionPolling.class, Level.INFO).capture(10)) {
            PromotionPolling.get().look();
            registry.promote("1.1.0", "dev");
            PromotionPolling.get().look();
            jenkins.waitUntilNoActivity();
            assertEquals(List.of("No promotion starts low: " + REFUSED), log.getMessages());
        }
        assertNull(low.getLastBuild());
        jenkins.assertLogContains("told 1.1.0, found credit/default-risk@1.1.0", succeeded(high.getBuildByNumber(1)));
    }

    private void assertRefused(WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains(REFUSED, run);
        jenkins.assertLogNotContains("found ", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    private WorkflowRun succeeded(WorkflowRun run) throws Exception {
        return jenkins.assertBuildStatusSuccess(run);
    }

    private WorkflowRun run(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
