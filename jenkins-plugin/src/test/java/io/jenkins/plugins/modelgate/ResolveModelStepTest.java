package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
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
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ResolveModelStepTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        RegistryFixture registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    @Test
    void tellsAVersionToAScriptedPipeline() throws Exception {
        WorkflowRun run = run("def m = resolveModel 'credit/default-risk@dev'\n"
                + "echo \"is ${m.ref} ${m.version} ${m.model} ${m.digest.length()} ${m.manifest.length()}\"");
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("is credit/default-risk@1.0.0 1.0.0 credit/default-risk 71 71", run);
    }

    @Test
    void tellsAVersionToADeclarativePipeline() throws Exception {
        WorkflowRun run = run("""
                pipeline {
                  agent none
                  stages {
                    stage('find') {
                      steps { script { env.FOUND = resolveModel(model: 'credit/default-risk@dev', registry: 'models').ref } }
                    }
                    stage('use') { steps { echo "found ${env.FOUND}"; resolveModel 'credit/default-risk@1.0.0' } }
                  }
                }
                """);
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("found credit/default-risk@1.0.0", run);
    }

    @Test
    void saysWhatIsNotThereAndWhatToDo() throws Exception {
        WorkflowRun run = run("resolveModel 'credit/default-rusk@dev'");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("There is no model credit/default-rusk; did you mean credit/default-risk?", run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogContains(
                "No registry 'other' is configured. Known are: models.",
                run("resolveModel model: 'credit/default-risk@dev', registry: 'other'"));
        jenkins.assertLogContains("'credit' is not a model name", run("resolveModel 'credit'"));
    }

    @Test
    void keepsItsSettingsInTheSnippetGenerator() throws Exception {
        ResolveModelStep step = new ResolveModelStep("credit/default-risk@prod");
        step.setRegistry("models");
        ResolveModelStep kept = Snippets.roundTrip(
                step, ResolveModelStep.class, "resolveModel model: 'credit/default-risk@prod', registry: 'models'");
        assertEquals("credit/default-risk@prod", kept.getModel());
        assertEquals("models", kept.getRegistry());
        assertEquals(
                "resolveModel 'credit/default-risk@prod'",
                Snippets.generated(jenkins, "resolveModel", Map.of("model", "credit/default-risk@prod")));
    }

    private WorkflowRun run(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
