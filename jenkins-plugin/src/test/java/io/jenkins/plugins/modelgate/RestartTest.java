package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.ExtensionList;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** What outlives a restart of the controller, which sees of the plugin only what is public. */
class RestartTest {
    @TempDir
    Path folder;

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    @Test
    void startsNoJobAgainAndGoesOnWaitingForADeployment() throws Throwable {
        RegistryFixture registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.register("1.1.0");
        registry.put("targets/dev/cluster.yaml", """
                apiVersion: modelgate.io/v1
                kind: DeploymentTarget
                name: cluster
                stage: dev
                type: job
                models: ["credit/*"]
                settings: {job: rollout}
                """);
        registry.promote("1.0.0", "dev");
        String repository = registry.repository().toString();
        controller.then(new Prepare(repository));
        registry.promote("1.1.0", "dev");
        controller.then(RestartTest::startOnce);
        controller.then(RestartTest::notAgain);
    }

    private record Prepare(String repository) implements RealJenkinsExtension.Step {
        @Override
        public void run(JenkinsRule rule) throws Exception {
            RegistrySettings settings = new RegistrySettings("models", repository);
            settings.setUser("jenkins");
            ModelgateConfiguration.get().setRegistries(List.of(settings));
            WorkflowJob rollout = rule.createProject(WorkflowJob.class, "rollout");
            rollout.setDefinition(new CpsFlowDefinition("echo \"rolls ${env.MODELGATE_VERSION}\"; sleep 20", true));
            WorkflowJob deploy = rule.createProject(WorkflowJob.class, "deploy");
            deploy.setDefinition(new CpsFlowDefinition("echo \"live ${deployModels('dev')}\"", true));
            deploy.addTrigger(new ModelPromotedTrigger());
            look();
            File seen = new File(deploy.getRootDir(), "modelgate-promotions.txt");
            while (!seen.exists()) {
                Thread.sleep(100);
            }
        }
    }

    /** In its own thread, as it would by itself. */
    private static void look() {
        ExtensionList.lookupSingleton(PromotionPolling.class).doRun();
    }

    private static void startOnce(JenkinsRule rule) throws Exception {
        look();
        WorkflowJob deploy = rule.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        while (deploy.getLastBuild() == null) {
            Thread.sleep(100);
        }
        rule.waitForMessage("waits for the job rollout", deploy.getLastBuild());
        WorkflowJob rollout = rule.jenkins.getItemByFullName("rollout", WorkflowJob.class);
        while (rollout.getLastBuild() == null) {
            Thread.sleep(100);
        }
        rule.waitForMessage("rolls 1.1.0", rollout.getLastBuild());
    }

    private static void notAgain(JenkinsRule rule) throws Exception {
        look();
        Thread.sleep(2000);
        look();
        WorkflowJob deploy = rule.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        WorkflowRun run = rule.waitForCompletion(deploy.getBuildByNumber(1));
        rule.assertBuildStatusSuccess(run);
        rule.assertLogContains("Resuming build", run);
        rule.assertLogContains("live [credit/default-risk@1.1.0 on cluster]", run);
        assertEquals(1, deploy.getLastBuild().getNumber());
        assertEquals(
                1,
                rule.jenkins
                        .getItemByFullName("rollout", WorkflowJob.class)
                        .getLastBuild()
                        .getNumber());
    }
}
