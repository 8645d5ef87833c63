package io.jenkins.plugins.modelgate;

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

/** A promotion goes on after the controller was restarted in the middle of it. */
class PromotionRestartTest {
    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().javaOptions("-D" + ProposalWatch.class.getName() + ".interval=500");

    @TempDir
    Path folder;

    @Test
    void goesOnWithTheSameProposal() throws Throwable {
        RegistryFixture registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        String location = registry.repository().toString();
        RealJenkinsExtension.Step first = jenkins -> begin(jenkins, location);
        controller.then(first);
        registry.approve(3);
        RealJenkinsExtension.Step second = PromotionRestartTest::end;
        controller.then(second);
    }

    private static void begin(JenkinsRule jenkins, String location) throws Throwable {
        RegistrySettings settings = new RegistrySettings("models", location);
        settings.setUser("jenkins");
        ModelgateConfiguration.get().setRegistries(List.of(settings));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "promote");
        job.setDefinition(new CpsFlowDefinition(
                "def p = promoteModel model: 'credit/default-risk@1.0.0', to: 'uat'\necho \"ended ${p.verdict}\"",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("waits: 1 more approval needed", run);
    }

    private static void end(JenkinsRule jenkins) throws Throwable {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName("promote", WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Resuming build", run);
        jenkins.assertLogContains("ended pass", run);
        String log = JenkinsRule.getLog(run);
        if (log.indexOf("waits: 1 more") != log.lastIndexOf("waits: 1 more")) {
            throw new AssertionError("said twice: " + log);
        }
    }
}
