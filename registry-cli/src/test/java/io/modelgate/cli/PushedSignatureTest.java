package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signed version in real container registries, with and without the API for referrers, as its users and other tools see it. */
class PushedSignatureTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/credit-default-risk").toAbsolutePath().normalize();
    private static final Path KEY = Path.of("../registry-core/src/test/resources/signature/keys/sec1-p256.pem")
            .toAbsolutePath()
            .normalize();
    private static final String VERSION = "credit/default-risk@1.0.0";

    private final List<String> started = new ArrayList<>();

    private static Path peer(String file) {
        Map<String, String> variables = System.getenv();
        String cache = variables.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        Path found = Path.of(variables.getOrDefault("MODELGATE_PEERS", cache + "/modelgate-peers"))
                .resolve(file);
        Assumptions.assumeTrue(Files.isExecutable(found), "no " + file + " on this machine: see peers/");
        return found;
    }

    private static String script(String name) {
        return Path.of("..", "peers", name).toAbsolutePath().normalize().toString();
    }

    @AfterEach
    void stop() throws Exception {
        for (String name : started) {
            said(script(name), "stop", folder.resolve("server").toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "referrers-registry, referrers-registry-0.22.1, v1.1-referrers-api, false",
        "registry, docker-registry/usr/bin/docker-registry, v1.1-referrers-tag, true",
    })
    void isFoundBesideTheFiles(String name, String binary, String how, boolean byTag) throws Exception {
        peer(binary);
        String oras = peer("oras-1.3.6").toString();
        String host = said(script(name), "start", folder.resolve("server").toString())
                .lines()
                .findFirst()
                .orElse("")
                .replace("url ", "");
        started.add(name);
        pushSigned("oci://" + host + "/models");
        String repository = host + "/models/credit/default-risk";
        String found = said(
                        oras,
                        "discover",
                        "--plain-http",
                        "--distribution-spec",
                        how,
                        "--format",
                        "go-template={{range .referrers}}{{.digest}} {{end}}",
                        repository + ":1.0.0")
                .strip();
        assertThat(found.split(" ", -1)).as(found).hasSize(1).allMatch(each -> each.startsWith("sha256:"));
        String pulled = folder.resolve("signature").toString();
        said(oras, "pull", "--plain-http", "--output", pulled, repository + "@" + found);
        git("clone", "-q", "registry.git", "clone");
        assertThat(folder.resolve("signature/model.sig"))
                .hasSameBinaryContentAs(folder.resolve("clone/models/credit/default-risk/versions/1.0.0/model.sig"));
        assertThat(said(oras, "repo", "tags", "--plain-http", repository).contains("sha256-"))
                .isEqualTo(byTag);

        succeeds("pull", VERSION, "--to", "out");
        succeeds(
                "signature",
                "verify",
                "out",
                "--signature",
                "signature/model.sig",
                "--key",
                KEY.toString().replace(".pem", ".pub.pem"));
        succeeds("audit", "bytes", "--all");
        assertThat(shown).contains("2 right", "0 missing", "0 unreferenced");
        succeeds("gc", "--dry-run", "--grace", "0d", "-o", "json");
        assertThat(data).as("a signature is no file of a model").doesNotContain(found.substring(7));
    }

    private void pushSigned(String store) throws Exception {
        succeeds("init", "registry.git", "--store", store, "--identity", "declared", "--as", "ann");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
        succeeds("register", VERSION, "output", "--merge", "--as", "ann");
        succeeds("sign", VERSION, "--key", KEY.toString(), "--merge", "--as", "ann");
        succeeds("push", VERSION, "output");
        succeeds("push", VERSION, "output");
    }

    private String said(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as(said)
                .isTrue();
        return said;
    }
}
