package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two branches of one build deploy the same stage at once: each order is handed over once. */
@WithJenkins
class DeployInParallelTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    private void target(String type, String settings) {
        registry.put("targets/dev/place.yaml", """
                apiVersion: modelgate.io/v1
                kind: DeploymentTarget
                name: place
                stage: dev
                type: %s
                models: ["credit/*"]
                settings: {%s}
                """.formatted(type, settings));
    }

    @Test
    void startsTheJobOnceAndTellsTheOtherBranchWhoHasIt() throws Exception {
        target("job", "job: rollout");
        WorkflowJob rollout = jenkins.createProject(WorkflowJob.class, "rollout");
        rollout.setDefinition(new CpsFlowDefinition("sleep 5", true));
        WorkflowRun run =
                run("parallel a: { echo \"a ${deployModels('dev')}\" }, b: { echo \"b ${deployModels('dev')}\" }");
        String log = JenkinsRule.getLog(run);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(1, rollout.getLastBuild().getNumber());
        assertEquals(1, count(log, "on place: started."), log);
        assertEquals(1, count(log, "on place: live."), log);
        assertEquals(1, count(log, " [credit/default-risk@1.0.0 on place]\n"), log);
        assertTrue(
                log.contains("credit/default-risk@1.0.0 on place: failed. ") && log.contains(" is being deployed by "),
                log);
        assertTrue(log.contains("Wait for it, or run again after that time."), log);
        jenkins.assertLogNotContains("\tat ", run);
        WorkflowRun again = run("deployModels 'dev'");
        jenkins.assertBuildStatusSuccess(again);
        jenkins.assertLogContains("Nothing to hand over in dev.", again);
        assertEquals(1, rollout.getLastBuild().getNumber());
    }

    @Test
    void putsFilesOnceWhicheverBranchIsFaster() throws Exception {
        target("file", "folder: " + folder.resolve("shelf"));
        jenkins.jenkins.setNumExecutors(2);
        WorkflowRun run = run("parallel a: { node { deployModels 'dev' } }, b: { node { deployModels 'dev' } }");
        String log = JenkinsRule.getLog(run);
        assertEquals(1, count(log, "on place: started."), log);
        assertEquals(1, count(log, "on place: live."), log);
        boolean both = log.contains("Nothing to hand over in dev.");
        boolean told = log.contains("on place: failed. ")
                && (log.contains(" is being deployed by ") || log.contains("another run was faster"));
        assertTrue(both != told, log);
        jenkins.assertBuildStatus(both ? Result.SUCCESS : Result.FAILURE, run);
        assertTrue(Files.readString(folder.resolve("shelf/credit/default-risk/current.yaml"))
                .contains("version: 1.0.0"));
        jenkins.assertLogContains(
                "Nothing to hand over in dev.", jenkins.assertBuildStatusSuccess(run("deployModels 'dev'")));
    }

    private static int count(String log, String words) {
        return log.split(java.util.regex.Pattern.quote(words), -1).length - 1;
    }

    private WorkflowRun run(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
