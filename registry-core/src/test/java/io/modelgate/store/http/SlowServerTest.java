package io.modelgate.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.LeastRate;
import io.modelgate.store.Progress;
import io.modelgate.store.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send or take a few bytes now and then, each before anybody loses patience. */
@Timeout(60)
class SlowServerTest {
    private static final byte[] BYTES = bytes();
    private static final FileDigest FILE = new FileDigest("model.onnx", Digest.of(BYTES), BYTES.length);
    private static final LeastRate LEAST = new LeastRate(20_000, Duration.ofSeconds(1));
    private static final Limits SHORT =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofSeconds(2), LEAST, 1_000);

    @TempDir
    Path work;

    private static byte[] bytes() {
        byte[] bytes = new byte[500_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void logIn() {
        EachKind.logIn();
    }

    @AfterEach
    void logOut() {
        EachKind.logOut();
    }

    private static AbstractThrowableAssert<?, RegistryException> refuses(Runnable work) {
        return assertThatThrownBy(work::run)
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.kind() == Kind.ENVIRONMENT && !e.remedy().isEmpty(), "is ENVIRONMENT with a remedy");
    }

    private static void isTooSlow(Runnable work) {
        refuses(work)
                .hasMessageContaining("it is too slow: ")
                .hasMessageContaining("and 20.0 kB are the least that is waited for")
                .extracting(RegistryException::remedy)
                .asString()
                .contains("name a mirror", "MODELGATE_STORE_LEAST_RATE");
    }

    private static void drip(HttpExchange exchange, int atOnce) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(BYTES.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, BYTES.length);
        OutputStream out = exchange.getResponseBody();
        for (int at = 0; at < BYTES.length; at += atOnce) {
            out.write(BYTES, at, Math.min(atOnce, BYTES.length - at));
            out.flush();
            pause(50);
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "oci", "s3"})
    void whatGivesTooFewBytesIsGivenUp(String kind) throws IOException {
        try (PlayedServer server = new PlayedServer(exchange -> drip(exchange, 50))) {
            ArtifactStore store = EachKind.store(kind, work, server.at("127.0.0.1"), SHORT);
            isTooSlow(() -> store.get(FILE, work.resolve("out"), Progress.NONE));
            isTooSlow(() -> store.verify(FILE));
            assertThat(work.resolve("out")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "oci", "s3"})
    void whatGivesEnoughIsBorne(String kind) throws IOException {
        try (PlayedServer server = new PlayedServer(exchange -> drip(exchange, 10_000))) {
            assertThat(EachKind.store(kind, work, server.at("127.0.0.1"), SHORT).verify(FILE))
                    .isEqualTo(Verification.OK);
        }
    }

    /** Each answer comes before anybody loses patience, and a model has thousands of files. */
    @ParameterizedTest
    @ValueSource(strings = {"https", "oci", "s3"})
    void whatTakesItsTimeBeforeEachAnswerIsGivenUp(String kind) throws IOException {
        byte[] few = {1, 2, 3};
        FileDigest small = new FileDigest("small.json", Digest.of(few), few.length);
        try (PlayedServer server = new PlayedServer(exchange -> {
            pause(300);
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(few.length));
            PlayedServer.send(exchange, 200, few);
        })) {
            for (boolean opens : new boolean[] {false, true}) {
                ArtifactStore store = EachKind.store(kind, work, server.at("127.0.0.1"), SHORT);
                refuses(() -> {
                            for (int file = 0; file < 30; file++) {
                                if (opens) {
                                    store.open(small);
                                } else {
                                    store.verify(small);
                                }
                            }
                        })
                        .hasMessageContaining("it is too slow: ")
                        .hasMessageContaining(" answers took ");
            }
            assertThat(server.asked).hasSizeLessThan(30);
        }
    }

    /** It would be asked again for ever: each time some bytes came. */
    @ParameterizedTest
    @ValueSource(strings = {"https", "oci", "s3"})
    void whatBreaksOffAfterEachFewBytesIsGivenUp(String kind) throws IOException {
        try (PlayedServer server = new PlayedServer(exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=([0-9]+)-.*", "$1"));
            exchange.getResponseHeaders().set("ETag", "\"one\"");
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (BYTES.length - 1) + "/" + BYTES.length);
            exchange.sendResponseHeaders(range == null ? 200 : 206, BYTES.length - from);
            exchange.getResponseBody().write(BYTES, from, 100);
            exchange.getResponseBody().flush();
            throw new IOException("enough");
        })) {
            ArtifactStore store = EachKind.store(kind, work, server.at("127.0.0.1"), SHORT);
            isTooSlow(() -> store.get(FILE, work.resolve("out"), Progress.NONE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci", "s3"})
    void whatTakesTooFewBytesIsGivenUp(String kind) throws IOException {
        byte[] large = new byte[14_000_000];
        FileDigest file = new FileDigest("model.bin", Digest.of(large), large.length);
        Path source = Files.write(work.resolve("source"), large);
        try (PlayedServer server = new PlayedServer(exchange -> {
            String method = exchange.getRequestMethod();
            if (method.equals("POST")) {
                exchange.getResponseHeaders().set("Location", "/v2/models/credit/default-risk/blobs/uploads/1");
                PlayedServer.send(exchange, 202, new byte[0]);
            } else if (method.equals("PUT") || method.equals("PATCH")) {
                InputStream in = exchange.getRequestBody();
                while (in.read() >= 0) {
                    pause(50);
                }
            } else {
                PlayedServer.send(exchange, 404, new byte[0]);
            }
        })) {
            ArtifactStore store = EachKind.store(kind, work, server.at("127.0.0.1"), SHORT);
            isTooSlow(() -> store.put(file, source, Progress.NONE));
        }
    }

    /** A byte now and then, which no timeout of a socket notices. */
    @ParameterizedTest
    @ValueSource(strings = {"https", "oci", "s3"})
    void whatDripsItsHeadersIsGivenUp(String kind) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            new Thread(() -> accept(server)).start();
            Limits shorter =
                    new Limits(Duration.ofSeconds(5), Duration.ofMillis(600), Duration.ofSeconds(2), LEAST, 1_000);
            ArtifactStore store =
                    EachKind.store(kind, work, URI.create("http://127.0.0.1:" + server.getLocalPort()), shorter);
            refuses(() -> store.verify(FILE)).hasMessageContaining("127.0.0.1 does not answer");
        }
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                new Thread(() -> dripHead(socket)).start();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void dripHead(Socket socket) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            for (byte each : ("HTTP/1.1 200 OK\r\nX: " + "x".repeat(1_000)).getBytes(StandardCharsets.US_ASCII)) {
                out.write(each);
                pause(100);
            }
        } catch (IOException e) {
            // It was left.
        }
    }
}
