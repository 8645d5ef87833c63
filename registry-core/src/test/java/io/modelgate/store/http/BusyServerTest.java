package io.modelgate.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.LeastRate;
import io.modelgate.store.Progress;
import io.modelgate.store.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that want to be asked later. */
@Timeout(60)
class BusyServerTest {
    private static final byte[] BYTES = new byte[1_000];
    private static final FileDigest FILE = new FileDigest("model.onnx", Digest.of(BYTES), BYTES.length);
    private static final Limits SHORT = new Limits(
                    Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofSeconds(3), LeastRate.USUAL, 1_000)
            .pausing(Duration.ofMillis(10));

    @TempDir
    Path work;

    private PlayedServer server;
    private final AtomicInteger left = new AtomicInteger();

    @BeforeEach
    void logIn() {
        EachKind.logIn();
    }

    @AfterEach
    void logOut() {
        EachKind.logOut();
        server.close();
    }

    /** A store that is busy so many times; its wish is empty where it has none. */
    private ArtifactStore store(String kind, int status, int times, String wish) throws IOException {
        left.set(times);
        server = new PlayedServer(exchange -> {
            if (left.getAndDecrement() <= 0) {
                PlayedServer.send(exchange, 200, BYTES);
                return;
            }
            if (!wish.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", wish);
            }
            PlayedServer.send(exchange, status, new byte[0]);
        });
        return EachKind.store(kind, work, server.at("127.0.0.1"), SHORT);
    }

    private static AbstractThrowableAssert<?, RegistryException> refuses(ArtifactStore store) {
        return assertThatThrownBy(() -> store.verify(FILE))
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> !e.remedy().isEmpty(), "has a remedy");
    }

    private static String date(Duration from) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(from).atZone(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({
        "https, 409",
        "https, 429",
        "https, 500",
        "https, 502",
        "https, 503",
        "https, 504",
        "oci, 409",
        "oci, 429",
        "oci, 500",
        "oci, 503",
        "s3, 409",
        "s3, 429",
        "s3, 500",
        "s3, 503"
    })
    void isAskedAgain(String kind, int status) throws IOException {
        assertThat(store(kind, status, 2, "").verify(FILE)).isEqualTo(Verification.OK);
        assertThat(server.asked).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "https, 409, refuses", "https, 429, has had enough requests", "https, 500, does not answer",
                "https, 503, is too busy",
        "oci, 409, refuses", "oci, 429, has had enough requests", "oci, 500, does not answer", "oci, 503, is too busy",
        "s3, 409, too busy (HTTP 409", "s3, 429, too busy (HTTP 429", "s3, 500, too busy (HTTP 500",
                "s3, 503, too busy (HTTP 503"
    })
    void isAskedSoManyTimesAndThenToldInWords(String kind, int status, String words) throws IOException {
        refuses(store(kind, status, 1_000, "")).hasMessageContaining(words);
        assertThat(server.asked).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "oci", "s3"})
    void isWaitedForAsManySecondsAsItSays(String kind) throws IOException {
        Instant start = Instant.now();
        assertThat(store(kind, 429, 1, "1").verify(FILE)).isEqualTo(Verification.OK);
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(900));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "oci", "s3"})
    void isWaitedForUntilTheTimeThatItSays(String kind) throws IOException {
        Instant start = Instant.now();
        assertThat(store(kind, 503, 1, date(Duration.ofSeconds(2))).verify(FILE))
                .isEqualTo(Verification.OK);
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(800));
    }

    @ParameterizedTest
    @CsvSource({
        "https, 3600", "https, 999999999", "https, 'Fri, 31 Dec 9999 23:59:59 GMT'", "oci, 3600",
        "oci, 'Fri, 31 Dec 9999 23:59:59 GMT'", "s3, 3600", "s3, 999999999", "s3, 'Fri, 31 Dec 9999 23:59:59 GMT'"
    })
    void isNotWaitedForAnHour(String kind, String wish) throws IOException {
        refuses(store(kind, 429, 1_000, wish)).hasMessageContaining("asks to wait");
        assertThat(server.asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "https, 'Sun, 99 Foo 2026'",
        "https, -5",
        "https, 99999999999999999999",
        "oci, soon",
        "s3, -5",
        "s3, soon",
        "s3, 'Mon, 01 Jan 2001 00:00:00 GMT'"
    })
    void isAskedSoonWhereItsWishMakesNoSense(String kind, String wish) throws IOException {
        Instant start = Instant.now();
        assertThat(store(kind, 503, 1, wish).verify(FILE)).isEqualTo(Verification.OK);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "s3"})
    void isNotWaitedForLongerThanALimitInAll(String kind) throws IOException {
        refuses(store(kind, 503, 1_000, "2"));
        assertThat(server.asked).hasSize(2);
    }

    /** With a PUT: what only reads is sent once more by Java itself. */
    @Test
    void isAskedFourTimesWhereConnectionsBreak() throws IOException {
        server = new PlayedServer(exchange -> {
            throw new IOException("broken");
        });
        ArtifactStore store = EachKind.store("s3", work, server.at("127.0.0.1"), SHORT);
        assertThatThrownBy(() -> store.put(FILE, Files.write(work.resolve("source"), BYTES), Progress.NONE))
                .isInstanceOf(RegistryException.class);
        assertThat(server.asked).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 500})
    void takesAFileAfterARegistryWasBusy(int status) throws IOException {
        AtomicInteger busy = new AtomicInteger(2);
        server = new PlayedServer(exchange -> {
            String method = exchange.getRequestMethod();
            exchange.getRequestBody().readAllBytes();
            if (busy.getAndDecrement() > 0) {
                PlayedServer.send(exchange, status, new byte[0]);
            } else if (method.equals("POST")) {
                exchange.getResponseHeaders().set("Location", "/v2/models/credit/default-risk/blobs/uploads/1");
                PlayedServer.send(exchange, 202, new byte[0]);
            } else {
                PlayedServer.send(exchange, method.equals("PUT") ? 201 : 404, new byte[0]);
            }
        });
        Path source = Files.write(work.resolve("source"), BYTES);
        EachKind.store("oci", work, server.at("127.0.0.1"), SHORT).put(FILE, source, Progress.NONE);
        assertThat(server.asked).anyMatch(each -> each.startsWith("PUT "));
    }
}
