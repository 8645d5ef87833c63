package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
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
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Targets that an agent hands over to; those of the type job are in {@link DeployJobTargetTest}. */
@WithJenkins
class DeployModelsStepTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private DumbSlave agent;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.register("1.1.0");
        registry.promote("1.0.0", "dev");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
        agent = jenkins.createSlave("far", "far", null);
    }

    private void target(String name, String type, String settings) {
        registry.put("targets/dev/" + name + ".yaml", """
                apiVersion: modelgate.io/v1
                kind: DeploymentTarget
                name: %s
                stage: dev
                type: %s
                models: ["credit/*"]
                settings: {%s}
                """.formatted(name, type, settings));
    }

    @Test
    void putsFilesOnAnAgentOnceAndThenOnlyWhatIsNew() throws Exception {
        target("shelf", "file", "folder: " + folder.resolve("shelf"));
        String script = "node('far') { def d = deployModels stage: 'dev', registry: 'models'\n"
                + "echo \"did ${d.size()} ${d.collect { it.ref + ' ' + it.target + ' ' + it.stage + ' ' + it.digest.length() }}\" }";
        WorkflowRun first = run(script);
        jenkins.assertBuildStatusSuccess(first);
        jenkins.assertLogContains("did 1 [credit/default-risk@1.0.0 shelf dev 71]", first);
        jenkins.assertLogContains("[modelgate] credit/default-risk@1.0.0 on shelf: started.", first);
        jenkins.assertLogContains("[modelgate] credit/default-risk@1.0.0 on shelf: live.", first);
        Path current = folder.resolve("shelf/credit/default-risk/current.yaml");
        assertTrue(Files.readString(current).contains("version: 1.0.0"));
        assertTrue(Files.isDirectory(folder.resolve("shelf/credit/default-risk/1.0.0")));

        WorkflowRun second = run(script);
        jenkins.assertBuildStatusSuccess(second);
        jenkins.assertLogContains("Nothing to hand over in dev.", second);
        jenkins.assertLogContains("did 0 []", second);

        registry.promote("1.1.0", "dev");
        jenkins.assertLogContains("did 1 [credit/default-risk@1.1.0", jenkins.assertBuildStatusSuccess(run(script)));
        assertTrue(Files.readString(current).contains("version: 1.1.0"));
    }

    @Test
    void putsFilesBelowTheWorkspaceAndNowhereElse() throws Exception {
        target("beside", "file", "folder: ../../beside");
        target("inside", "file", "folder: out");
        WorkflowRun run = run("node('far') { sh 'rm -rf out'; deployModels 'dev' }");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains(
                "'../../beside/credit/default-risk/1.0.0' is not a folder of the workspace. Change settings.folder",
                run);
        jenkins.assertLogContains("credit/default-risk@1.0.0 on inside: live.", run);
        assertTrue(agent.getWorkspaceFor(run.getParent())
                .child("out/credit/default-risk/current.yaml")
                .exists());
        registry.promote("1.1.0", "dev");
        WorkflowRun linked = run("node('far') { sh 'ln -s /tmp out'; deployModels stage: 'dev', target: 'inside' }");
        jenkins.assertBuildStatus(Result.FAILURE, linked);
        jenkins.assertLogContains("is a symbolic link", linked);
        jenkins.assertLogContains(
                "There is no target outside in dev",
                run("node('far') { deployModels stage: 'dev', target: 'outside' }"));
    }

    @Test
    void writesNeverIntoTheHomeOfTheController() throws Exception {
        target("home", "file", "folder: " + jenkins.jenkins.getRootDir() + "/secrets");
        WorkflowRun run = run("node('built-in') { deployModels 'dev' }");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("is in the home of Jenkins", run);
        assertFalse(Files.exists(jenkins.jenkins.getRootDir().toPath().resolve("secrets/credit")));
    }

    @Test
    void writesNeverIntoTheHomeByAModelsNameOrALinkOrFromAnAgentBesideIt() throws Exception {
        Path home = jenkins.jenkins.getRootDir().toPath().toRealPath();
        target("around", "file", "folder: " + home.getParent());
        target("linked", "file", "folder: " + folder.resolve("shelf"));
        Files.createDirectories(folder.resolve("shelf/credit"));
        Files.createSymbolicLink(folder.resolve("shelf/credit/default-risk"), Files.createDirectory(home.resolve("x")));
        for (String node : List.of("built-in", "far")) {
            WorkflowRun run = run("node('" + node + "') { deployModels 'dev' }");
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains(home.getParent() + " is or holds the home of Jenkins", run);
            jenkins.assertLogContains("shelf/credit/default-risk is in the home of Jenkins", run);
        }
        assertEquals(0, home.resolve("x").toFile().list().length);
        assertFalse(Files.exists(home.resolveSibling("credit")));
    }

    @Test
    void appliesToKserveWithTheKubectlOfTheAgent() throws Exception {
        target(
                "cluster",
                "kserve",
                "namespace: scoring, storageUri: \"s3://models/{name}/{version}\", format: onnx, context: prod");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path kubectl = Files.writeString(bin.resolve("kubectl"), """
                #!/bin/sh
                echo "$PLACE $*" >> %s
                exit ${KUBECTL_ENDS:-0}
                """.formatted(folder.resolve("calls")));
        assertTrue(kubectl.toFile().setExecutable(true));
        String script = "node('far') { withEnv(['PATH+KUBECTL=" + bin + "', 'PLACE=far', 'KUBECTL_ENDS=%s']) {"
                + " deployModels stage: 'dev', into: 'manifests' } }";
        WorkflowRun failed = run(script.formatted("3"));
        jenkins.assertBuildStatus(Result.FAILURE, failed);
        jenkins.assertLogContains("credit/default-risk@1.0.0 on cluster: failed. kubectl apply ended with 3", failed);
        Files.delete(folder.resolve("calls"));

        WorkflowRun outside = run(script.formatted("0").replace("'manifests'", "'../manifests'"));
        jenkins.assertBuildStatus(Result.FAILURE, outside);
        jenkins.assertLogContains(
                "is not a folder of the workspace. Write it relative, without '..': into: 'deploy'.", outside);
        assertFalse(Files.exists(folder.resolve("calls")));

        WorkflowRun resumed = run(script.formatted("0"));
        jenkins.assertBuildStatusSuccess(resumed);
        String file = agent.getWorkspaceFor(resumed.getParent())
                .child("manifests/cluster/credit-default-risk.yaml")
                .getRemote();
        assertTrue(Files.readString(Path.of(file)).contains("storageUri: s3://models/default-risk/1.0.0"));
        assertEquals(
                List.of(
                        "far --context=prod --namespace=scoring apply --filename=" + file,
                        "far --context=prod --namespace=scoring wait --for=condition=Ready --timeout=300s"
                                + " inferenceservice/credit-default-risk"),
                Files.readAllLines(folder.resolve("calls")));
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        target("shelf", "file", "folder: out");
        WorkflowRun run = run("deployModels 'dev'");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("needs an agent: put deployModels into node { }", run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogContains("There is no stage prod. The stages are dev, uat.", run("deployModels 'prod'"));
    }

    @Test
    void writesDownThatAStoppedBuildFailed() throws Exception {
        target("slow", "file", "folder: out, health: \"http://127.0.0.1:1/health\", healthSeconds: \"300\"");
        WorkflowJob job = job("node('far') { deployModels 'dev' }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("on slow: started.", run);
        Thread.sleep(500);
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("credit/default-risk@1.0.0 on slow: failed. The build was stopped.", run);
        String record = registry.read("deployments/dev", "open/slow/credit/default-risk.yaml");
        assertTrue(record.contains("state: failed") && record.contains("The build was stopped."), record);
        assertTrue(record.contains(run.getUrl()), record);
    }

    @Test
    void worksInADeclarativePipeline() throws Exception {
        target("shelf", "file", "folder: " + folder.resolve("shelf"));
        WorkflowRun run = run("""
                pipeline {
                  agent { label 'far' }
                  stages {
                    stage('deploy') { steps { deployModels stage: 'dev' } }
                    stage('again') { steps { script { echo "again ${deployModels('dev').size()}" } } }
                  }
                }
                """);
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("credit/default-risk@1.0.0 on shelf: live.", run);
        jenkins.assertLogContains("again 0", run);
    }

    @Test
    void keepsItsSettingsInTheSnippetGenerator() throws Exception {
        DeployModelsStep step = new DeployModelsStep("prod");
        step.setRegistry("models");
        step.setTarget("shelf");
        step.setInto("manifests");
        DeployModelsStep kept = Snippets.roundTrip(
                step,
                DeployModelsStep.class,
                "deployModels into: 'manifests', registry: 'models', stage: 'prod', target: 'shelf'");
        assertEquals("manifests", kept.getInto());
        assertEquals("deployModels 'prod'", Snippets.generated(jenkins, "deployModels", Map.of("stage", "prod")));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun run(String script) throws Exception {
        return jenkins.waitForCompletion(job(script).scheduleBuild2(0).waitForStart());
    }
}
