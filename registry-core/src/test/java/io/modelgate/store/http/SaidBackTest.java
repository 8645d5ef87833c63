package io.modelgate.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.LeastRate;
import io.modelgate.store.Progress;
import io.modelgate.store.StoreKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that says back what it was shown: its words are read by people who may not know that. */
@Timeout(60)
class SaidBackTest {
    private static final FileDigest FILE = new FileDigest("model.onnx", Digest.of("x"), 1);
    private static final Limits SHORT =
            new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(1), LeastRate.USUAL, 1_000);

    @TempDir
    Path work;

    private PlayedServer server;
    private Map<String, String> environment = Map.of();

    private ArtifactStore store(PlayedServer.Answers answers) throws IOException {
        server = new PlayedServer(answers);
        return store(server.at("localhost").toString());
    }

    private ArtifactStore store(String url) {
        return new HttpStoreKind(environment, work, Resolver.SYSTEM, SHORT)
                .open(new StoreKind.Site("main", StoreLocation.of(url), work));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private AbstractThrowableAssert<?, RegistryException> refusesToGive(Kind kind, ArtifactStore store) {
        return assertThatThrownBy(() -> store.get(FILE, work.resolve("out"), Progress.NONE))
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.kind() == kind && !e.remedy().isEmpty(), "is " + kind + " with a remedy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Basic bWU6c2VjcmV0IHdvcmQ= | the password <secret word> of somebody | the password <…> of somebody",
                "Basic bWU6c2VjcmV0IHdvcmQ= | got bWU6c2VjcmV0IHdvcmQ | got …",
                "Basic bWU6c2VjcmV0IHdvcmQ= | got secret+word | got …",
                "Basic bWU6cHc5 | pw9 is wrong | … is wrong",
                "Bearer abcdefghijklmnop | abcdefghij and ijklmnop | … and …",
                "Bearer abcdefghijklmnop | ABCDEFGHIJKLMNOP | …",
                "Bearer abcdefghijklmnop | abc and nop | abc and nop",
                "Bearer abcdefghijklmnop | YWJjZGVmZ2hpamtsbW5vcA== | …==",
                "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/2026/eu/s3, Signature=00112233445566 | AKIAEXAMPLE 0011223344556 | … …",
            })
    void takesOutWhateverFormOfItAppears(String header, String words, String shown) {
        assertThat(Secrets.NONE.andAuthorization(header).said(words, 100)).isEqualTo(shown);
        assertThat(Secrets.NONE.said(words, 100)).isEqualTo(words);
    }

    @Test
    void cutsNoSecretInTheMidst() {
        Secrets secrets = Secrets.NONE.and(Stream.of("0123456789".repeat(20)));
        assertThat(secrets.said("x".repeat(95) + "0123456789".repeat(20), 100)).isEqualTo("x".repeat(95) + "…");
        assertThat(Secrets.NONE
                        .andQuery(URI.create("https://x/y?state=a%2Fbcdefghij"))
                        .hide("a/bcdefghij"))
                .isEqualTo("…");
        assertThat(secrets).hasToString("secrets");
    }

    /** In its words, its wishes, where it sends one to, and in what is no HTTP at all. */
    @ParameterizedTest
    @ValueSource(strings = {"words", "code", "wish", "location", "encoding"})
    void whatAServerSaysBackOfTheLoginIsShownToNobody(String where) throws IOException {
        environment = Map.of("MODELGATE_STORE_TOKEN", "localhost=hunter2-is-the-token");
        AbstractThrowableAssert<?, RegistryException> told = refusesToGive(Kind.ENVIRONMENT, store(exchange -> {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            switch (where) {
                case "wish" -> exchange.getResponseHeaders().set("Retry-After", shown);
                case "encoding" -> exchange.getResponseHeaders().set("Content-Encoding", shown);
                case "location" -> {
                    PlayedServer.redirect(exchange, 302, "http://10.0.0.1/" + shown.substring(7));
                    return;
                }
                default -> {
                    // In the body.
                }
            }
            String body = where.equals("code")
                    ? "{\"errors\":[{\"code\":\"no " + shown.substring(0, 20) + "\\u001b[1m" + shown.substring(20)
                            + "\"}]}"
                    : "{\"message\":\"I know no " + shown + "\"}";
            PlayedServer.send(
                    exchange,
                    where.equals("wish") ? 503 : where.equals("encoding") ? 200 : 403,
                    body.getBytes(StandardCharsets.UTF_8));
        }));
        told.message().doesNotContain("hunter2").doesNotContain("the-token");
        assertThat(server.asked.get(0)).endsWith(" Bearer hunter2-is-the-token");
    }

    @Test
    void whatIsNoHttpIsNotShownWithTheLoginInIt() throws IOException {
        environment = Map.of("MODELGATE_STORE_TOKEN", "localhost=hunter2-is-the-token");
        try (ServerSocket rubbish = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try {
                    while (true) {
                        try (Socket socket = rubbish.accept()) {
                            socket.getInputStream().read(new byte[1_000]);
                            socket.getOutputStream()
                                    .write("what is hunter2-is-the-token?\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                        }
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            thread.start();
            StringWriter trace = new StringWriter();
            refusesToGive(Kind.ENVIRONMENT, store("http://localhost:" + rubbish.getLocalPort()))
                    .hasMessageContaining("broke")
                    .satisfies(e -> e.printStackTrace(new PrintWriter(trace)));
            assertThat(trace.toString()).doesNotContain("hunter2");
        }
    }

    /** Into its address, to a port where nobody is; and by somebody else who was told. */
    @ParameterizedTest
    @ValueSource(strings = {"nobody", "word", "name"})
    void whomAServerTellsTheLoginShowsItToNobodyEither(String where) throws IOException {
        environment = Map.of("MODELGATE_STORE_TOKEN", "localhost=hunter2-is-the-token");
        try (PlayedServer other = new PlayedServer(exchange -> PlayedServer.send(
                exchange,
                403,
                ("{\"message\":\"no " + exchange.getRequestURI() + "\"}").getBytes(StandardCharsets.UTF_8)))) {
            StringWriter trace = new StringWriter();
            refusesToGive(Kind.ENVIRONMENT, store(exchange -> {
                        String shown = exchange.getRequestHeaders().getFirst("Authorization");
                        String token = shown.substring(shown.indexOf(' ') + 1);
                        PlayedServer.redirect(
                                exchange,
                                307,
                                switch (where) {
                                    case "nobody" -> "http://127.0.0.1:9/" + token;
                                    case "name" -> "http://" + token + ".invalid/";
                                    default -> other.at("127.0.0.1") + "/" + token;
                                });
                    }))
                    .hasMessageContaining(server.at("localhost") + " sends us to http://")
                    .satisfies(e -> e.printStackTrace(new PrintWriter(trace)));
            assertThat(trace.toString()).doesNotContain("hunter2").doesNotContain("the-token");
        }
    }

    @Test
    void aSignedAddressIsNotSaidBack() throws IOException {
        try (PlayedServer other = new PlayedServer(exchange -> PlayedServer.send(
                exchange,
                403,
                ("{\"message\":\"expired: " + exchange.getRequestURI() + "\"}").getBytes(StandardCharsets.UTF_8)))) {
            refusesToGive(
                            Kind.ENVIRONMENT,
                            store(exchange -> PlayedServer.redirect(
                                    exchange, 302, other.at("localhost") + "/blob?X-Amz-Signature=0123456789abcdef")))
                    .hasMessageContaining("expired: /blob?X-Amz-Signature=…")
                    .message()
                    .doesNotContain("456789");
        }
    }
}
