package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.FilePath;
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

/** A registration that waits for its reviewers goes on after the controller was restarted. */
class RegistrationRestartTest {
    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().javaOptions("-D" + ProposalWatch.class.getName() + ".interval=500");

    @TempDir
    Path folder;

    @Test
    void goesOnWithTheSameProposal() throws Throwable {
        RegistryFixture registry = new RegistryFixture(folder);
        registry.put("registry.yaml", RegistryFixture.CONFIG + "approvals: {registration: {count: 1}}\n");
        RealJenkinsExtension.Step first =
                new Begin(registry.repository().toString(), RegistryFixture.SAMPLES.toString());
        controller.then(first);
        registry.approve(1);
        RealJenkinsExtension.Step second = RegistrationRestartTest::end;
        controller.then(second);
    }

    private record Begin(String location, String samples) implements RealJenkinsExtension.Step {
        @Override
        public void run(JenkinsRule jenkins) throws Throwable {
            RegistrySettings settings = new RegistrySettings("models", location);
            settings.setUser("jenkins");
            ModelgateConfiguration.get().setRegistries(List.of(settings));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "train");
            FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
            Path trained = Path.of(samples, "1.0.0");
            new FilePath(trained.toFile()).copyRecursiveTo(workspace);
            new FilePath(trained.resolveSibling("model.yaml").toFile()).copyTo(workspace.child("model.yaml"));
            job.setDefinition(new CpsFlowDefinition("""
                    node {
                      def v = registerModel model: 'credit/default-risk', version: '1.0.0', files: 'model', card: 'card.md',
                        facts: 'facts.yaml', description: 'model.yaml', evidence: 'evaluations/*.yaml,fairness/*.yaml', wait: true
                      echo "ended ${v.ref} ${v.verdict} ${v.proposal} ${v.merged != null}"
                    }
                    """, true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Proposal 1 waits: 1 more approval needed", run);
        }
    }

    private static void end(JenkinsRule jenkins) throws Throwable {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName("train", WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Resuming build", run);
        jenkins.assertLogContains("ended credit/default-risk@1.0.0 pass 1 true", run);
        String log = JenkinsRule.getLog(run);
        assertEquals(log.indexOf("waits: 1 more"), log.lastIndexOf("waits: 1 more"), log);
    }
}
