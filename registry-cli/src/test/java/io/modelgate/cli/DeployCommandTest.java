package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stage is deployed as its pointers say: once, again after trouble, and nothing else. */
class DeployCommandTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();
    private static final String SERVING = """
            apiVersion: modelgate.io/v1
            kind: DeploymentTarget
            name: shelf
            stage: dev
            type: file
            models: ["wine/*"]
            settings: {folder: served%s}
            """;
    private static final String CLUSTER = """
            apiVersion: modelgate.io/v1
            kind: DeploymentTarget
            name: cluster
            stage: dev
            type: kserve
            models: ["wine/*"]
            settings: {namespace: wine, storageUri: "s3://models/{namespace}/{name}/{version}", format: sklearn}
            """;

    private final AtomicInteger health = new AtomicInteger(503);
    private HttpServer service;

    @BeforeEach
    void begin() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().equals("/cultivar/ready") ? health.get() : 404, -1);
            exchange.close();
        });
        service.start();
        succeeds("init", "registry.git", "--identity", "declared", "--stages", "dev,live", "--as", "ann");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
        for (String version : List.of("1.0.0", "1.1.0")) {
            copy(SAMPLES.resolve(version), folder.resolve(version));
            succeeds("register", "wine/cultivar@" + version, version, "--merge", "--as", "ann");
        }
        promote("1.0.0");
    }

    @AfterEach
    void end() {
        service.stop(0);
    }

    @Test
    void handsOverOnceAndThenOnlyWhatChanged() throws Exception {
        succeeds("deploy", "dev", "--as", "ann");
        assertThat(shown)
                .contains(
                        "Nothing to hand over in dev.",
                        "targets/dev: There is no target in this stage",
                        "docs/deploying.md");
        target("shelf", SERVING.formatted(""));

        succeeds("deploy", "dev", "--dry-run", "--as", "ann");
        assertThat(data).contains("wine/cultivar@1.0.0 on shelf: planned");
        assertThat(folder.resolve("served")).doesNotExist();

        succeeds("deploy", "dev", "--as", "ann");
        assertThat(data).isEqualTo("wine/cultivar@1.0.0 on shelf: live\n");
        assertThat(current()).contains("version: 1.0.0", "artifacts: sha256:");
        assertThat(served("1.0.0")).isEqualTo(files(SAMPLES.resolve("1.0.0/model")));

        succeeds("deploy", "dev", "--as", "ann");
        assertThat(data).isEqualTo("Nothing to hand over in dev.\n");

        promote("1.1.0");
        succeeds("deploy", "dev", "-o", "json", "--run", "https://ci.acme.example/7/", "--as", "ann");
        assertThat(data)
                .contains("\"version\" : \"1.1.0\"", "\"state\" : \"live\"")
                .doesNotContain("1.0.0");
        assertThat(current()).contains("version: 1.1.0");
        assertThat(record("live/shelf/wine/cultivar.yaml"))
                .contains("version: 1.1.0", "state: live", "run: https://ci.acme.example/7/");

        succeeds("rollback", "wine/cultivar", "--stage", "dev", "--merge", "--as", "ann");
        succeeds("deploy", "dev", "--as", "ann");
        assertThat(current()).contains("version: 1.0.0");
    }

    @Test
    void goesOnWhereARunEnded() throws Exception {
        String address = "http://127.0.0.1:" + service.getAddress().getPort() + "/{name}/ready";
        target("shelf", SERVING.formatted(", health: \"" + address + "\", healthSeconds: \"1\""));
        target("other", SERVING.replace("shelf", "other").formatted("-too"));

        fails(ExitCode.ENVIRONMENT, "deploy", "dev", "--as", "ann");
        assertThat(data)
                .contains(
                        "wine/cultivar@1.0.0 on other: live",
                        "wine/cultivar@1.0.0 on shelf: failed. wine/cultivar on shelf was not healthy within 1 s: "
                                + address.replace("{name}", "cultivar") + " answers 503.");
        assertThat(record("open/shelf/wine/cultivar.yaml")).contains("state: failed", "answers 503");

        health.set(200);
        succeeds("deploy", "dev", "--as", "ann");
        assertThat(data).isEqualTo("wine/cultivar@1.0.0 on shelf: live\n");
        assertThat(record("open/shelf/wine/cultivar.yaml")).isEmpty();
    }

    @Test
    void takesWhatIsOpenThoughTheTargetBranchMovedOn() throws Exception {
        String address = "http://127.0.0.1:" + service.getAddress().getPort() + "/cultivar/ready";
        target("shelf", SERVING.formatted(", health: \"" + address + "\", healthSeconds: \"1\""));
        fails(ExitCode.ENVIRONMENT, "deploy", "dev", "--as", "ann");
        promote("1.1.0");
        health.set(200);
        succeeds("deploy", "dev", "--as", "ann");
        assertThat(data).isEqualTo("wine/cultivar@1.1.0 on shelf: live\n");
    }

    @Test
    void refusesBytesThatAreNotThoseOfTheManifest() throws Exception {
        target("shelf", SERVING.formatted(""));
        try (Stream<Path> objects = Files.walk(folder.resolve("artifacts"))) {
            for (Path object : objects.filter(Files::isRegularFile).toList()) {
                assertThat(object.toFile().setWritable(true)).isTrue();
                byte[] bytes = Files.readAllBytes(object);
                bytes[0] ^= 1;
                Files.write(object, bytes);
            }
        }
        fails(ExitCode.ENVIRONMENT, "deploy", "dev", "--as", "ann");
        assertThat(data).contains("shelf: failed", "modelgate push wine/cultivar@1.0.0");
        assertThat(folder.resolve("served")).doesNotExist();
    }

    @Test
    void appliesAnInferenceServiceAndWaitsForIt() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path kubectl = Files.writeString(
                bin.resolve("kubectl"),
                "#!/bin/sh\necho \"$@\" >> calls\nif [ \"$2\" = wait ]; then exit $(cat code); fi\n");
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("code"), "1");
        path = bin + ":/usr/bin:/bin";
        target("cluster", CLUSTER);

        fails(ExitCode.ENVIRONMENT, "deploy", "dev", "--into", "rendered", "--as", "ann");
        assertThat(data).contains("cluster: failed. kubectl wait ended with 1");
        Files.writeString(folder.resolve("code"), "0");
        succeeds("deploy", "dev", "--into", "rendered", "--as", "ann");
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .hasSize(4)
                .endsWith(
                        "--namespace=wine apply --filename=" + folder + "/rendered/cluster/wine-cultivar.yaml",
                        "--namespace=wine wait --for=condition=Ready --timeout=300s inferenceservice/wine-cultivar");
        assertThat(Files.readString(folder.resolve("rendered/cluster/wine-cultivar.yaml")))
                .contains("kind: InferenceService", "storageUri: s3://models/wine/cultivar/1.0.0");

        target("cluster", CLUSTER.replace("format:", "minReplicas: \"2\", format:"));
        succeeds("deploy", "dev", "--into", "rendered", "--as", "ann");
        assertThat(data).isEqualTo("wine/cultivar@1.0.0 on cluster: live\n");
    }

    @Test
    void saysWhenKubectlIsNotThere() throws Exception {
        path = folder.toString();
        target("cluster", CLUSTER);
        fails(ExitCode.ENVIRONMENT, "deploy", "dev", "--as", "ann");
        assertThat(data).contains("kubectl is not on the PATH", "Install it");
    }

    @Test
    void leavesWhatNothingAsksForAnyMore() throws Exception {
        target("shelf", SERVING.formatted(""));
        succeeds("deploy", "dev", "--as", "ann");
        target("shelf", SERVING.formatted("").replace("wine/*", "credit/*"));
        succeeds("deploy", "dev", "--as", "ann");
        assertThat(data).contains("wine/cultivar on shelf: nothing asks for it any more");
        succeeds("deploy", "dev", "--as", "ann");
        assertThat(data).isEqualTo("Nothing to hand over in dev.\n");
        promote("1.1.0");
        succeeds("deploy", "dev", "--as", "ann");
        assertThat(shown).contains("targets/dev: No target of this stage takes wine/cultivar");
        assertThat(current()).contains("version: 1.0.0");
    }

    @Test
    void refusesSettingsThatTheTypeDoesNotKnow() throws Exception {
        Path files = folder.resolve("files/targets/dev");
        git("clone", "-q", "registry.git", "files");
        Files.createDirectories(files);
        Files.writeString(
                files.resolve("cluster.yaml"),
                CLUSTER.replace("namespace: wine,", "namespaces: wine, minReplicas: two,"));
        fails(ExitCode.FINDINGS, "verify", "files");
        assertThat(shown)
                .contains(
                        "settings.namespaces is nothing that the type kserve knows; did you mean namespace?",
                        "settings.namespace is missing",
                        "settings.minReplicas is 'two'");
    }

    @Test
    void saysThatThereIsNoSuchStage() {
        fails(ExitCode.NOT_FOUND, "deploy", "prod", "--as", "ann");
        assertThat(shown).contains("There is no stage prod.", "dev, live");
    }

    private void promote(String version) {
        succeeds("promote", "wine/cultivar@" + version, "--to", "dev", "--merge", "--as", "ann");
    }

    /** Puts a target on the target branch, as a merged proposal would. */
    private void target(String name, String content) throws Exception {
        Path clone = folder.resolve("clone-" + name + "-" + content.hashCode());
        git("clone", "-q", "registry.git", clone.toString());
        Path file = clone.resolve("targets/dev/" + name + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        git("-C", clone.toString(), "add", "-A");
        git("-C", clone.toString(), "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "target");
        git("--git-dir", "registry.git", "fetch", "-q", clone.toString(), "+main:refs/heads/incoming");
        git("--git-dir", "registry.git", "update-ref", "refs/heads/main", "refs/heads/incoming");
    }

    private String current() throws Exception {
        return Files.readString(folder.resolve("served/wine/cultivar/current.yaml"));
    }

    private List<String> served(String version) throws Exception {
        return files(folder.resolve("served/wine/cultivar/" + version));
    }

    private static List<String> files(Path top) throws Exception {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> top.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private String record(String file) throws Exception {
        Process process = new ProcessBuilder("git", "--git-dir", "registry.git", "show", "deployments/dev:" + file)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
