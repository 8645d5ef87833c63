package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.Label;
import hudson.model.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The gate in a job that is of no branch source, and is told which proposal to judge. */
@WithJenkins
class ModelgateStepTest {
    private static final String JUNK = "models/credit/default-risk/versions/1.0.0/junk.txt";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private OpenProposals proposals;

    @TestExtension
    public static class Checks extends RecordedChecks {}

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        proposals = new OpenProposals(registry);
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    @Test
    void waitsForApprovalsAndThenPassesInAScriptedPipelineWithoutAWorkspace() throws Exception {
        int number = proposals.promotion("1.0.0", "uat");
        WorkflowRun waiting = run("modelgate(proposal: " + number + ")\necho 'went on'");
        jenkins.assertBuildStatus(Result.ABORTED, waiting);
        jenkins.assertLogContains("PENDING  promotion of ", waiting);
        jenkins.assertLogNotContains("went on", waiting);
        assertTrue(proposals.status(number).contains("state: pending"), proposals.status(number));
        assertTrue(proposals.commented(number));
        registry.approve(number);
        WorkflowRun passed = run("modelgate(registry: 'models', proposal: " + number + ")\necho 'went on'");
        jenkins.assertBuildStatusSuccess(passed);
        jenkins.assertLogContains("went on", passed);
        assertTrue(proposals.status(number).contains("state: success"), proposals.status(number));
        ShownVerdict shown = passed.getAction(VerdictAction.class).getVerdicts().get(0);
        assertEquals("pass", shown.getOutcome());
        assertEquals(number, shown.getProposal());
        assertEquals("release/second-person", shown.getRules().get(0).getId());
        assertEquals(List.of(), RecordedChecks.get().told(), "a check would be on another commit");
    }

    @Test
    void failsADeclarativePipelineOnAnAgentAndLeavesReports() throws Exception {
        jenkins.createOnlineSlave(Label.get("far"));
        int number = proposals.edit("junk", JUNK, "junk");
        WorkflowRun run = run("""
                pipeline {
                  agent { label 'far' }
                  stages { stage('Gate') { steps { modelgate proposal: %d, reports: 'out/gate' } } }
                  post { failure { sh 'ls out/gate | sed s/^/left:/' } }
                }
                """.formatted(number));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("ERROR: FAIL: " + JUNK, run);
        jenkins.assertLogContains("left:modelgate.xml", run);
        jenkins.assertLogContains("left:modelgate.sarif", run);
        jenkins.assertLogContains("left:modelgate.md", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertTrue(proposals.status(number).contains("state: failure"), proposals.status(number));
    }

    @Test
    void tellsTheHostNothingWhenItIsNotToPublish() throws Exception {
        int number = proposals.edit("junk", JUNK, "junk");
        WorkflowRun run = run("modelgate proposal: " + number + ", publish: false");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals("", proposals.status(number));
        assertFalse(proposals.commented(number));
    }

    @Test
    void writesNoReportOutOfTheWorkspace() throws Exception {
        int number = proposals.edit("junk", JUNK, "junk");
        for (String bad : List.of("../x", "/tmp/x", "a/../../x", "a\\\\b", "./x")) {
            WorkflowRun run = run("node { modelgate proposal: " + number + ", reports: '" + bad + "' }");
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains("is no folder of the workspace", run);
        }
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path target = Files.writeString(folder.resolve("target"), "kept");
        WorkflowRun linked = run("node { sh 'ln -s " + outside + " modelgate'; modelgate proposal: " + number + " }");
        jenkins.assertLogContains("which is no folder but a link", linked);
        jenkins.assertBuildStatus(Result.FAILURE, linked);
        WorkflowJob job = linked.getParent();
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        workspace.deleteRecursive();
        job.setDefinition(new CpsFlowDefinition(
                "node { sh 'mkdir modelgate && ln -s " + target + " modelgate/modelgate.md'; modelgate proposal: "
                        + number + " }",
                true));
        jenkins.assertBuildStatus(
                Result.FAILURE, jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        assertEquals("kept", Files.readString(target));
        assertTrue(workspace.child("modelgate/modelgate.md").readToString().contains("junk"));
        try (var files = Files.list(outside)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void failsWhenItCannotJudge() throws Exception {
        WorkflowRun missing = run("modelgate proposal: 99");
        jenkins.assertBuildStatus(Result.FAILURE, missing);
        jenkins.assertLogContains("There is no proposal 99.", missing);
        WorkflowRun which = run("modelgate()");
        jenkins.assertBuildStatus(Result.FAILURE, which);
        jenkins.assertLogContains("say what to judge", which);
        registry.put("registry.yaml", Files.readString(Path.of("src/test/resources/gate/other-gate.yaml")));
        int number = proposals.edit("junk", JUNK, "junk");
        WorkflowRun other = run("modelgate proposal: " + number);
        jenkins.assertBuildStatus(Result.FAILURE, other);
        jenkins.assertLogContains("as the gate, and you are jenkins", other);
        assertEquals("", proposals.status(number));
    }

    @Test
    void keepsItsSettingsInTheSnippetGenerator() throws Exception {
        ModelgateStep step = new ModelgateStep();
        assertNull(Snippets.roundTrip(step, ModelgateStep.class, "modelgate()").getRegistry());
        step.setRegistry("models");
        step.setProposal(4);
        step.setReports("out");
        step.setPublish(false);
        ModelgateStep kept = Snippets.roundTrip(
                step, ModelgateStep.class, "modelgate proposal: 4, publish: false, registry: 'models', reports: 'out'");
        assertEquals("models", kept.getRegistry());
        assertEquals(4, kept.getProposal());
        assertEquals("out", kept.getReports());
        assertFalse(kept.isPublish());
        assertEquals("modelgate()", Snippets.generated(jenkins, "modelgate: ", Map.of()));
        assertEquals("modelgate reports: 'out'", Snippets.generated(jenkins, "modelgate: ", Map.of("reports", "out")));
    }

    private WorkflowRun run(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
