package io.modelgate.store.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.StoreKind;
import io.modelgate.store.Verification;
import io.modelgate.store.http.Limits;
import io.modelgate.store.http.PlayedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins, tokens and lies of a registry that is played. */
@Timeout(60)
class RegistryAccessTest {
    private static final byte[] BYTES = "a model".getBytes(StandardCharsets.UTF_8);
    private static final FileDigest FILE = new FileDigest("model.onnx", Digest.of(BYTES), BYTES.length);
    private static final VersionId VERSION = VersionId.parse("credit/default-risk@1.0.0");
    private static final String BASIC = "Basic bWU6c2VjcmV0";

    @TempDir
    Path home;

    private PlayedServer server;
    private Limits limits = Limits.of(Map.of());

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private ArtifactStore store(PlayedServer.Answers answers) throws IOException {
        server = new PlayedServer(answers);
        String url = "oci://" + server.at("localhost").getAuthority() + "/models";
        return new OciStoreKind(Map.of("PATH", home + ":/usr/bin:/bin"), home, limits)
                .open(new StoreKind.Site("main", StoreLocation.of(url), home))
                .of(VERSION.model());
    }

    private void config(String json) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"),
                json.replace("HOST", server.at("localhost").getAuthority()));
    }

    private static void challenge(HttpExchange exchange, String words) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", words);
        PlayedServer.send(exchange, 401, new byte[0]);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean shows(HttpExchange exchange, String header) {
        return header.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private ArtifactStore tokenStore() throws IOException {
        return store(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/token")) {
                PlayedServer.send(
                        exchange, 200, "{\"token\":\"t1\",\"expires_in\":300}".getBytes(StandardCharsets.UTF_8));
            } else if (shows(exchange, "Bearer t1")) {
                PlayedServer.send(exchange, 200, BYTES);
            } else {
                challenge(
                        exchange,
                        "Bearer realm=\"" + server.at("localhost") + "/token\",service=\"reg\",scope=\"x:y:*\"");
            }
        });
    }

    @Test
    void fetchesATokenForReadingOnly() throws IOException {
        ArtifactStore store = tokenStore();
        config("{\"auths\":{\"HOST\":{\"auth\":\"bWU6c2VjcmV0\"}}}");
        assertThat(store.verify(FILE)).isEqualTo(Verification.OK);
        assertThat(store.verify(FILE)).isEqualTo(Verification.OK);
        assertThat(server.asked.get(1))
                .isEqualTo("GET /token?service=reg&scope=repository%3Amodels%2Fcredit%2Fdefault-risk%3Apull " + BASIC);
        assertThat(server.asked).hasSize(4);
    }

    @Test
    void anonymousPeopleGetTokensToo() throws IOException {
        assertThat(tokenStore().verify(FILE)).isEqualTo(Verification.OK);
        assertThat(server.asked.get(1)).startsWith("GET /token").doesNotContain("Basic");
    }

    /** What Azure and others give at a login, and what helpers call the user {@code <token>}. */
    @Test
    void aRefreshTokenIsExchangedInThePlaceOfAPassword() throws IOException {
        List<String> sent = new ArrayList<>();
        ArtifactStore store = store(exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("POST")) {
                sent.add(exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
                PlayedServer.send(
                        exchange,
                        200,
                        "{\"access_token\":\"t1\",\"refresh_token\":\"r2\"}".getBytes(StandardCharsets.UTF_8));
            } else if (shows(exchange, "Bearer t1")) {
                PlayedServer.send(exchange, 200, BYTES);
            } else {
                challenge(exchange, "Bearer realm=\"" + server.at("localhost") + "/oauth2/token\",service=\"reg\"");
            }
        });
        config("{\"auths\":{\"HOST\":{\"auth\":\"MDAwMDo=\",\"identitytoken\":\"r1/=\"}}}");
        assertThat(store.verify(FILE)).isEqualTo(Verification.OK);
        assertThat(sent)
                .containsExactly(
                        "application/x-www-form-urlencoded grant_type=refresh_token&client_id=modelgate&service=reg"
                                + "&scope=repository%3Amodels%2Fcredit%2Fdefault-risk%3Apull&refresh_token=r1%2F%3D");
        assertThat(server.asked).hasSize(3).noneMatch(each -> each.contains("r1") || each.contains("Basic"));
    }

    @Test
    void aRefreshTokenThatIsNoLongerGoodIsNotShownInWords() throws IOException {
        ArtifactStore store = store(exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                PlayedServer.send(
                        exchange, 400, "{\"error\":\"invalid_grant r1-secret\"}".getBytes(StandardCharsets.UTF_8));
            } else {
                challenge(exchange, "Bearer realm=\"" + server.at("localhost") + "/oauth2/token\",service=\"reg\"");
            }
        });
        config("{\"auths\":{\"HOST\":{\"identitytoken\":\"r1-secret\"}}}");
        assertThatThrownBy(() -> store.verify(FILE))
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.remedy().contains("Log in again"), "says what to do")
                .message()
                .contains("token for repository:models/credit/default-risk", "config.json")
                .doesNotContain("r1-secret");
    }

    @Test
    void showsUserAndPasswordWhereTheRegistryWantsThose() throws IOException {
        ArtifactStore store = store(exchange -> {
            if (shows(exchange, BASIC)) {
                PlayedServer.send(exchange, 200, BYTES);
            } else {
                challenge(exchange, "Basic realm=\"x\"");
            }
        });
        config("{\"credHelpers\":{\"HOST\":\"test\"}}");
        Path helper = Files.writeString(
                home.resolve("docker-credential-test"),
                "#!/bin/sh\nread host || true\necho '{\"Username\":\"me\",\"Secret\":\"secret\"}'\n");
        assertThat(helper.toFile().setExecutable(true)).isTrue();
        assertThat(store.verify(FILE)).isEqualTo(Verification.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"http://93.184.216.34/token\"",
                "Bearer realm=\"ftp://x/\"",
                "Bearer realm=\"\"",
                "Bearer",
                "Bearer realm=\"https://169.254.169.254/token\"",
            })
    void thePasswordGoesToNoPlaceThatIsNotSafe(String words) throws IOException {
        ArtifactStore store = store(exchange -> challenge(exchange, words));
        config("{\"auths\":{\"HOST\":{\"auth\":\"bWU6c2VjcmV0\"}}}");
        assertThatThrownBy(() -> store.verify(FILE))
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.kind() == Kind.ENVIRONMENT, "is ENVIRONMENT")
                .message()
                .doesNotContain("secret");
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void aRefusedLoginIsNamedAndNotShownInWords() throws IOException {
        ArtifactStore store = store(exchange -> challenge(exchange, "Basic realm=\"x\""));
        config("{\"auths\":{\"HOST\":{\"auth\":\"bWU6c2VjcmV0\"}}}");
        assertThatThrownBy(() -> store.verify(FILE))
                .hasMessageContaining("config.json")
                .message()
                .doesNotContain("bWU6")
                .doesNotContain("secret");
    }

    @Test
    void aBrokenConfigurationDoesNotShowWhatIsInIt() throws IOException {
        ArtifactStore store = store(exchange -> challenge(exchange, "Basic realm=\"x\""));
        config("{\"auths\":{\"HOST\":{\"auth\":\"hunter2!\"}}}");
        assertThatThrownBy(() -> store.verify(FILE))
                .message()
                .contains("cannot be read")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"layers\":[{\"digest\":\"sha256:zz\",\"size\":1}]}",
                "{\"layers\":[{\"digest\":\"../../etc/passwd\",\"size\":1}]}",
                "{\"layers\":[{\"digest\":7,\"size\":-1}]}",
                "{\"layers\":{}}",
                "[]",
            })
    void aManifestThatLiesNamesNothing(String manifest) throws IOException {
        ArtifactStore store = store(exchange -> {
            String path = exchange.getRequestURI().getPath();
            String said = path.endsWith("/tags/list") ? "{\"tags\":[\"1.0.0\",\"../x\"]}" : manifest;
            PlayedServer.send(exchange, 200, said.getBytes(StandardCharsets.UTF_8));
        });
        List<Digest> listed = new ArrayList<>();
        store.list(each -> listed.add(each.digest()));
        assertThat(listed).isEmpty();
        assertThat(server.asked).noneMatch(each -> each.contains("..") || each.contains("passwd"));
    }

    @Test
    void anIndexThatNamesAnotherManifestIsNotBelieved() throws IOException {
        String index = "{\"manifests\":[{\"digest\":\"" + Digest.of("x") + "\",\"size\":3}]}";
        ArtifactStore store = store(exchange -> {
            String path = exchange.getRequestURI().getPath();
            String said = path.endsWith("/tags/list")
                    ? "{\"tags\":[\"1.0.0\"]}"
                    : path.contains("sha256:") ? "{\"layers\":[]}" : index;
            PlayedServer.send(exchange, 200, said.getBytes(StandardCharsets.UTF_8));
        });
        assertThatThrownBy(() -> store.list(each -> {}))
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.kind() == Kind.INTEGRITY, "is INTEGRITY");
    }

    @Test
    void aListOfMoreObjectsThanAnybodyHasEnds() throws IOException {
        AtomicInteger number = new AtomicInteger();
        limits = new Limits(limits.connect(), limits.silence(), limits.pause(), limits.least(), 30);
        ArtifactStore store = store(exchange -> {
            String path = exchange.getRequestURI().getPath();
            String said = path.endsWith("/tags/list")
                    ? "{\"tags\":[" + "\"t1\",\"t2\",\"t3\",\"t4\",\"t5\"]}"
                    : "{\"layers\":["
                            + Stream.generate(() -> "{\"digest\":\"" + Digest.of("x" + number.incrementAndGet())
                                            + "\",\"size\":3}")
                                    .limit(10)
                                    .collect(Collectors.joining(","))
                            + "]}";
            PlayedServer.send(exchange, 200, said.getBytes(StandardCharsets.UTF_8));
        });
        List<Digest> listed = new ArrayList<>();
        assertThatThrownBy(() -> store.list(each -> listed.add(each.digest())))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("names more than 30 objects");
        assertThat(listed).hasSize(20);
    }

    /** Whoever gives tokens is shown a password, or a token of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"\"auth\":\"bWU6aHVudGVyMi1pcy1zZWNyZXQ=\"", "\"identitytoken\":\"hunter2-is-secret\""})
    void whatATokenServerSaysBackOfTheLoginIsShownToNobody(String entry) throws IOException {
        ArtifactStore store = store(exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/token")) {
                String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                        + exchange.getRequestHeaders().getFirst("Authorization");
                String said = "{\"details\":\"no " + sent + " hunter2-is-secret\"}";
                PlayedServer.send(exchange, 401, said.getBytes(StandardCharsets.UTF_8));
            } else {
                challenge(exchange, "Bearer realm=\"" + server.at("localhost") + "/token\"");
            }
        });
        config("{\"auths\":{\"HOST\":{" + entry + "}}}");
        assertThatThrownBy(() -> store.verify(FILE))
                .isInstanceOf(RegistryException.class)
                .message()
                .contains("401")
                .doesNotContain("hunter2", "is-secret", "bWU6aHVudGVyMi");
    }

    /** A second challenge counts when some time went by since the first. */
    @ParameterizedTest
    @ValueSource(strings = {"https://SHOWN.invalid/token", "http://localhost:9/SHOWN", "http://SHOWN.invalid/token"})
    void whatIsNamedAsThePlaceOfTokensIsShownWithoutTheLogin(String realm) throws IOException {
        ArtifactStore store = store(exchange -> {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            if (shown == null) {
                challenge(exchange, "Basic realm=\"x\"");
            } else if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", "7");
                exchange.sendResponseHeaders(200, -1);
            } else {
                challenge(
                        exchange,
                        "Bearer realm=\""
                                + realm.replace("SHOWN", shown.substring(6).replace("=", "")) + "\"");
            }
        });
        config("{\"auths\":{\"HOST\":{\"auth\":\"bWU6aHVudGVyMi1pcy1zZWNyZXQ=\"}}}");
        try (SeekableByteChannel shown = store.open(FILE)) {
            assertThat(shown.isOpen()).isTrue();
        }
        sleep(2_100);
        StringWriter trace = new StringWriter();
        assertThatThrownBy(() -> store.verify(FILE))
                .isInstanceOf(RegistryException.class)
                .satisfies(e -> e.printStackTrace(new PrintWriter(trace)));
        assertThat(trace.toString())
                .doesNotContainIgnoringCase("bWU6aHVudGVyMi")
                .doesNotContain("hunter2");
    }

    @Test
    void aHugeManifestIsNotRead() throws IOException {
        ArtifactStore store = store(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[1 << 16]);
            }
        });
        assertThatThrownBy(() -> store.list(each -> {})).hasMessageContaining("more than 4194304 bytes");
    }
}
