package io.jenkins.plugins.modelgate;

import hudson.FilePath;
import hudson.model.Label;
import hudson.model.Slave;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A job that trained a model on an agent: its workspace there holds what the training left, under names of its own. */
final class TrainingJob {
    static final String LABEL = "trainer";
    /** What names all of it. */
    static final String ARGUMENTS = "model: 'credit/default-risk', files: 'out', card: 'MODEL_CARD.md',"
            + " facts: 'facts.yaml', description: 'model.yaml', evidence: 'reports/*.json',"
            + " dataset: 'german-credit-test', rows: 400, favourable: '1'";

    private static final Path REPORTS =
            Path.of("..", "registry-core", "src", "test", "resources", "importer", "fairlearn", "1.0.0");

    private final JenkinsRule jenkins;
    private final WorkflowJob job;
    private final Slave agent;

    TrainingJob(JenkinsRule jenkins) throws Exception {
        this(jenkins, jenkins.createOnlineSlave(Label.get(LABEL)));
    }

    TrainingJob(JenkinsRule jenkins, Slave agent) throws Exception {
        this.jenkins = jenkins;
        this.agent = agent;
        job = jenkins.createProject(WorkflowJob.class, "train");
        Path sample = RegistryFixture.SAMPLES.resolve("1.0.0");
        copy(sample.resolve("model/model.onnx"), "out/model.onnx");
        copy(sample.resolve("model/shap-global.json"), "out/shap-global.json");
        copy(sample.resolve("card.md"), "MODEL_CARD.md");
        copy(sample.resolve("facts.yaml"), "facts.yaml");
        copy(sample.resolveSibling("model.yaml"), "model.yaml");
        copy(REPORTS.resolve("fairlearn-sex.json"), "reports/fairlearn-sex.json");
    }

    WorkflowJob job() {
        return job;
    }

    FilePath workspace() {
        return agent.getWorkspaceFor(job);
    }

    private void copy(Path file, String name) throws IOException, InterruptedException {
        put(name, Files.readAllBytes(file));
    }

    void put(String name, String text) throws IOException, InterruptedException {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String name, byte[] bytes) throws IOException, InterruptedException {
        FilePath file = workspace().child(name);
        file.getParent().mkdirs();
        file.copyFrom(new ByteArrayInputStream(bytes));
    }

    /** Runs a script on the agent, in the sandbox. */
    WorkflowRun run(String script) throws Exception {
        return runAll("node('" + LABEL + "') {\n" + script + "\n}");
    }

    /** Starts a script on the agent, in the sandbox. */
    WorkflowRun start(String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition("node('" + LABEL + "') {\n" + script + "\n}", true));
        return job.scheduleBuild2(0).waitForStart();
    }

    /** Runs a whole script, in the sandbox. */
    WorkflowRun runAll(String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
