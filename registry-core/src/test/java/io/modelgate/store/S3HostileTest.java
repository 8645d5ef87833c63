package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse, lie, or never end. It is long since each way is a test of its own on the same played server. */
class S3HostileTest {
    private static final byte[] BYTES = ArtifactStoreContract.random(300_000);
    private static final FileDigest FILE = ArtifactStoreContract.describe("model.onnx", BYTES);

    @TempDir
    Path work;

    @BeforeEach
    void logIn() {
        System.setProperty("aws.accessKeyId", "somebody");
        System.setProperty("aws.secretAccessKey", "never-to-be-told");
        System.setProperty("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void logOut() {
        for (String name : List.of(
                "aws.accessKeyId",
                "aws.secretAccessKey",
                "aws.disableEc2Metadata",
                "aws.ec2MetadataServiceEndpoint",
                "aws.endpointUrl",
                "aws.endpointUrlS3")) {
            System.clearProperty(name);
        }
    }

    @Test
    void saysWhichRegionTheBucketIsIn() throws IOException {
        try (PlayedS3 server = new PlayedS3(exchange -> {
            exchange.getResponseHeaders().add("x-amz-bucket-region", "eu-central-1");
            PlayedS3.refuse(exchange, 301, "PermanentRedirect", "elsewhere");
        })) {
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().verify(FILE))
                    .hasMessageContaining("the bucket is in region eu-central-1")
                    .extracting("remedy")
                    .asString()
                    .contains("region: eu-central-1");
        }
    }

    @Test
    void bearsAnswersThatAreNestedWithoutEnd() throws IOException {
        String deep = "<?xml version=\"1.0\"?>" + "<a>".repeat(200_000);
        try (PlayedS3 server = new PlayedS3(exchange -> PlayedS3.say(exchange, 403, deep))) {
            for (Work each : List.<Work>of(
                    () -> server.store().verify(FILE), () -> server.store().list(object -> {}))) {
                ArtifactStoreContract.refuses(Kind.ENVIRONMENT, each::run);
            }
        }
        try (PlayedS3 server = new PlayedS3(exchange -> PlayedS3.say(exchange, 200, deep))) {
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().list(object -> {}));
        }
    }

    @Test
    void givesNoOrdersOfAServerToATerminal() throws IOException {
        try (PlayedS3 server = new PlayedS3(
                exchange -> PlayedS3.say(
                        exchange,
                        403,
                        "<?xml version=\"1.1\"?><Error><Code>Some\u202eCode</Code><Message>a&#27;[31mred&#10;line \u202edne</Message></Error>"))) {
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().verify(FILE))
                    .message()
                    .matches("[ -~]+");
        }
    }

    @Test
    void readsNoListThatNeverEnds() throws IOException {
        AtomicInteger page = new AtomicInteger();
        try (PlayedS3 server = new PlayedS3(exchange -> PlayedS3.say(
                exchange,
                200,
                "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t"
                        + page.incrementAndGet() + "</NextContinuationToken></ListBucketResult>"))) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(50),
                    () -> ArtifactStoreContract.refuses(
                                    Kind.ENVIRONMENT, () -> server.store().list(object -> {}))
                            .hasMessageContaining("without naming anything"));
        }
    }

    @Test
    void neverFollowsToAnotherServer() throws IOException {
        try (PlayedS3 other = new PlayedS3(exchange -> PlayedS3.say(exchange, 200, "secrets, please"));
                PlayedS3 server = new PlayedS3(exchange -> {
                    exchange.getResponseHeaders().add("Location", other.url() + "/models/x");
                    PlayedS3.say(exchange, exchange.getRequestMethod().equals("PUT") ? 307 : 302, "");
                })) {
            for (Work each : List.<Work>of(
                    () -> server.store().verify(FILE),
                    () -> server.store().put(FILE, source(), Progress.NONE),
                    () -> server.store().list(object -> {}))) {
                ArtifactStoreContract.refuses(Kind.ENVIRONMENT, each::run)
                        .hasMessageContaining("sends on to another address");
            }
            assertThat(other.asked).isEmpty();
        }
    }

    @Test
    void asksNobodyButTheAddressOfTheRegistry() throws IOException {
        try (PlayedS3 other = new PlayedS3(exchange -> PlayedS3.say(exchange, 200, ""));
                PlayedS3 server = new PlayedS3(exchange -> PlayedS3.refuse(exchange, 404, "NoSuchKey", "none"))) {
            System.setProperty("aws.endpointUrl", other.url().toString());
            System.setProperty("aws.endpointUrlS3", other.url().toString());
            assertThat(server.store().verify(FILE)).isEqualTo(Verification.MISSING);
            assertThat(other.asked).isEmpty();
            assertThat(server.asked).hasSize(1);
        }
    }

    @Test
    void waitsAsABusyServerAsks() throws IOException {
        AtomicInteger left = new AtomicInteger(2);
        try (PlayedS3 server = new PlayedS3(exchange -> {
            if (left.getAndDecrement() > 0) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                PlayedS3.refuse(exchange, 503, "SlowDown", "please");
            } else {
                PlayedS3.say(exchange, 200, "");
            }
        })) {
            byte[] small = ArtifactStoreContract.random(1_000);
            Path source = Files.write(work.resolve("small"), small);
            Instant start = Instant.now();
            server.store().put(ArtifactStoreContract.describe("small", small), source, Progress.NONE);
            assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
            assertThat(server.asked).hasSize(3).allMatch(each -> each.startsWith("PUT /models/ours/sha256/"));
        }
    }

    @Test
    void doesNotWaitForDays() throws IOException {
        for (int status : List.of(429, 503)) {
            try (PlayedS3 server = new PlayedS3(exchange -> {
                exchange.getResponseHeaders().add("Retry-After", "86400");
                PlayedS3.refuse(exchange, status, "SlowDown", "please");
            })) {
                ArtifactStoreContract.refuses(
                                Kind.ENVIRONMENT, () -> server.store().put(FILE, source(), Progress.NONE))
                        .hasMessageContaining("asks to wait for 86400 s");
            }
        }
    }

    @Test
    void saysWhatIsNotAllowedAndKeepsTheSecret() throws IOException {
        try (PlayedS3 server =
                new PlayedS3(exchange -> PlayedS3.refuse(exchange, 403, "AccessDenied", "no s3:PutObject"))) {
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().put(FILE, source(), Progress.NONE))
                    .hasMessageContaining("AccessDenied: no s3:PutObject")
                    .hasMessageNotContaining("never-to-be-told")
                    .extracting("remedy")
                    .asString()
                    .contains("s3:ListBucket");
        }
    }

    @Test
    void saysNothingBackOfKeysTokensAndSignatures() throws IOException {
        System.setProperty("aws.sessionToken", "session-token-never-to-be-told");
        try (PlayedS3 server = new PlayedS3(exchange -> PlayedS3.refuse(
                exchange,
                403,
                "No" + exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"),
                "known: " + exchange.getRequestHeaders().getFirst("Authorization") + " with "
                        + exchange.getRequestHeaders().getFirst("X-Amz-Security-Token")))) {
            StringWriter trace = new StringWriter();
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().put(FILE, source(), Progress.NONE))
                    .hasMessageContaining("known: AWS4-HMAC-SHA256")
                    .satisfies(e -> e.printStackTrace(new PrintWriter(trace)));
            assertThat(trace.toString())
                    .doesNotContain("session-token", "Credential=somebody")
                    .doesNotContainPattern("Signature=[0-9a-f]");
        } finally {
            System.clearProperty("aws.sessionToken");
        }
    }

    @Test
    void endsAListOfMoreObjectsThanAnybodyHas() throws IOException {
        AtomicInteger page = new AtomicInteger();
        try (PlayedS3 server = new PlayedS3(exchange -> {
            int number = page.incrementAndGet();
            StringBuilder keys = new StringBuilder();
            for (int each = 0; each < 1_000; each++) {
                String hex = Digest.of(number + "/" + each).hex();
                keys.append("<Contents><Key>ours/sha256/")
                        .append(hex, 0, 2)
                        .append('/')
                        .append(hex)
                        .append("</Key><Size>1</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>");
            }
            PlayedS3.say(
                    exchange,
                    200,
                    "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t" + number
                            + "</NextContinuationToken>" + keys + "</ListBucketResult>");
        })) {
            AtomicInteger named = new AtomicInteger();
            ArtifactStore store = S3Peer.store(S3Peer.location("s3://models/ours", server.url()), 3_500);
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> store.list(object -> named.incrementAndGet()))
                    .hasMessageContaining("names more than 3500 objects");
            assertThat(named).hasValue(3_000);
            assertThat(server.asked).hasSize(4);
        }
    }

    @Test
    void goesOnWhereAServerBreaksOff() throws IOException {
        Set<String> tags = ConcurrentHashMap.newKeySet();
        try (PlayedS3 server = new PlayedS3(exchange -> {
            tags.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-Match")));
            send(exchange, BYTES, 100_000);
        })) {
            server.store().get(FILE, work.resolve("out"), Progress.NONE);
            assertThat(work.resolve("out")).hasBinaryContent(BYTES);
            assertThat(tags).as("all parts are asked of one object").contains("\"one\"");
        }
    }

    @Test
    void refusesWrongTooFewAndTooManyBytes() throws IOException {
        byte[] others = BYTES.clone();
        others[7]++;
        for (byte[] bytes : List.of(others, Arrays.copyOf(BYTES, 299_999), Arrays.copyOf(BYTES, 300_001))) {
            try (PlayedS3 server = new PlayedS3(exchange -> send(exchange, bytes, Integer.MAX_VALUE))) {
                ArtifactStoreContract.refuses(
                        Kind.INTEGRITY, () -> server.store().get(FILE, work.resolve("out"), Progress.NONE));
                assertThat(work.resolve("out")).doesNotExist();
            }
        }
    }

    @Test
    void endsAnswersThatNeverEnd() throws IOException {
        try (PlayedS3 server = new PlayedS3(exchange -> {
            exchange.sendResponseHeaders(403, 0);
            byte[] more = new byte[1 << 20];
            Arrays.fill(more, (byte) ' ');
            while (true) {
                exchange.getResponseBody().write(more);
            }
        })) {
            ArtifactStoreContract.refuses(
                    Kind.ENVIRONMENT,
                    () -> server.store().remove(new StoredObject(FILE.digest(), FILE.size(), Instant.now())));
        }
    }

    @Test
    void tellsTheRegionThatAServerExpectsHoweverItQuotesIt() throws IOException {
        for (String quote : List.of("'", "&quot;")) {
            try (PlayedS3 server = new PlayedS3(exchange -> PlayedS3.say(
                    exchange,
                    400,
                    "<Error><Code>AuthorizationHeaderMalformed</Code><Message>It is malformed; the region "
                            + "QeastQ is wrong; expecting QwestQ</Message></Error>".replace("Q", quote)))) {
                ArtifactStoreContract.refuses(
                                Kind.ENVIRONMENT, () -> server.store().list(object -> {}))
                        .hasMessageContaining("the bucket is in region west")
                        .satisfies(trouble -> assertThat(trouble.remedy()).contains("region: west"));
            }
        }
    }

    /** The SDK would make millions of objects of them. */
    @Test
    void readsNoRefusalOfManyElements() throws IOException {
        try (PlayedS3 server = new PlayedS3(
                exchange -> PlayedS3.say(exchange, 403, "<Error>" + "<a/>".repeat(100_000) + "</Error>"))) {
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().verify(FILE))
                    .hasMessageEndingWith("your credentials do not allow it (HTTP 403).");
        }
    }

    @Test
    void showsNothingOfAnAnswerThatCannotBeRead() throws IOException {
        try (PlayedS3 server = new PlayedS3(exchange -> {
            exchange.getResponseHeaders().set("x-amz-mp-parts-count", "zz never-to-be-told");
            PlayedS3.say(exchange, 200, "");
        })) {
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().verify(FILE))
                    .hasMessageContaining("makes no sense")
                    .hasMessageNotContaining("never-to-be-told")
                    .satisfies(trouble -> assertThat(trouble.toString()).doesNotContain("never-to-be-told"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<Key>K</Key><Size>1</Size>", "<Key>K</Key><Size>-5</Size>T", "<Size>1</Size>T", "<Key>K</Key>T"
            })
    void refusesAListOfObjectsWithoutWhatObjectsHave(String fields) throws IOException {
        String object = fields.replace("T", "<LastModified>2026-01-01T00:00:00Z</LastModified>")
                .replace(">K<", ">ours/sha256/aa/" + "aa".repeat(32) + "<");
        try (PlayedS3 server = new PlayedS3(exchange -> PlayedS3.say(
                exchange, 200, "<ListBucketResult><Contents>" + object + "</Contents></ListBucketResult>"))) {
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().list(each -> {}))
                    .hasMessageContaining("without a key, a size or a date");
        }
    }

    @Test
    void endsAListThatGoesRoundInCircles() throws IOException {
        try (PlayedS3 server = new PlayedS3(exchange -> PlayedS3.say(
                exchange,
                200,
                "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken>"
                        + "<Contents><Key>ours/sha256/../../x</Key><Size>1</Size>"
                        + "<LastModified>2026-01-01T00:00:00Z</LastModified></Contents></ListBucketResult>"))) {
            ArtifactStoreContract.refuses(
                            Kind.ENVIRONMENT,
                            () -> server.store()
                                    .list(object -> assertThat(object).isNull()))
                    .hasMessageContaining("again and again");
        }
    }

    @Test
    void saysInOneLineThatThereAreNoCredentials() throws IOException {
        System.clearProperty("aws.accessKeyId");
        try (PlayedS3 server = new PlayedS3(exchange -> PlayedS3.say(exchange, 200, ""))) {
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().verify(FILE))
                    .hasMessage("Store s3://models/ours at " + server.url() + ": you have no credentials for S3.")
                    .matches(
                            e -> e.remedy().contains("AWS_PROFILE")
                                    && e.remedy().contains("AWS_ACCESS_KEY_ID"),
                            "remedy");
            assertThat(server.asked).isEmpty();
        }
    }

    @Test
    void doesNotWaitLongForMetadataThatNeverCome() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.disableEc2Metadata");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                PlayedS3 server = new PlayedS3(exchange -> PlayedS3.say(exchange, 200, ""))) {
            System.setProperty("aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:" + silent.getLocalPort());
            Instant start = Instant.now();
            ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> server.store().verify(FILE))
                    .hasMessageContaining("no credentials");
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private Path source() throws IOException {
        return Files.write(work.resolve("source"), BYTES);
    }

    /** An object of a server that breaks off after so many bytes, and that knows ranges. */
    private static void send(HttpExchange exchange, byte[] bytes, int most) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.substring(6, range.indexOf('-')));
        int to = range == null ? bytes.length : Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1;
        exchange.getResponseHeaders().add("ETag", "\"one\"");
        if (range != null) {
            if (from >= bytes.length) {
                PlayedS3.refuse(exchange, 416, "InvalidRange", "none");
                return;
            }
            to = Math.min(to, bytes.length);
            exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + bytes.length);
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(to - from));
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, head ? -1 : to - from);
        if (!head) {
            exchange.getResponseBody().write(bytes, from, Math.min(most, to - from));
        }
    }
}
