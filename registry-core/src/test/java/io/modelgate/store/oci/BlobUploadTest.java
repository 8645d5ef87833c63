package io.modelgate.store.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Progress;
import io.modelgate.store.StoreKind;
import io.modelgate.store.http.Limits;
import io.modelgate.store.http.PlayedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bringing a large file to registries that lose connections, forget, or know no chunks. */
@Timeout(60)
class BlobUploadTest {
    private static final int SIZE = BlobUpload.CHUNK * 2 + 12_345;
    private static final byte[] BYTES = bytes();
    private static final FileDigest FILE = new FileDigest("weights.bin", Digest.of(BYTES), SIZE);

    @TempDir
    Path work;

    private PlayedServer server;
    private volatile ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final AtomicBoolean whole = new AtomicBoolean();
    private final AtomicLong advanced = new AtomicLong();
    private Optional<PlayedServer.Answers> end = Optional.empty();
    private Optional<String> left = Optional.empty();

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What is told of {@code PATCH}; everything else goes as it should. */
    private void put(PlayedServer.Answers patch, PlayedServer.Answers status) throws IOException {
        put(patch, status, exchange -> {
            received = new ByteArrayOutputStream();
            located(exchange, 202);
        });
    }

    private void put(PlayedServer.Answers patch, PlayedServer.Answers status, PlayedServer.Answers post)
            throws IOException {
        server = new PlayedServer(exchange -> {
            switch (exchange.getRequestMethod()) {
                case "POST" -> post.to(exchange);
                case "PATCH" -> patch.to(exchange);
                case "GET" -> status.to(exchange);
                case "PUT" -> {
                    if (end.isPresent()) {
                        end.get().to(exchange);
                        return;
                    }
                    received.writeBytes(exchange.getRequestBody().readAllBytes());
                    whole.set(Digest.of(received.toByteArray()).equals(FILE.digest()));
                    PlayedServer.send(exchange, whole.get() ? 201 : 400, new byte[0]);
                }
                default -> PlayedServer.send(exchange, 404, new byte[0]);
            }
        });
        left.ifPresent(this::note);
        ArtifactStore store = new OciStoreKind(
                        Map.of(), work, Limits.of(Map.of()).pausing(Duration.ofMillis(10)))
                .open(new StoreKind.Site(
                        "main",
                        StoreLocation.of("oci://" + server.at("localhost").getAuthority() + "/x"),
                        work))
                .of(VersionId.parse("credit/default-risk@1.0.0").model());
        store.put(FILE, Files.write(work.resolve("source"), BYTES), new Progress() {
            @Override
            public void advanced(long bytes) {
                advanced.addAndGet(bytes);
            }
        });
    }

    /** As an earlier run that was killed. */
    private void note(String location) {
        URI blob = server.at("localhost").resolve("/v2/x/credit/default-risk/blobs/" + FILE.digest());
        try (BegunUploads.Note note = BegunUploads.of(Map.of(), work).note(blob)) {
            note.keep(new BegunUploads.Begun(server.at("localhost").resolve(location), BlobUpload.CHUNK));
        }
    }

    private void located(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().set("Location", "/v2/upload/" + received.size() + "?state=x");
        exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, received.size() - 1));
        exchange.sendResponseHeaders(status, -1);
    }

    private void take(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("Content-Range")).startsWith(received.size() + "-");
        received.writeBytes(exchange.getRequestBody().readAllBytes());
        located(exchange, 202);
    }

    private void isThere() {
        assertThat(whole).isTrue();
        assertThat(advanced).hasValue(SIZE);
    }

    @Test
    void goesOnWhereTheRegistrySaysThatTheConnectionBroke() throws IOException {
        AtomicBoolean broke = new AtomicBoolean();
        put(
                exchange -> {
                    if (received.size() > 0 && broke.compareAndSet(false, true)) {
                        received.writeBytes(exchange.getRequestBody().readNBytes(100_000));
                        throw new IOException("broken");
                    }
                    take(exchange);
                },
                exchange -> located(exchange, 204));
        isThere();
        assertThat(broke).isTrue();
        assertThat(server.asked).filteredOn(each -> each.startsWith("POST")).hasSize(1);
    }

    @Test
    void beginsAgainWhereTheRegistryForgot() throws IOException {
        AtomicBoolean broke = new AtomicBoolean();
        put(
                exchange -> {
                    if (received.size() > 0 && broke.compareAndSet(false, true)) {
                        throw new IOException("broken");
                    }
                    take(exchange);
                },
                exchange -> PlayedServer.send(exchange, 404, new byte[0]));
        isThere();
        assertThat(server.asked).filteredOn(each -> each.startsWith("POST")).hasSize(2);
    }

    @Test
    void goesOnWhereTheRegistrySaysThatAChunkIsAtTheWrongPlace() throws IOException {
        AtomicBoolean refused = new AtomicBoolean();
        put(
                exchange -> {
                    if (received.size() > 0 && refused.compareAndSet(false, true)) {
                        exchange.getRequestBody().readAllBytes();
                        located(exchange, 416);
                    } else {
                        take(exchange);
                    }
                },
                exchange -> located(exchange, 204));
        isThere();
        assertThat(refused).isTrue();
        assertThat(server.asked).filteredOn(each -> each.startsWith("POST")).hasSize(1);
    }

    @Test
    void goesOnWithWhatAnEarlierRunSent() throws IOException {
        left = Optional.of("/v2/upload/left");
        received.writeBytes(Arrays.copyOf(BYTES, BlobUpload.CHUNK + 5));
        put(this::take, exchange -> located(exchange, 204));
        isThere();
        assertThat(server.asked).noneMatch(each -> each.startsWith("POST"));
        assertThat(server.asked).filteredOn(each -> each.startsWith("PATCH")).hasSize(2);
    }

    @Test
    void beginsAnewWhereAnEarlierRunSentSomethingElse() throws IOException {
        left = Optional.of("/v2/upload/left");
        received.writeBytes(new byte[BlobUpload.CHUNK]);
        put(this::take, exchange -> located(exchange, 204));
        isThere();
        assertThat(server.asked).filteredOn(each -> each.startsWith("POST")).hasSize(1);
        assertThat(server.asked).anyMatch(each -> each.startsWith("DELETE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/upload/gone", "http://169.254.169.254/upload", "http://127.0.0.1:9/upload"})
    void beginsAnewWhereAnEarlierUploadIsGone(String location) throws IOException {
        left = Optional.of(location);
        put(this::take, exchange -> PlayedServer.send(exchange, 404, new byte[0]));
        isThere();
        assertThat(server.asked).filteredOn(each -> each.startsWith("POST")).hasSize(1);
    }

    /** What a later run would go on with. */
    private Optional<BegunUploads.Begun> noted() {
        URI blob = server.at("localhost").resolve("/v2/x/credit/default-risk/blobs/" + FILE.digest());
        try (BegunUploads.Note note = BegunUploads.of(Map.of(), work).note(blob)) {
            return note.begun();
        }
    }

    /** How the registry fails once, when a second run asks what it has. */
    enum Fault implements PlayedServer.Answers {
        BREAKS {
            @Override
            public void to(HttpExchange exchange) throws IOException {
                throw new IOException("broken");
            }
        },
        IS_BUSY {
            @Override
            public void to(HttpExchange exchange) throws IOException {
                exchange.getResponseHeaders().set("Retry-After", "3600");
                PlayedServer.send(exchange, 503, new byte[0]);
            }
        },
        WANTS_A_LOGIN {
            @Override
            public void to(HttpExchange exchange) throws IOException {
                PlayedServer.send(exchange, 401, new byte[0]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void keepsWhatAnEarlierRunSentWhereTheRegistryIsOutOfReachForNow(Fault fault) throws IOException {
        left = Optional.of("/v2/upload/left");
        received.writeBytes(Arrays.copyOf(BYTES, BlobUpload.CHUNK + 5));
        assertThatThrownBy(() -> put(this::take, fault, fault)).isInstanceOf(RegistryException.class);
        assertThat(server.asked).noneMatch(each -> each.startsWith("DELETE"));
        if (fault != Fault.WANTS_A_LOGIN) {
            assertThat(server.asked).noneMatch(each -> each.startsWith("POST"));
        }
        assertThat(noted())
                .hasValueSatisfying(
                        each -> assertThat(each.location().getPath()).isEqualTo("/v2/upload/left"));
    }

    @Test
    void keepsWhatAnEarlierRunSentWhereTheRegistryIsTooBusyToEndIt() throws IOException {
        left = Optional.of("/v2/upload/left");
        received.writeBytes(BYTES);
        end = Optional.of(Fault.IS_BUSY);
        assertThatThrownBy(() -> put(this::take, exchange -> located(exchange, 204)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("too busy");
        assertThat(server.asked).noneMatch(each -> each.startsWith("DELETE") || each.startsWith("POST"));
        assertThat(noted()).isPresent();
    }

    @Test
    void sendsOneStreamWhereTheRegistryKnowsNoChunks() throws IOException {
        put(
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    PlayedServer.send(exchange, 416, new byte[0]);
                },
                exchange -> PlayedServer.send(exchange, 404, new byte[0]));
        isThere();
        assertThat(server.asked).filteredOn(each -> each.startsWith("PATCH")).hasSize(1);
    }

    @Test
    void isNotSentInsideByAnUpload() {
        assertThatThrownBy(() -> put(
                        exchange -> {
                            exchange.getRequestBody().readAllBytes();
                            exchange.getResponseHeaders().set("Location", "http://169.254.169.254/upload");
                            exchange.sendResponseHeaders(202, -1);
                        },
                        exchange -> PlayedServer.send(exchange, 404, new byte[0])))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("link-local");
    }
}
