package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.model.User;
import io.modelgate.Registry;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DeployJobTargetTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private WorkflowJob rollout;
    private WorkflowJob deploy;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        registry.put("targets/dev/cluster.yaml", """
                apiVersion: modelgate.io/v1
                kind: DeploymentTarget
                name: cluster
                stage: dev
                type: job
                models: ["credit/*"]
                settings: {job: rollout}
                """);
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
        rollout = jenkins.createProject(WorkflowJob.class, "rollout");
        deploy = jenkins.createProject(WorkflowJob.class, "deploy");
        deploy.setDefinition(
                new CpsFlowDefinition("echo \"live: ${deployModels('dev').collect { it.target }}\"", true));
    }

    private void rolls(String script) throws Exception {
        rollout.setDefinition(new CpsFlowDefinition(script, true));
    }

    private WorkflowRun deployed() throws Exception {
        return jenkins.waitForCompletion(deploy.scheduleBuild2(0).waitForStart());
    }

    @Test
    void isLiveWhenTheJobSucceeds() throws Exception {
        rolls("echo \"rolls ${env.MODELGATE_MODEL} ${env.MODELGATE_VERSION} ${env.MODELGATE_STAGE}"
                + " ${env.MODELGATE_DIGEST.length()} ${env.MODELGATE_MANIFEST.length()}\"");
        WorkflowRun run = deployed();
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("live: [cluster]", run);
        jenkins.assertLogContains("credit/default-risk@1.0.0 on cluster: waits for the job rollout.", run);
        jenkins.assertLogContains("rolls credit/default-risk 1.0.0 dev 71 71", rollout.getLastBuild());
        jenkins.assertLogContains("Started by upstream project \"deploy\"", rollout.getLastBuild());
        jenkins.assertLogContains("live: []", jenkins.assertBuildStatusSuccess(deployed()));
        assertEquals(1, rollout.getLastBuild().getNumber());
    }

    @Test
    void failsWithTheJobAndIsTriedAgain() throws Exception {
        rolls("error 'the cluster is full'");
        WorkflowRun run = deployed();
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("credit/default-risk@1.0.0 on cluster: failed. rollout #1 ended with FAILURE.", run);
        rolls("echo 'better'");
        jenkins.assertLogContains("live: [cluster]", jenkins.assertBuildStatusSuccess(deployed()));
        assertEquals(2, rollout.getLastBuild().getNumber());
    }

    @Test
    void waitsWithoutAThreadAndStopsTheJobWhenItIsStopped() throws Exception {
        rolls("echo 'rolling'; sleep 300");
        WorkflowRun run = deploy.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("waits for the job rollout", run);
        while (rollout.getLastBuild() == null) {
            Thread.sleep(100);
        }
        jenkins.waitForMessage("rolling", rollout.getLastBuild());
        Thread.sleep(1500);
        assertTrue(Thread.getAllStackTraces().values().stream()
                .noneMatch(stack -> java.util.Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(DeployModelsExecution.class.getName()))));
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(rollout.getLastBuild()));
        String record = registry.read("deployments/dev", "open/cluster/credit/default-risk.yaml");
        assertTrue(record.contains("state: failed"), record);
        assertTrue(record.contains("job/deploy/1/#"), record);
    }

    @Test
    void asksTheJobAgainForAnotherStageOfTheSameBuild() throws Exception {
        int proposal = new OpenProposals(registry).promotion("1.0.0", "uat");
        registry.approve(proposal);
        try (Registry ben = registry.as("ben")) {
            assertTrue(ben.merge(proposal).merged().isPresent());
        }
        registry.put("targets/uat/cluster.yaml", """
                apiVersion: modelgate.io/v1
                kind: DeploymentTarget
                name: cluster
                stage: uat
                type: job
                models: ["credit/*"]
                settings: {job: rollout}
                """);
        rolls("echo \"rolls ${env.MODELGATE_STAGE}\"");
        deploy.setDefinition(new CpsFlowDefinition("deployModels 'dev'; deployModels 'uat'", true));
        jenkins.assertBuildStatusSuccess(deployed());
        jenkins.assertLogContains("rolls dev", rollout.getBuildByNumber(1));
        jenkins.assertLogContains("rolls uat", rollout.getBuildByNumber(2));
    }

    @Test
    void asksTheJobAgainWhenTheStepIsRetried() throws Exception {
        rolls("if (env.BUILD_NUMBER == '1') { error 'the cluster is full' }");
        deploy.setDefinition(new CpsFlowDefinition("retry(3) { deployModels 'dev' }", true));
        jenkins.assertLogContains(
                "credit/default-risk@1.0.0 on cluster: live.", jenkins.assertBuildStatusSuccess(deployed()));
        assertEquals(2, rollout.getLastBuild().getNumber());
    }

    @Test
    void takesNoBuildWithOtherParametersForItsOwn() throws Exception {
        rolls("echo 'something else'");
        WorkflowRun run = deployed();
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("rollout #1 was started with other parameters than this order's.", run);
    }

    /** As a plugin that rewrites parameters. */
    @TestExtension("takesNoBuildWithOtherParametersForItsOwn")
    public static final class Rewriting extends Queue.QueueDecisionHandler {
        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            if (task.getName().equals("rollout")) {
                actions.removeIf(ParametersAction.class::isInstance);
                actions.add(new ParametersAction(
                        List.of(new StringParameterValue("MODELGATE_STAGE", "uat")), List.of("MODELGATE_STAGE")));
            }
            return true;
        }
    }

    @Test
    void saysThatAJobLeftTheQueue() throws Exception {
        rolls("echo 'never'");
        rollout.setQuietPeriod(0);
        jenkins.jenkins.setNumExecutors(0);
        rolls("node('nowhere') { }");
        WorkflowRun run = deploy.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("waits for the job rollout", run);
        while (rollout.getLastBuild() == null) {
            Thread.sleep(100);
        }
        rollout.getLastBuild().getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("rollout #1 ended with ABORTED", run);
    }

    @Test
    void startsNoJobThatTheBuildsUserMayNot() throws Exception {
        rolls("echo 'no'");
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.DISCOVER)
                .everywhere()
                .toEveryone()
                .grant(Item.READ, Item.BUILD, ModelgatePermissions.PROMOTE)
                .onItems(deploy)
                .to("deployer", "reader")
                .grant(Item.READ)
                .onItems(rollout)
                .to("reader")
                .grant(Item.READ, Item.BUILD)
                .onItems(deploy, rollout)
                .to("stranger");
        as("deployer", rights);
        jenkins.assertLogContains(
                "There is no job rollout that this build may see.",
                jenkins.assertBuildStatus(Result.FAILURE, deployed()));
        as("reader", rights);
        jenkins.assertLogContains(
                "reader may not build rollout.", jenkins.assertBuildStatus(Result.FAILURE, deployed()));
        as("stranger", rights);
        jenkins.assertLogContains(
                "stranger lacks the permission Modelgate/Promote on deploy.",
                jenkins.assertBuildStatus(Result.FAILURE, deployed()));
        assertNull(rollout.getLastBuild());
    }

    private void as(String user, MockAuthorizationStrategy rights) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(rights);
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate("deploy", User.getById(user, true).impersonate2()));
    }
}
