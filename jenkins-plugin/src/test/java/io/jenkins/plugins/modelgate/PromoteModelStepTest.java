package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.Result;
import io.modelgate.Registry;
import io.modelgate.policy.Review;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PromoteModelStepTest {
    private static final String INTERVAL = ProposalWatch.class.getName() + ".interval";
    private static final String TO_UAT =
            "def p = promoteModel model: 'credit/default-risk@1.0.0', to: 'uat', reason: 'quarterly'\n"
                    + "echo \"ended ${p.verdict} ${p.proposal} ${p.stage} ${p.ref} ${p.commit}\"\n"
                    + "echo \"of ${p.model} ${p.version} ${p.digest.length()}\"";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void begin(JenkinsRule rule) {
        System.setProperty(INTERVAL, "200");
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    @AfterEach
    void end() {
        System.clearProperty(INTERVAL);
    }

    @Test
    void waitsForItsReviewersAndMerges() throws Exception {
        WorkflowRun run = start(TO_UAT);
        jenkins.waitForMessage("waits: 1 more approval needed", run);
        jenkins.waitForMessage("proposal 3 is open", run);
        registry.approve(3);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ended pass 3 uat credit/default-risk@1.0.0 ", run);
        jenkins.assertLogContains("of credit/default-risk 1.0.0 71", run);
        String log = JenkinsRule.getLog(run);
        assertEquals(log.indexOf("waits: 1 more"), log.lastIndexOf("waits: 1 more"), log);
        try (Registry open = registry.as("ann")) {
            assertTrue(open.catalog()
                    .model(io.modelgate.manifest.ModelName.parse(RegistryFixture.MODEL))
                    .stages()
                    .toString()
                    .contains("uat=1.0.0"));
        }
    }

    @Test
    void isDeclarativeAndNeedsNoAgent() throws Exception {
        WorkflowRun run = start("""
                pipeline {
                  agent none
                  options { timeout(time: 5, unit: 'MINUTES') }
                  stages { stage('promote') { steps { promoteModel(model: 'credit/default-risk@dev', to: 'uat') } } }
                }
                """);
        jenkins.waitForMessage("proposal 3 is open", run);
        assertEquals(0, jenkins.jenkins.getComputers()[0].countBusy());
        registry.approve(3);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void holdsNoThreadHoweverManyWait() throws Exception {
        WorkflowJob job = job(TO_UAT);
        int before = Thread.activeCount();
        List<WorkflowRun> runs = new java.util.ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(job.scheduleBuild2(
                            0, new hudson.model.ParametersAction(new hudson.model.StringParameterValue("N", "" + i)))
                    .waitForStart());
        }
        for (WorkflowRun run : runs) {
            jenkins.waitForMessage("waits: 1 more approval needed", run);
        }
        long ours = Thread.getAllStackTraces().values().stream()
                .filter(stack -> java.util.Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().contains("modelgate.Proposal")))
                .count();
        assertTrue(ours <= 1, ours + " threads; " + before + " before");
        registry.approve(3);
        for (WorkflowRun run : runs) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("proposal 3 is open", run);
        }
    }

    @Test
    void hearsOfAMergeByHand() throws Exception {
        WorkflowRun run = start(TO_UAT.replace("reason: 'quarterly'", "merge: false"));
        jenkins.waitForMessage("waits: 1 more approval needed", run);
        registry.approve(3);
        jenkins.waitForMessage("passes, and waits to be merged", run);
        registry.review(3, Review.State.DISMISSED);
        jenkins.waitForMessage("Proposal 3 waits: 1 more", run);
        registry.approve(3);
        try (Registry ben = registry.as("ben")) {
            assertTrue(ben.merge(3).merged().isPresent());
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("was merged by somebody else", run);
        jenkins.assertLogContains("ended merged 3", run);
    }

    @Test
    void mergesAsLongAsOneOfThoseThatWaitWantsThat() throws Exception {
        WorkflowJob job = job(TO_UAT.replace("reason: 'quarterly'", "merge: env.MERGE == 'yes'"));
        WorkflowRun merging = start(job, "yes");
        jenkins.waitForMessage("waits: 1 more approval needed", merging);
        WorkflowRun leaving = start(job, "no");
        jenkins.waitForMessage("waits: 1 more approval needed", leaving);
        registry.approve(3);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(merging));
        jenkins.assertLogContains("ended pass 3", merging);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(leaving));
    }

    @Test
    void mergesNoMoreWhenTheOneThatWantedThatIsStopped() throws Exception {
        WorkflowJob job = job(TO_UAT.replace("reason: 'quarterly'", "merge: env.MERGE == 'yes'"));
        WorkflowRun leaving = start(job, "no");
        jenkins.waitForMessage("waits: 1 more approval needed", leaving);
        WorkflowRun merging = start(job, "yes");
        jenkins.waitForMessage("waits: 1 more approval needed", merging);
        merging.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(merging));
        Thread.sleep(1_000); // a look that was under way
        registry.approve(3);
        jenkins.waitForMessage("passes, and waits to be merged", leaving);
        leaving.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(leaving));
    }

    private static WorkflowRun start(WorkflowJob job, String merge) throws Exception {
        return job.scheduleBuild2(
                        0,
                        new hudson.model.ParametersAction(
                                List.of(new hudson.model.StringParameterValue("MERGE", merge)), List.of("MERGE")))
                .waitForStart();
    }

    @Test
    void failsWhenItIsClosed() throws Exception {
        WorkflowRun run = start(TO_UAT);
        jenkins.waitForMessage("waits: 1 more approval needed", run);
        try (Registry open = registry.as("jenkins")) {
            open.host().close(3);
        }
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Proposal 3 was closed without being merged.", run);
    }

    @Test
    void saysWhatIsLeftOpenWhenItIsStopped() throws Exception {
        WorkflowRun run = start(TO_UAT);
        jenkins.waitForMessage("waits: 1 more approval needed", run);
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Proposal 3 stays open; run again to go on waiting for it.", run);
        WorkflowRun again = start(TO_UAT);
        jenkins.waitForMessage("proposal 3 is open", again);
        registry.approve(3);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(again));
    }

    @Test
    void endsWithATimeout() throws Exception {
        WorkflowRun run = start("timeout(time: 2, unit: 'SECONDS') {\n" + TO_UAT + "\n}");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Proposal 3 stays open", run);
    }

    @Test
    void endsAtOnceWithoutWaiting() throws Exception {
        WorkflowRun run = jenkins.waitForCompletion(start(TO_UAT.replace("reason: 'quarterly'", "wait: false")));
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("ended pending 3", run);
        WorkflowRun done = jenkins.waitForCompletion(start(TO_UAT.replace("'uat'", "'dev'")));
        jenkins.assertBuildStatusSuccess(done);
        jenkins.assertLogContains("ended pass 0 dev", done);
    }

    @Test
    void failsWhatTheGateFails() throws Exception {
        registry.put("policies/release.yaml", """
                apiVersion: modelgate.io/v1
                kind: Policy
                name: release
                appliesTo: {stages: [uat]}
                rules:
                  - id: signed
                    rationale: Who made it must be known.
                    signature:
                      keys:
                        - id: release
                          publicKey: |
                            -----BEGIN PUBLIC KEY-----
                            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1dY/+USbwqTnm54VTjgswSfFfcYL
                            wrSvREvJKUmZgvEgq61CSiycZ5KSapYdTaMw3AT0q8lf9PAGHCBFHrvxLw==
                            -----END PUBLIC KEY-----
                """);
        WorkflowRun run = jenkins.waitForCompletion(start(TO_UAT));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("release/signed", run);
        jenkins.assertLogContains("refused, nothing was proposed.", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void goesOnWhenTheHostIsBack() throws Exception {
        WorkflowRun run = start(TO_UAT);
        jenkins.waitForMessage("waits: 1 more approval needed", run);
        Path away = folder.resolve("away.git");
        Files.move(registry.repository(), away);
        jenkins.waitForMessage("Proposal 3 waits: ", run);
        Thread.sleep(1_500);
        assertTrue(run.isBuilding());
        Files.move(away, registry.repository());
        registry.approve(3);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void needsThePermissionToPromote() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("low")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, ModelgatePermissions.PROMOTE)
                .everywhere()
                .to("high"));
        WorkflowJob low = job(TO_UAT);
        WorkflowJob high = job(TO_UAT);
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                low.getFullName(),
                                hudson.model.User.getById("low", true).impersonate2())
                        .authenticate(
                                high.getFullName(),
                                hudson.model.User.getById("high", true).impersonate2()));
        WorkflowRun refused = jenkins.waitForCompletion(low.scheduleBuild2(0).waitForStart());
        jenkins.assertBuildStatus(Result.FAILURE, refused);
        jenkins.assertLogContains("low lacks the permission Modelgate/Promote", refused);
        WorkflowRun allowed = high.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("proposal 3 is open", allowed);
        registry.approve(3);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(allowed));
    }

    @Test
    void keepsItsSettingsInTheSnippetGenerator() throws Exception {
        PromoteModelStep step = new PromoteModelStep("credit/default-risk@1.0.0", "uat");
        step.setReason("quarterly");
        step.setWait(false);
        step.setHotfix(true);
        PromoteModelStep kept = Snippets.roundTrip(
                step,
                PromoteModelStep.class,
                "promoteModel hotfix: true, model: 'credit/default-risk@1.0.0', reason: 'quarterly', to: 'uat', wait: false");
        assertFalse(kept.isWait());
        assertTrue(kept.isMerge());
        assertEquals(
                "promoteModel model: 'a/b@1.0.0', to: 'prod'",
                Snippets.generated(jenkins, "promoteModel", Map.of("model", "a/b@1.0.0", "to", "prod")));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun start(String script) throws Exception {
        return job(script).scheduleBuild2(0).waitForStart();
    }
}
