package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server of S3. */
class S3StoreTest extends ArtifactStoreContract {
    private static final int IN_PARTS = (40 << 20) + 12_345;

    private S3Peer.Bucket bucket;

    @BeforeEach
    void makeABucket() throws IOException {
        S3Peer peer = S3Peer.start();
        peer.logIn();
        bucket = peer.bucket();
    }

    @AfterEach
    void logOut() {
        S3Peer.logOut();
    }

    @Override
    ArtifactStore store() {
        return bucket.store();
    }

    @Override
    void damage(FileDigest file, byte[] bytes) throws IOException {
        Files.write(bucket.object(file), bytes);
    }

    @Test
    void keepsObjectsAsAFolderDoes() throws IOException {
        FileDigest file = put("model.onnx", random(1_000));
        assertThat(bucket.object(file)).hasBinaryContent(random(1_000));
    }

    @Test
    void sendsAndBringsALargeFileInParts() throws IOException {
        FileDigest file = put("weights.bin", random(IN_PARTS));
        assertThat(Digest.of(Files.readAllBytes(bucket.object(file)))).isEqualTo(file.digest());
        CountingProgress progress = new CountingProgress();
        store().get(file, work.resolve("out"), progress);
        assertThat(FileTree.is(work.resolve("out"), file, Progress.NONE)).isTrue();
        assertThat(progress.bytes()).isEqualTo(IN_PARTS);
    }

    @Test
    void takesALargeFileFromManyAtOnce() throws Exception {
        byte[] bytes = random(IN_PARTS);
        FileDigest file = describe("weights.bin", bytes);
        Path source = Files.write(work.resolve("source"), bytes);
        ExecutorService people = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> puts = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        store().put(file, source, Progress.NONE);
                        return true;
                    })
                    .toList();
            for (Future<Boolean> put : people.invokeAll(puts)) {
                assertThat(put.get()).isTrue();
            }
        } finally {
            people.shutdownNow();
        }
        // A part that comes just after somebody else ended the upload may stay until a rule of the bucket takes it
        // away.
        assertThat(store().verify(file)).isEqualTo(Verification.OK);
    }

    @Test
    void keepsNothingOfALargeFileThatIsAnother() throws IOException {
        byte[] others = random(IN_PARTS);
        FileDigest announced = describe("weights.bin", others);
        others[IN_PARTS - 1]++;
        for (byte[] bytes : List.of(others, Arrays.copyOf(others, IN_PARTS - 1), Arrays.copyOf(others, IN_PARTS + 1))) {
            Path source = Files.write(work.resolve("source"), bytes);
            refuses(Kind.INTEGRITY, () -> store().put(announced, source, Progress.NONE));
            assertThat(store().verify(announced)).isEqualTo(Verification.MISSING);
            assertThat(unfinished()).isEmpty();
        }
    }

    @Test
    void looksIntoAnyPartOfAnObject() throws IOException {
        byte[] bytes = random(3_000_000);
        FileDigest file = put("model.onnx", bytes);
        try (SeekableByteChannel channel = store().open(file)) {
            assertThat(channel.size()).isEqualTo(bytes.length);
            ByteBuffer read = ByteBuffer.allocate(1_000);
            channel.position(2_000_000);
            while (read.hasRemaining() && channel.read(read) >= 0) {}
            assertThat(read.array()).isEqualTo(Arrays.copyOfRange(bytes, 2_000_000, 2_001_000));
        }
    }

    @Test
    void namesWhatItHasAndTakesItAway() throws IOException {
        FileDigest first = put("a", random(10));
        FileDigest second = put("b", random(11));
        Files.createDirectories(bucket.folder().resolve("models/sha256/zz"));
        Files.writeString(bucket.folder().resolve("models/sha256/zz/README"), "not an object");
        List<Digest> all = new ArrayList<>();
        assertThat(store().list(object -> all.add(object.digest()))).isTrue();
        assertThat(all).containsExactlyInAnyOrder(first.digest(), second.digest());
        StoredObject seen = new StoredObject(first.digest(), first.size(), Instant.now());
        assertThat(store().remove(seen)).isTrue();
        assertThat(store().remove(seen)).isTrue();
        assertThat(store().verify(first)).isEqualTo(Verification.MISSING);
        assertThat(store().verify(second)).isEqualTo(Verification.OK);
    }

    @Test
    void saysThatThereIsNoSuchBucket() throws IOException {
        ArtifactStore nowhere = S3Peer.store(
                S3Peer.location("s3://no-such-bucket/models", S3Peer.start().url()));
        FileDigest file = describe("a", random(10));
        refuses(Kind.ENVIRONMENT, () -> nowhere.verify(file)).hasMessageContaining("there is no bucket no-such-bucket");
        Path source = Files.write(work.resolve("source"), random(10));
        refuses(Kind.ENVIRONMENT, () -> nowhere.put(file, source, Progress.NONE))
                .hasMessageContaining("there is no bucket no-such-bucket");
    }

    @Test
    void doesNotCallAFileMissingWhenTheServerDoesNotKnowTheAccessKey() throws IOException {
        FileDigest file = put("a", random(10));
        System.setProperty("aws.accessKeyId", "nobody");
        ArtifactStore store = store();
        refuses(Kind.ENVIRONMENT, () -> store.verify(file)).hasMessageContaining("does not know your access key");
        refuses(Kind.ENVIRONMENT, () -> store.verify(describe("b", random(11))))
                .hasMessageContaining("does not know your access key");
    }

    @Test
    void saysThatNobodyAnswers() {
        ArtifactStore dead = S3Peer.store(S3Peer.location("s3://models", URI.create("http://127.0.0.1:9")));
        refuses(Kind.ENVIRONMENT, () -> dead.verify(describe("a", random(10))))
                .hasMessageContaining("http://127.0.0.1:9")
                .hasMessageContaining("nobody answers at http://127.0.0.1:9");
    }

    @Test
    void refusesAddressesThatMakeNoSense() {
        for (String url : List.of(
                "s3:bucket",
                "s3://",
                "s3://b",
                "s3://bucket/../other",
                "s3://bucket/a//b",
                "s3://bucket?x=1",
                "s3://user@bucket")) {
            refuses(Kind.ENVIRONMENT, () -> S3Peer.store(StoreLocation.of(url))).hasMessageContaining(url);
        }
        StoreLocation region =
                new StoreLocation("s3://bucket", Optional.empty(), Optional.of("eu.evil.example/"), Optional.empty());
        refuses(Kind.ENVIRONMENT, () -> S3Peer.store(region)).hasMessageContaining("no region");
    }

    @Test
    void refusesNamesThatNoBucketCanHave() {
        for (String name : List.of("Bad_Bucket", "bad..bucket", "-bad", "bad.", "10.0.0.1", "a".repeat(64))) {
            refuses(Kind.ENVIRONMENT, () -> S3Peer.store(StoreLocation.of("s3://" + name + "/models")))
                    .hasMessageContaining("no bucket can be called " + name);
        }
        StoreLocation old = new StoreLocation("s3://Old_Bucket", Optional.empty(), Optional.empty(), Optional.of(true));
        assertThat(S3Peer.store(old).name()).isEqualTo("main");
    }

    /** Parts that wait for others: the server keeps them beside the objects. */
    private List<Path> unfinished() throws IOException {
        Path uploads = bucket.folder().resolve(".sgwtmp/multipart");
        if (!Files.exists(uploads)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(uploads)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
