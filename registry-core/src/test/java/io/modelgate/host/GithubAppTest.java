package io.modelgate.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.modelgate.host.github.GithubApp;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.HostConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GitHub App signs in as docs.github.com says ("Generating a JSON Web Token", "Authenticating as an installation"). */
class GithubAppTest {
    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private KeyPair keys;
    private HttpServer server;
    private HostSite site;

    private final PlayedClock clock = new PlayedClock(Instant.parse("2026-11-23T10:00:00Z"));

    @BeforeEach
    void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v3", exchange -> {
            String path = exchange.getRequestURI().getPath().substring("/api/v3".length());
            asked.add(exchange.getRequestMethod() + " " + path);
            secrets.add(exchange.getRequestHeaders().getFirst("Authorization"));
            String body = switch (path) {
                case "/repos/acme/models/installation" -> "{\"id\": 5}";
                case "/app/installations/5/access_tokens" ->
                    "{\"token\": \"ghs_" + asked.size() + "\", \"expires_at\": \""
                            + clock.instant().plus(Duration.ofHours(1)) + "\"}";
                case "/app" -> "{\"slug\": \"modelgate\"}";
                case "/users/modelgate[bot]" -> "{\"id\": 9, \"login\": \"modelgate[bot]\", \"type\": \"Bot\"}";
                default -> "{}";
            };
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        site = new HostSite(
                HostConfig.Kind.GITHUB,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "acme/models");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private GithubApp app(String pem) throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), pem);
        return GithubApp.find(
                        site,
                        Map.of("MODELGATE_GITHUB_APP_ID", "4711", "MODELGATE_GITHUB_APP_KEY_FILE", file.toString()),
                        clock)
                .orElseThrow();
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    /** The key as GitHub gives it: without the 26 bytes that say that it is one of RSA. */
    private String asGithubGivesIt() {
        byte[] whole = keys.getPrivate().getEncoded();
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(whole, 26, whole.length));
    }

    @Test
    void fetchesATokenOnceAndAgainBeforeItEnds() throws Exception {
        GithubApp app = app(asGithubGivesIt());

        Map<String, String> first = app.headers();
        clock.pass(Duration.ofMinutes(50));
        assertThat(app.headers()).isEqualTo(first).isEqualTo(Map.of("Authorization", "Bearer ghs_2"));
        clock.pass(Duration.ofMinutes(6));
        assertThat(app.headers()).isNotEqualTo(first);
        assertThat(asked)
                .containsExactly(
                        "GET /repos/acme/models/installation",
                        "POST /app/installations/5/access_tokens",
                        "GET /repos/acme/models/installation",
                        "POST /app/installations/5/access_tokens");
    }

    @Test
    void signsInWithAClaimThatItsKeyProves() throws Exception {
        app(pem("PRIVATE KEY", keys.getPrivate().getEncoded())).headers();

        String[] parts = secrets.get(0).replace("Bearer ", "").split("\\.", -1);
        Json claim = Json.of(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8))
                .orElseThrow();
        assertThat(claim.text("iss")).contains("4711");
        assertThat(claim.integer("exp").orElseThrow() - clock.instant().getEpochSecond())
                .isBetween(1L, 600L);
        assertThat(claim.integer("iat").orElseThrow())
                .isLessThanOrEqualTo(clock.instant().getEpochSecond());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void knowsItsOwnUser() throws Exception {
        assertThat(app(asGithubGivesIt()).user().text("login")).contains("modelgate[bot]");
    }

    @Test
    void saysWhatIsWrongWithoutShowingTheKey() throws Exception {
        assertThat(GithubApp.find(site, Map.of(), clock)).isEmpty();
        assertThatThrownBy(() -> GithubApp.find(site, Map.of("MODELGATE_GITHUB_APP_ID", "4711"), clock))
                .hasMessage("A GitHub App needs both MODELGATE_GITHUB_APP_ID and MODELGATE_GITHUB_APP_KEY_FILE.");
        assertThatThrownBy(() -> app("-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n"))
                .hasMessageContaining("key.pem")
                .hasMessageNotContaining("c2VjcmV0")
                .hasNoCause();
    }
}
