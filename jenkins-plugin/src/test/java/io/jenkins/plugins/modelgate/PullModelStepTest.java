package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PullModelStepTest {
    private static final Path ONNX = RegistryFixture.SAMPLES.resolve("1.0.0/model/model.onnx");

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private TrainingJob job;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        RegistryFixture registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
        job = new TrainingJob(jenkins);
    }

    @Test
    void bringsVerifiedBytesToAnAgent() throws Exception {
        WorkflowRun run = job.run(
                "def m = pullModel model: 'credit/default-risk@dev', to: 'got/model'\n"
                        + "echo \"pulled ${m.ref} ${m.digest.length()}\"\npullModel model: m.ref, to: 'got/model', registry: 'models'");
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("pulled credit/default-risk@1.0.0 71", run);
        jenkins.assertLogContains("2 files fetched into got/model, 0 kept, all verified.", run);
        jenkins.assertLogContains("0 files fetched into got/model, 2 kept, all verified.", run);
        try (InputStream bytes = job.workspace().child("got/model/model.onnx").read()) {
            assertArrayEquals(Files.readAllBytes(ONNX), bytes.readAllBytes());
        }
    }

    @Test
    void bringsThemInADeclarativePipeline() throws Exception {
        WorkflowRun run = job.runAll("""
                pipeline {
                  agent { label 'trainer' }
                  stages {
                    stage('pull') { steps { pullModel model: 'credit/default-risk@dev', to: '.' } }
                  }
                }
                """);
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("warn: . also holds what is not of this version: MODEL_CARD.md", run);
        assertEquals(Files.size(ONNX), job.workspace().child("model.onnx").length());
    }

    @Test
    void leavesTheWorkspaceForNothing() throws Exception {
        job.workspace().child("up").symlinkTo("..", jenkins.createTaskListener());
        job.workspace().child("model").mkdirs();
        job.workspace().child("model/model.onnx").symlinkTo("../../taken", jenkins.createTaskListener());
        WorkflowRun run = job.run("""
                for (to in ['../out', '/tmp/out', 'a/../../out', 'up/out', 'up', '..', '', 'C:/out', '\\\\out', 'out\\u0000']) {
                  try { pullModel model: 'credit/default-risk@dev', to: to; echo "took ${to}" } catch (e) { echo "refused ${to}: ${e.message}" }
                }
                pullModel model: 'credit/default-risk@dev', to: 'model'
                """);
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogNotContains("took ", run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogContains("refused ../out: '../out' is not a folder of the workspace.", run);
        jenkins.assertLogContains("refused up/out: 'up/out' is not surely in the workspace", run);
        assertFalse(job.workspace().sibling("out").exists(), "something was written outside of the workspace");
        assertFalse(job.workspace().sibling("taken").exists(), "a link was followed");
    }

    @Test
    void keepsNothingOfDamagedBytes() throws Exception {
        damage();
        WorkflowRun run = job.run("pullModel model: 'credit/default-risk@dev', to: 'model'");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("Store main has other bytes for model.onnx than the manifest says", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertFalse(job.workspace().child("model").exists(), "there is a folder of damaged files");
    }

    private void damage() throws IOException {
        Path object;
        try (Stream<Path> all = Files.walk(folder.resolve("artifacts/sha256"))) {
            object = all.filter(file -> Files.isRegularFile(file) && sameSize(file))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(object);
        Files.write(object, bytes);
    }

    private static boolean sameSize(Path file) {
        try {
            return Files.size(file) == Files.size(ONNX);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        WorkflowRun nowhere = job.runAll("pullModel model: 'credit/default-risk@dev', to: 'model'");
        jenkins.assertBuildStatus(Result.FAILURE, nowhere);
        jenkins.assertLogContains(
                "Perhaps you forgot to surround the pullModel step with a step that provides this", nowhere);
        WorkflowRun unknown = job.run("pullModel model: 'credit/default-rusk@dev', to: 'model'");
        jenkins.assertBuildStatus(Result.FAILURE, unknown);
        jenkins.assertLogContains("did you mean credit/default-risk?", unknown);
    }

    @Test
    void keepsItsSettingsInTheSnippetGenerator() throws Exception {
        PullModelStep step = new PullModelStep("credit/default-risk@prod", "model");
        step.setRegistry("models");
        Snippets.roundTrip(
                step,
                PullModelStep.class,
                "pullModel model: 'credit/default-risk@prod', registry: 'models', to: 'model'");
        assertEquals(
                "pullModel model: 'credit/default-risk@prod', to: 'model'",
                Snippets.generated(jenkins, "pullModel", Map.of("model", "credit/default-risk@prod", "to", "model")));
    }
}
