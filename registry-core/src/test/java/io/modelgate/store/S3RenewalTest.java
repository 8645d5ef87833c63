package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put again that S3 has is made young again: by a copy onto itself, as Amazon's does it, or by sending it. */
class S3RenewalTest {
    private static final byte[] BYTES = ArtifactStoreContract.random(1_000);
    private static final FileDigest FILE = new FileDigest("model.onnx", Digest.of(BYTES), BYTES.length);

    @TempDir
    Path work;

    private final List<String> writes = new CopyOnWriteArrayList<>();
    private volatile Instant modified = Instant.now().minus(Duration.ofDays(30));
    private volatile boolean copies = true;

    @BeforeEach
    void logIn() {
        System.setProperty("aws.accessKeyId", "somebody");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    @AfterEach
    void logOut() {
        S3Peer.logOut();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders()
                .add("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(modified.atOffset(ZoneOffset.UTC)));
        switch (exchange.getRequestMethod()) {
            case "HEAD" -> {
                exchange.getResponseHeaders().add("Content-Length", String.valueOf(BYTES.length));
                exchange.sendResponseHeaders(200, -1);
            }
            case "GET" -> {
                exchange.sendResponseHeaders(200, BYTES.length);
                exchange.getResponseBody().write(BYTES);
            }
            case "DELETE" -> {
                writes.add("delete");
                exchange.sendResponseHeaders(204, -1);
            }
            default -> write(exchange);
        }
    }

    private void write(HttpExchange exchange) throws IOException {
        boolean copy = exchange.getRequestHeaders().containsKey("x-amz-copy-source");
        if (exchange.getRequestHeaders().containsKey("If-None-Match")) {
            PlayedS3.refuse(exchange, 412, "PreconditionFailed", "It is there.");
        } else if (copy && !copies) {
            PlayedS3.refuse(exchange, 501, "NotImplemented", "No copies.");
        } else {
            writes.add(copy ? "copy " + exchange.getRequestHeaders().getFirst("x-amz-metadata-directive") : "put");
            modified = Instant.now();
            PlayedS3.say(
                    exchange,
                    200,
                    copy
                            ? "<?xml version=\"1.0\"?><CopyObjectResult><LastModified>" + modified
                                    + "</LastModified></CopyObjectResult>"
                            : "");
        }
    }

    private void put(PlayedS3 server) throws IOException {
        server.store().put(FILE, Files.write(work.resolve("model.onnx"), BYTES), Progress.NONE);
    }

    @Test
    void copiesWhatIsOldOntoItselfAndLeavesAloneWhatIsYoung() throws IOException {
        try (PlayedS3 server = new PlayedS3(this::answer)) {
            put(server);
            put(server);
        }
        assertThat(writes).containsExactly("copy REPLACE");
    }

    @Test
    void sendsItAgainWhereTheServerCopiesNothing() throws IOException {
        copies = false;
        try (PlayedS3 server = new PlayedS3(this::answer)) {
            put(server);
            put(server);
        }
        assertThat(writes).containsExactly("put");
    }

    @Test
    void takesNothingAwayThatWasPutAgainSinceItWasSeen() throws IOException {
        StoredObject seen = new StoredObject(FILE.digest(), FILE.size(), modified);
        try (PlayedS3 server = new PlayedS3(this::answer)) {
            put(server);
            assertThat(server.store().remove(seen)).isFalse();
            assertThat(server.store().remove(new StoredObject(FILE.digest(), FILE.size(), modified)))
                    .isTrue();
        }
        assertThat(writes).containsExactly("copy REPLACE", "delete");
    }
}
