package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.Slave;
import io.modelgate.Registry;
import io.modelgate.host.Proposal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins ends in the middle of a step that works and does not wait: it fails, and doing it again does it once. */
class StepRestartTest {
    private static final String RETRY = "retry(count: 2, conditions: [nonresumable()])";
    private static final String REGISTER = "def v = registerModel(" + TrainingJob.ARGUMENTS
            + ", version: '1.4.0')\necho \"ended ${v.ref} ${v.verdict} ${v.proposal} ${v.merged != null}\"";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private RegistryFixture registry;

    @TestExtension
    public static final class Held extends HeldLine.Factory {}

    @BeforeEach
    void begin() {
        registry = new RegistryFixture(folder);
    }

    @Test
    void registerModelFindsItsProposalAgain() throws Throwable {
        registry.put("registry.yaml", RegistryFixture.CONFIG + "approvals: {registration: {count: 1}}\n");
        train(RETRY + " {\n" + REGISTER + "\n}", "proposal 1 is open");
        assertEquals(List.of(1), open());
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(ended(jenkins));
            jenkins.assertLogContains("ended credit/default-risk@1.4.0 pending 1 false", run);
        });
        assertEquals(List.of(1), open());
    }

    @Test
    void registerModelFindsWhatItMerged() throws Throwable {
        train(RETRY + " {\n" + REGISTER + "\n}", "@1.4.0: merged as");
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(ended(jenkins));
            jenkins.assertLogContains("is already registered with these bytes", run);
            jenkins.assertLogContains("ended credit/default-risk@1.4.0 pass null false", run);
        });
    }

    @Test
    void registerModelThatIsNotRetriedFailsAndSaysHowToRetry() throws Throwable {
        train(REGISTER, "@1.4.0: merged as");
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, ended(jenkins));
            jenkins.assertLogContains("nonresumable", run);
            jenkins.assertLogNotContains("ended ", run);
        });
    }

    @Test
    void resolveModelResolvesAgain() throws Throwable {
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        sessions.then(jenkins -> {
            ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "train");
            start(job, RETRY + " { echo \"ended ${resolveModel('credit/default-risk@dev').ref}\" }", "dev is credit/");
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(ended(jenkins));
            jenkins.assertLogContains("ended credit/default-risk@1.0.0", run);
        });
    }

    @Test
    void pullModelKeepsWhatItHasAlready() throws Throwable {
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        train(
                RETRY + " { echo \"ended ${pullModel(model: 'credit/default-risk@dev', to: 'got').ref}\" }",
                "2 files fetched into got, 0 kept");
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(ended(jenkins));
            jenkins.assertLogContains("0 files fetched into got, 2 kept, all verified.", run);
            jenkins.assertLogContains("ended credit/default-risk@1.0.0", run);
        });
    }

    @Test
    void deployModelsHandsOverWhatItHadBegun() throws Throwable {
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        registry.put("targets/dev/shelf.yaml", """
                apiVersion: modelgate.io/v1
                kind: DeploymentTarget
                name: shelf
                stage: dev
                type: file
                models: ["credit/*"]
                settings: {folder: %s}
                """.formatted(folder.resolve("shelf")));
        train("echo \"ended ${deployModels('dev')}\"", "on shelf: started.");
        Path current = folder.resolve("shelf/credit/default-risk/current.yaml");
        assertTrue(Files.notExists(current), "handed over before Jenkins ended");
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(ended(jenkins));
            jenkins.assertLogContains("ended [credit/default-risk@1.0.0 on shelf]", run);
        });
        assertTrue(Files.readString(current).contains("version: 1.0.0"));
    }

    /** Starts a script on an agent that trained a model, and ends Jenkins when these words are written. */
    private void train(String script, String words) throws Throwable {
        sessions.then(jenkins -> {
            ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
            Slave agent = jenkins.createSlave(TrainingJob.LABEL, TrainingJob.LABEL, null);
            jenkins.waitOnline(agent);
            TrainingJob training = new TrainingJob(jenkins, agent);
            start(training.job(), "node('" + TrainingJob.LABEL + "') {\n" + script + "\n}", words);
        });
    }

    private static void start(WorkflowJob job, String script, String words) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        HeldLine.hold(words);
        job.scheduleBuild2(0).waitForStart();
        HeldLine.await();
    }

    private static WorkflowRun ended(JenkinsRule jenkins) throws Exception {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName("train", WorkflowJob.class).getBuildByNumber(1);
        jenkins.waitForCompletion(run);
        jenkins.assertLogContains("Resuming build", run);
        return run;
    }

    private List<Integer> open() {
        try (Registry open = registry.as("ann")) {
            return open.proposals(Proposal.State.OPEN).stream()
                    .map(Proposal::number)
                    .toList();
        }
    }
}
