package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A registry whose bytes are on a real S3 server. The controller has logins of its own; the agent has those of the build. */
@WithJenkins
class NetworkStoreTest {
    private static final Path SCRIPT =
            Path.of("..", "peers", "versitygw").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private TrainingJob job;
    private Map<String, String> server = Map.of();

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        assumeTrue(peer("start").contains("url "), "no S3 server on this machine: 'peers/versitygw build' makes one");
        System.setProperty("aws.accessKeyId", server.get("access"));
        System.setProperty("aws.secretAccessKey", server.get("secret"));
        jenkins = rule;
        RegistryFixture registry = new RegistryFixture(Files.createDirectory(folder.resolve("registry")));
        registry.put(
                "registry.yaml",
                RegistryFixture.CONFIG.replace(
                        "url: \"file:artifacts\"",
                        "url: \"s3://models/credit\", endpoint: \"" + server.get("url") + "\""));
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
        job = new TrainingJob(jenkins);
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        peer("stop");
    }

    private String peer(String verb) throws IOException {
        Process process = new ProcessBuilder(
                        SCRIPT.toString(), verb, folder.resolve("server").toString())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (verb.equals("start")) {
            server = said.lines()
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        }
        return said;
    }

    private String withLogin(String steps) {
        return "withEnv(['AWS_ACCESS_KEY_ID=" + server.get("access") + "', 'AWS_SECRET_ACCESS_KEY="
                + server.get("secret") + "']) {\n" + steps + "\n}";
    }

    @Test
    void takesTheLoginOfTheBuildOnTheAgent() throws Exception {
        WorkflowRun run = job.run(withLogin("registerModel " + TrainingJob.ARGUMENTS + ", version: '1.0.0'\n"
                + "promoteModel model: 'credit/default-risk@1.0.0', to: 'dev'\n"
                + "pullModel model: 'credit/default-risk@dev', to: 'got'"));
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("2 files fetched into got, 0 kept, all verified.", run);
        jenkins.assertLogNotContains(server.get("secret"), run);
        try (InputStream bytes = job.workspace().child("got/model.onnx").read()) {
            assertArrayEquals(
                    Files.readAllBytes(RegistryFixture.SAMPLES.resolve("1.0.0/model/model.onnx")),
                    bytes.readAllBytes());
        }
    }

    @Test
    void doesNotLendTheLoginOfTheController() throws Exception {
        WorkflowRun run = job.run("withEnv(['AWS_EC2_METADATA_DISABLED=true']) { registerModel " + TrainingJob.ARGUMENTS
                + ", version: '1.0.0' }");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("no credentials for S3", run);
        jenkins.assertLogNotContains(server.get("secret"), run);
    }

    @Test
    void refusesWithTheServersWordsAndWithoutTheSecret() throws Exception {
        WorkflowRun run = job.run(withLogin("registerModel " + TrainingJob.ARGUMENTS + ", version: '1.0.0'")
                .replace(server.get("secret"), "not-the-secret"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("s3://models/credit", run);
        jenkins.assertLogNotContains("not-the-secret", run);
        jenkins.assertLogNotContains("\tat ", run);
    }
}
