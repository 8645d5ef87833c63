package io.jenkins.plugins.modelgate;

import hudson.FilePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Jenkinsfiles that people copy from do what they say. */
@WithJenkins
class SampleJenkinsfilesTest {
    private static final String INTERVAL = ProposalWatch.class.getName() + ".interval";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void begin(JenkinsRule rule) {
        System.setProperty(INTERVAL, "200");
        jenkins = rule;
        registry = new RegistryFixture(folder);
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    @AfterEach
    void end() {
        System.clearProperty(INTERVAL);
    }

    @Test
    void registersAndPromotesWhatATrainingLeft() throws Exception {
        WorkflowJob job = job(RegistryFixture.SAMPLES.resolve("Jenkinsfile"));
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        new FilePath(RegistryFixture.SAMPLES.toFile()).copyRecursiveTo(workspace);
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("waits: 1 more approval needed", run);
        registry.approve(3);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Merged as ", run);
    }

    @Test
    void deploysAStage() throws Exception {
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        registry.put("targets/dev/shelf.yaml", """
                apiVersion: modelgate.io/v1
                kind: DeploymentTarget
                name: shelf
                stage: dev
                type: file
                models: ["credit/*"]
                settings: {folder: served}
                """);
        WorkflowJob job =
                job(RegistryFixture.SAMPLES.resolveSibling("deployment").resolve("Jenkinsfile"));
        WorkflowRun run = jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
        jenkins.assertBuildStatusSuccess(run);
    }

    private WorkflowJob job(Path file) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        String script = Files.readString(file).replace("'prod'", "'dev'");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
