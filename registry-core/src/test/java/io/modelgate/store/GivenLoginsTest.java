package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.http.PlayedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .contains("AWS_ACCESS_KEY_ID", "DOCKER_CONFIG", "MODELGATE_STORE_TOKEN", "NETRC")
                .doesNotContain("PATH", "MODELGATE_CA_FILE", "AWS_ENDPOINT_URL", "HTTPS_PROXY");
    }
}
