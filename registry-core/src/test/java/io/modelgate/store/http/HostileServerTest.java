package io.modelgate.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.LeastRate;
import io.modelgate.store.Progress;
import io.modelgate.store.StoreKind;
import io.modelgate.store.Verification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that lies, stalls or points elsewhere can do: nothing but a message. */
@Timeout(60)
class HostileServerTest {
    private static final byte[] BYTES = bytes(100_000);
    private static final FileDigest FILE = new FileDigest("model.onnx", Digest.of(BYTES), BYTES.length);
    private static final Limits SHORT = new Limits(
                    Duration.ofSeconds(2), Duration.ofMillis(700), Duration.ofSeconds(3), LeastRate.USUAL, 1_000)
            .pausing(Duration.ofMillis(10));

    @TempDir
    Path work;

    private PlayedServer server;
    private Resolver resolver = Resolver.SYSTEM;
    private Map<String, String> environment = Map.of();

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private ArtifactStore store(PlayedServer.Answers answers) throws IOException {
        server = new PlayedServer(answers);
        return store(server.at("localhost").toString());
    }

    private ArtifactStore store(String url) {
        return new HttpStoreKind(environment, work, resolver, SHORT)
                .open(new StoreKind.Site("main", StoreLocation.of(url), work));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private AbstractThrowableAssert<?, RegistryException> refusesToGive(Kind kind, ArtifactStore store) {
        AbstractThrowableAssert<?, RegistryException> told = assertThatThrownBy(
                        () -> store.get(FILE, work.resolve("out"), Progress.NONE))
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.kind() == kind && !e.remedy().isEmpty(), "is " + kind + " with a remedy");
        assertThat(work.resolve("out")).doesNotExist();
        return told;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99_999, 100_001, 400_000})
    void anotherSizeIsNotTaken(int size) throws IOException {
        refusesToGive(Kind.INTEGRITY, store(exchange -> PlayedServer.send(exchange, 200, bytes(size))));
    }

    @Test
    void otherBytesAreNotTaken() throws IOException {
        byte[] wrong = BYTES.clone();
        wrong[77]++;
        refusesToGive(Kind.INTEGRITY, store(exchange -> PlayedServer.send(exchange, 200, wrong)));
    }

    @Test
    void moreBytesThanAnybodyAskedForAreNotRead() throws IOException {
        refusesToGive(Kind.INTEGRITY, store(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(BYTES);
            }
        }));
    }

    @Test
    void aServerThatBreaksOffIsAskedForTheRest() throws IOException {
        ArtifactStore store = store(exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=([0-9]+)-.*", "$1"));
            exchange.getResponseHeaders().set("ETag", "\"one\"");
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-99999/100000");
            exchange.sendResponseHeaders(range == null ? 200 : 206, 100_000 - from);
            exchange.getResponseBody().write(BYTES, from, Math.min(40_000, 100_000 - from));
            throw new IOException("enough");
        });
        store.get(FILE, work.resolve("out"), Progress.NONE);
        assertThat(work.resolve("out")).hasBinaryContent(BYTES);
        // Java may lose the last bytes that came before the connection broke.
        assertThat(server.asked).hasSizeBetween(3, 10);
    }

    @Test
    void aServerWithoutRangesWorksToo() throws IOException {
        AtomicInteger times = new AtomicInteger();
        ArtifactStore store = store(exchange -> {
            exchange.sendResponseHeaders(200, 100_000);
            exchange.getResponseBody().write(BYTES, 0, times.incrementAndGet() == 1 ? 30_000 : 100_000);
        });
        store.get(FILE, work.resolve("out"), Progress.NONE);
        assertThat(work.resolve("out")).hasBinaryContent(BYTES);
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForForever() throws IOException {
        refusesToGive(Kind.ENVIRONMENT, store(exchange -> {
                    exchange.sendResponseHeaders(200, 100_000);
                    exchange.getResponseBody().write(BYTES, 0, 10);
                    exchange.getResponseBody().flush();
                    pause(30_000);
                }))
                .hasMessageContaining("no byte came");
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest/meta-data, link-local",
        "http://[::ffff:169.254.169.254]/, link-local",
        "http://10.1.2.3/, private",
        "http://[fd00::1]/, private",
        "http://0.0.0.0/, special",
        "ftp://files.example/, no address of a web server",
        "http://user:secret@models.example/, a user in it",
    })
    void nobodyIsSentElsewhereInside(String location, String word) throws IOException {
        refusesToGive(Kind.ENVIRONMENT, store(exchange -> PlayedServer.redirect(exchange, 302, location)))
                .hasMessageContaining(word)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aPublicServerSendsNobodyToThisMachine() throws IOException {
        resolver = host -> new InetAddress[] {
            InetAddress.getByName(
                    host.equals("localhost") ? "93.184.216.34" : host.equals("two.example") ? "8.8.8.8" : host),
            InetAddress.getByName(host.equals("two.example") ? "127.0.0.1" : "93.184.216.34"),
        };
        for (String location : new String[] {"http://127.0.0.1:1/", "http://[::1]:1/", "http://two.example/"}) {
            refusesToGive(Kind.ENVIRONMENT, store(exchange -> PlayedServer.redirect(exchange, 307, location)))
                    .hasMessageContaining("loopback");
            server.close();
        }
    }

    @Test
    void whoSentThereIsNamedWhenNobodyKnowsTheHost() throws IOException {
        refusesToGive(Kind.ENVIRONMENT, store(exchange -> PlayedServer.redirect(exchange, 302, "http://no.invalid/x")))
                .hasMessage(
                        server.at("localhost") + " sends us to http://no.invalid. The host no.invalid cannot be found.")
                .extracting(RegistryException::remedy)
                .asString()
                .contains("registry.yaml");
    }

    @Test
    void redirectsInCirclesEnd() throws IOException {
        refusesToGive(Kind.ENVIRONMENT, store(exchange -> PlayedServer.redirect(exchange, 301, "/again")))
                .hasMessageContaining("more than 5 times");
        assertThat(server.asked).hasSize(6);
    }

    @Test
    void aLoginStaysAtHome() throws IOException {
        try (PlayedServer other = new PlayedServer(exchange -> PlayedServer.send(exchange, 200, BYTES))) {
            Files.writeString(
                    work.resolve(".netrc"),
                    "default login x password no\nmachine localhost login me password secret\n");
            ArtifactStore store =
                    store(exchange -> PlayedServer.redirect(exchange, 302, other.at("127.0.0.1") + "/x?signed=1"));
            store.get(FILE, work.resolve("out"), Progress.NONE);
            assertThat(server.asked).hasSize(1).allMatch(each -> each.endsWith(" Basic bWU6c2VjcmV0"));
            assertThat(other.asked).containsExactly("GET /x?signed=1");
        }
    }

    @Test
    void aTokenIsForItsHostOnly() throws IOException {
        environment = Map.of("MODELGATE_STORE_TOKEN", "other.example=no LOCALHOST=yes");
        ArtifactStore store = store(exchange -> PlayedServer.send(exchange, 200, BYTES));
        assertThat(store.verify(FILE)).isEqualTo(Verification.OK);
        assertThat(server.asked).allMatch(each -> each.endsWith(" Bearer yes"));
    }

    @Test
    void aServerThatStumblesIsAskedAgain() throws IOException {
        ArtifactStore store = store(exchange -> PlayedServer.send(
                exchange, server.asked.size() < 3 ? 500 : 200, server.asked.size() < 3 ? new byte[0] : BYTES));
        assertThat(store.verify(FILE)).isEqualTo(Verification.OK);
        assertThat(server.asked).hasSize(3);
        server.close();
        refusesToGive(Kind.ENVIRONMENT, store(exchange -> PlayedServer.send(exchange, 500, new byte[0])))
                .hasMessageContaining("does not answer");
    }

    @ParameterizedTest
    @CsvSource({
        "401, ENVIRONMENT, does not let you in",
        "403, ENVIRONMENT, does not let you have",
        "404, NOT_FOUND, has no",
        "410, NOT_FOUND, has no",
        "412, CONFLICT, refuses",
        "418, ENVIRONMENT, does not answer",
    })
    void refusalsAreFinalAndInWords(int status, Kind kind, String word) throws IOException {
        refusesToGive(
                        kind,
                        store(exchange ->
                                PlayedServer.send(exchange, status, "<html>".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining(word);
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void headersWithoutEndAreTrouble() throws IOException {
        refusesToGive(Kind.ENVIRONMENT, store(exchange -> {
            exchange.getResponseHeaders().set("X-Long", "x".repeat(2 << 20));
            PlayedServer.send(exchange, 200, BYTES);
        }));
    }

    @Test
    void compressedBytesAreRefusedInWords() throws IOException {
        refusesToGive(Kind.ENVIRONMENT, store(exchange -> {
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    PlayedServer.send(exchange, 200, BYTES);
                }))
                .hasMessageContaining("compresses");
    }

    @Test
    void aPartThatIsAnotherOneIsRefused() throws IOException {
        ArtifactStore store = store(exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", "100000");
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Range", "bytes 5-14/100000");
            PlayedServer.send(exchange, 206, Arrays.copyOf(BYTES, 10));
        });
        assertThatThrownBy(() -> store.open(FILE).position(50_000).read(ByteBuffer.allocate(10)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("other bytes");
    }

    @Test
    void aServerThatAnswersNoHeadIsAskedForOneByte() throws IOException {
        ArtifactStore store = store(exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                PlayedServer.send(exchange, 405, new byte[0]);
            } else {
                exchange.getResponseHeaders().set("Content-Range", "bytes 0-0/100000");
                PlayedServer.send(exchange, 206, Arrays.copyOf(BYTES, 1));
            }
        });
        assertThat(store.open(FILE).size()).isEqualTo(100_000);
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        ArtifactStore store = store(HttpExchange::close);
        server.close();
        refusesToGive(Kind.ENVIRONMENT, store).hasMessageContaining("nobody answers at http://localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://", "http://user@host/x", "https://host/x?secret=1", "https://host/#x"})
    void anAddressThatMakesNoSenseIsRefused(String url) {
        assertThatThrownBy(() -> store(url))
                .isInstanceOf(RegistryException.class)
                .message()
                .doesNotContain("secret");
    }

    /** Whoever has the name of the store has its addresses too. */
    @Test
    void letsNoNameOpenTheWayToThisMachine() throws IOException {
        byte[] everywhere = {93, 1, 2, 3};
        byte[] loopback = {127, 0, 0, 1};
        byte[] link = {(byte) 169, (byte) 254, (byte) 169, (byte) 254};
        Resolver liar = host -> host.equals("store.example")
                ? new InetAddress[] {
                    InetAddress.getByAddress(everywhere),
                    InetAddress.getByAddress(loopback),
                    InetAddress.getByAddress(link),
                    InetAddress.getByAddress(new byte[] {10, 0, 0, 1})
                }
                : InetAddress.getAllByName(host);
        URI home = URI.create("http://store.example");
        HomeRule rule = new HomeRule(home, liar);
        for (String to : new String[] {"http://127.0.0.1:8080/", "http://169.254.169.254/latest", "http://10.0.0.7/"}) {
            assertThatThrownBy(() -> rule.require(home, URI.create(to)))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("address and not its own");
        }
        HomeRule written = new HomeRule(URI.create("http://127.0.0.1:1"), Resolver.SYSTEM);
        written.require(URI.create("http://127.0.0.1:1"), URI.create("http://localhost:2/"));
    }

    @Test
    void looksAgainWhereItIsSentWhenItWaited() throws IOException {
        try (PlayedServer other = new PlayedServer(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            PlayedServer.send(exchange, 503, new byte[0]);
        })) {
            AtomicInteger asked = new AtomicInteger();
            resolver = host -> host.equals("127.0.0.1") && asked.getAndIncrement() > 0
                    ? new InetAddress[] {InetAddress.getByAddress(new byte[] {(byte) 169, (byte) 254, 1, 1})}
                    : InetAddress.getAllByName(host);
            ArtifactStore store = store(exchange -> PlayedServer.redirect(exchange, 302, other.at("127.0.0.1") + "/x"));
            assertThatThrownBy(() -> store.verify(FILE)).hasMessageContaining("link-local");
            assertThat(other.asked).hasSize(1);
        }
    }
}
