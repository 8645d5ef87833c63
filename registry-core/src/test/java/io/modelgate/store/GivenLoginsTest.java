package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.http.Limits;
import io.modelgate.store.http.PlayedServer;
import io.modelgate.store.oci.OciStoreKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever opens stores may give logins that count before those of the process. */
class GivenLoginsTest {
    private static final FileDigest FILE =
            new FileDigest("model.onnx", Digest.of("x".getBytes(StandardCharsets.UTF_8)), 1);

    @TempDir
    Path work;

    /** What the server is shown by a store of that address. */
    private List<String> shown(StoreLocation location, PlayedServer server, Map<String, String> given) {
        ArtifactStore store = Stores.open(
                        List.of(new StoreConfig("main", location, List.of())), work, GivenVariables.of(given))
                .of(new StoredVersion(
                        VersionId.parse("credit/default-risk@1.0.0"), Optional.of("main"), List.of(FILE)));
        try {
            assertThat(store.verify(FILE, Progress.NONE)).isEqualTo(Verification.MISSING);
        } catch (RegistryException e) {
            assertThat(e.kind()).isEqualTo(RegistryException.Kind.ENVIRONMENT);
        }
        return server.asked;
    }

    private static PlayedServer server() throws IOException {
        return new PlayedServer(exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"models\"");
            PlayedServer.send(
                    exchange, exchange.getRequestHeaders().containsKey("Authorization") ? 404 : 401, new byte[0]);
        });
    }

    @Test
    void showsAWebServerTheTokenThatIsGiven() throws IOException {
        try (PlayedServer server = server()) {
            URI url = server.at("localhost");
            assertThat(shown(
                            StoreLocation.of(url.toString()),
                            server,
                            Map.of("MODELGATE_STORE_TOKEN", "localhost=of-the-build")))
                    .anyMatch(line -> line.endsWith("Bearer of-the-build"));
        }
    }

    @Test
    void showsARegistryTheLoginInTheFolderThatIsGiven() throws IOException {
        try (PlayedServer server = server()) {
            String host = server.at("localhost").getAuthority();
            String login = Base64.getEncoder().encodeToString("build:secret".getBytes(StandardCharsets.UTF_8));
            Files.writeString(
                    work.resolve("config.json"), "{\"auths\":{\"" + host + "\":{\"auth\":\"" + login + "\"}}}");
            assertThat(shown(
                            StoreLocation.of("oci://" + host + "/models"),
                            server,
                            Map.of("DOCKER_CONFIG", work.toString())))
                    .anyMatch(line -> line.endsWith("Basic " + login));
        }
    }

    private static String login(String user) {
        return Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    /** Sets a variable that holds a login to a registry, or that names a file which holds it. */
    private void setTo(String variable, String host, String user, Map<String, String> variables) throws IOException {
        String config = "{\"auths\":{\"" + host + "\":{\"auth\":\"" + login(user) + "\"}}}";
        Path folder = Files.createDirectories(work.resolve(user));
        switch (variable) {
            case "DOCKER_AUTH_CONFIG" -> variables.put(variable, config);
            case "DOCKER_CONFIG" -> {
                Files.writeString(folder.resolve("config.json"), config);
                variables.put(variable, folder.toString());
            }
            case "REGISTRY_AUTH_FILE" ->
                variables.put(
                        variable,
                        Files.writeString(folder.resolve("auth.json"), config).toString());
            default -> // What 'docker login' leaves.
                Files.writeString(
                        Files.createDirectories(work.resolve("home/.docker")).resolve("config.json"), config);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DOCKER_AUTH_CONFIG, DOCKER_AUTH_CONFIG",
        "DOCKER_AUTH_CONFIG, DOCKER_CONFIG",
        "DOCKER_AUTH_CONFIG, REGISTRY_AUTH_FILE",
        "DOCKER_AUTH_CONFIG, ~/.docker",
        "DOCKER_CONFIG, DOCKER_AUTH_CONFIG",
        "DOCKER_CONFIG, DOCKER_CONFIG",
        "DOCKER_CONFIG, REGISTRY_AUTH_FILE",
        "DOCKER_CONFIG, ~/.docker",
        "REGISTRY_AUTH_FILE, DOCKER_AUTH_CONFIG",
        "REGISTRY_AUTH_FILE, DOCKER_CONFIG",
        "REGISTRY_AUTH_FILE, REGISTRY_AUTH_FILE",
        "REGISTRY_AUTH_FILE, ~/.docker"
    })
    void showsARegistryWhatIsGivenBeforeWhatTheProcessHas(String given, String own) throws IOException {
        try (PlayedServer server = server()) {
            String host = server.at("localhost").getAuthority();
            Map<String, String> variables = new TreeMap<>();
            Map<String, String> environment = new TreeMap<>();
            setTo(given, host, "build", variables);
            setTo(own, host, "agent", environment);
            StoreKind oci = new OciStoreKind(environment, work.resolve("home"), Limits.of(Map.of()));
            assertThat(oci.variables()).contains(given);
            StoreLocation location = StoreLocation.of("oci://" + host + "/models");
            oci.open(new StoreKind.Site("main", location, work, GivenVariables.of(variables)))
                    .of(VersionId.parse("credit/default-risk@1.0.0").model())
                    .verify(FILE, Progress.NONE);
            assertThat(server.asked)
                    .anyMatch(line -> line.endsWith("Basic " + login("build")))
                    .noneMatch(line -> line.endsWith("Basic " + login("agent")));

            server.asked.clear();
            oci.open(new StoreKind.Site("main", location, work))
                    .of(VersionId.parse("credit/default-risk@1.0.0").model())
                    .verify(FILE, Progress.NONE);
            assertThat(server.asked).anyMatch(line -> line.endsWith("Basic " + login("agent")));
        }
    }

    @Test
    void signsForABucketWithTheKeyAndTheRegionThatAreGiven() throws IOException {
        try (PlayedServer server = server()) {
            StoreLocation location = new StoreLocation(
                    "s3://models", Optional.of(server.at("localhost")), Optional.empty(), Optional.empty());
            assertThat(shown(
                            location,
                            server,
                            Map.of(
                                    "AWS_ACCESS_KEY_ID", "build",
                                    "AWS_SECRET_ACCESS_KEY", "hidden",
                                    "AWS_REGION", "eu-south-2")))
                    .anyMatch(line -> line.contains("Credential=build/") && line.contains("/eu-south-2/s3/"));
        }
    }

    @Test
    void namesTheVariablesThatMayBeGivenAndNoneThatSaysWhatToRunOrToTrust() {
        assertThat(Stores.variables())
                .contains("AWS_ACCESS_KEY_ID", "DOCKER_AUTH_CONFIG", "DOCKER_CONFIG", "MODELGATE_STORE_TOKEN", "NETRC")
                .doesNotContain("PATH", "MODELGATE_CA_FILE", "AWS_ENDPOINT_URL", "HTTPS_PROXY");
    }
}
