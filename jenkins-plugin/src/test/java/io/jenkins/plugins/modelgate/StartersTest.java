package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import hudson.tasks.Mailer;
import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitFacts;
import io.modelgate.manifest.UserId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever is behind a build cannot approve what it proposes. */
@WithJenkins
class StartersTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        RegistrySettings settings = registry.settings("models");
        settings.setLogins("trainer=ben");
        ModelgateConfiguration.get().setRegistries(List.of(settings));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
    }

    private WorkflowRun promote(Cause... causes) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(
                new CpsFlowDefinition("promoteModel model: 'credit/default-risk@1.0.0', to: 'uat', wait: false", true));
        return jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(causes)));
    }

    @Test
    void cannotApproveUnderTheirLoginOnTheGitHost() throws Exception {
        User trainer = User.getById("trainer", true);
        trainer.setFullName("Tea Trainer");
        trainer.addProperty(new Mailer.UserProperty("tea@acme.example"));

        promote(new Cause.UserIdCause("trainer"));

        try (Registry open = registry.as("ann")) {
            assertTrue(open.proposal(3).participants().isRequester(new UserId("ben")));
            CommitFacts commit =
                    open.workplace().repository().facts(open.proposal(3).head());
            assertEquals(new CommitFacts.Signature("Tea Trainer", "tea@acme.example"), commit.author());
            assertEquals("jenkins@acme.example", commit.committer().email());
            assertEquals(List.of("ben", "tea@acme.example"), commit.trailers("Requested-by"));
        }
        RegistryException refused = assertThrows(RegistryException.class, () -> registry.approve(3));
        assertTrue(refused.getMessage().contains("ben asked for proposal 3"), refused.getMessage());
    }

    @Test
    void areFoundBehindABuildUpstream() throws Exception {
        FreeStyleProject above = jenkins.createFreeStyleProject();
        Cause.UpstreamCause cause = new Cause.UpstreamCause(
                jenkins.assertBuildStatusSuccess(above.scheduleBuild2(0, new Cause.UserIdCause("trainer"))));

        WorkflowRun run = promote(cause);

        assertEquals(Set.of("trainer"), Starters.ids(run));
        assertThrows(RegistryException.class, () -> registry.approve(3));
    }

    @Test
    void areNobodyForATimer() throws Exception {
        WorkflowRun run = promote(new hudson.triggers.TimerTrigger.TimerTriggerCause());

        assertEquals(Set.of(), Starters.ids(run));
        registry.approve(3);
    }

    @Test
    void whomTheHostDoesNotKnowAreNoted() throws Exception {
        WorkflowRun run = promote(new Cause.UserIdCause("tea@acme.example"));

        jenkins.assertLogContains("[modelgate] note: There is no user 'tea@acme.example' on the Git host", run);
    }
}
