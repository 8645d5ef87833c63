package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does. A kind of store has a class that extends this one, starts it and can damage an object in it. */
abstract class ArtifactStoreContract {
    @TempDir
    Path work;

    /** A client of its own for one and the same store, which is empty when a test begins. */
    abstract ArtifactStore store() throws IOException;

    /** Puts other bytes where the store keeps an object, behind its back. */
    abstract void damage(FileDigest file, byte[] bytes) throws IOException;

    @Test
    void givesBackWhatWasPut() throws IOException {
        byte[] bytes = random(300_000);
        FileDigest file = put("model.onnx", bytes);
        Path target = work.resolve("out/deep/model.onnx");
        store().get(file, target, Progress.NONE);
        assertThat(target).hasBinaryContent(bytes);
        assertThat(store().verify(file)).isEqualTo(Verification.OK);
    }

    @Test
    void takesAFileOfManyBlocks() throws IOException {
        byte[] bytes = random((1 << 24) + 12_345);
        FileDigest file = put("weights.bin", bytes);
        Path target = work.resolve("weights.copy");
        store().get(file, target, Progress.NONE);
        assertThat(Digest.of(Files.readAllBytes(target))).isEqualTo(file.digest());
    }

    @Test
    void takesTheSameBytesAgainAndUnderAnotherName() throws IOException {
        byte[] bytes = random(1_000);
        FileDigest file = put("a.bin", bytes);
        put("a.bin", bytes);
        put("b.bin", bytes);
        assertThat(store().verify(file)).isEqualTo(Verification.OK);
    }

    @Test
    void takesTheSameBytesFromManyAtOnce() throws Exception {
        byte[] bytes = random(700_000);
        Path source = Files.write(work.resolve("source"), bytes);
        FileDigest file = describe("model.onnx", bytes);
        ExecutorService people = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Verification>> puts = IntStream.range(0, 8)
                    .<Callable<Verification>>mapToObj(i -> () -> {
                        store().put(file, source, Progress.NONE);
                        return store().verify(file);
                    })
                    .toList();
            for (Future<Verification> put : people.invokeAll(puts)) {
                assertThat(put.get()).isEqualTo(Verification.OK);
            }
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void saysWhenItHasNothing() {
        FileDigest nothing = describe("model.onnx", random(10));
        assertThat(storeWithSomething().verify(nothing)).isEqualTo(Verification.MISSING);
        refuses(Kind.NOT_FOUND, () -> store().get(nothing, work.resolve("out"), Progress.NONE))
                .hasMessageContaining("model.onnx")
                .hasMessageContaining(nothing.digest().toString());
        assertThat(work.resolve("out")).doesNotExist();
    }

    @Test
    void refusesToTakeOtherBytesThanAnnounced() throws IOException {
        FileDigest announced = describe("model.onnx", random(1_000));
        byte[] others = random(1_000);
        others[999]++;
        for (byte[] bytes : List.of(others, random(999), random(1_001), new byte[0])) {
            Path source = Files.write(work.resolve("source"), bytes);
            refuses(Kind.INTEGRITY, () -> store().put(announced, source, Progress.NONE))
                    .hasMessageContaining("model.onnx");
            assertThat(store().verify(announced)).isEqualTo(Verification.MISSING);
        }
    }

    @Test
    void noticesOneChangedByte() throws IOException {
        byte[] bytes = random(100_000);
        FileDigest file = put("model.onnx", bytes);
        bytes[50_000] ^= 1;
        damage(file, bytes);
        assertThat(store().verify(file)).isEqualTo(Verification.WRONG_DIGEST);
        refusesToGive(file);
    }

    @Test
    void noticesMissingAndAdditionalBytes() throws IOException {
        byte[] bytes = random(1_000);
        FileDigest file = put("model.onnx", bytes);
        for (int size : List.of(0, 999, 1_001, 900_000)) {
            damage(file, random(size));
            assertThat(store().verify(file)).isEqualTo(Verification.WRONG_SIZE);
            refusesToGive(file);
        }
    }

    @Test
    void putsRightWhatIsWrongInTheStore() throws IOException {
        byte[] bytes = random(1_000);
        FileDigest file = put("model.onnx", bytes);
        for (int size : List.of(999, 1_000)) {
            damage(file, new byte[size]);
            put("model.onnx", bytes);
            assertThat(store().verify(file)).isEqualTo(Verification.OK);
        }
    }

    @Test
    void replacesTheTargetWhole() throws IOException {
        FileDigest file = put("model.onnx", random(1_000));
        Path target = Files.writeString(work.resolve("target"), "something longer ".repeat(1_000));
        store().get(file, target, Progress.NONE);
        assertThat(Files.size(target)).isEqualTo(1_000);
        store().get(file, target, Progress.NONE);
        assertThat(siblings(target)).containsExactly("source-model.onnx", "target");
    }

    @Test
    void saysWhyItCannotWriteTheTarget() throws IOException {
        FileDigest file = put("model.onnx", random(1_000));
        Path notAFolder = Files.writeString(work.resolve("file"), "");
        refuses(Kind.ENVIRONMENT, () -> store().get(file, notAFolder.resolve("out"), Progress.NONE))
                .hasMessageContaining(notAFolder.toString());
        Path folder = Files.createDirectories(work.resolve("folder/inner")).resolveSibling("");
        refuses(Kind.ENVIRONMENT, () -> store().get(file, folder, Progress.NONE))
                .hasMessageContaining("folder");
        assertThat(siblings(folder)).containsExactly("file", "folder", "source-model.onnx");
    }

    @Test
    void saysWhenTheSourceIsNotThere() {
        FileDigest file = describe("model.onnx", random(10));
        refuses(Kind.ENVIRONMENT, () -> store().put(file, work.resolve("nowhere"), Progress.NONE))
                .hasMessageContaining("nowhere");
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        byte[] bytes = random(500_000);
        CountingProgress put = new CountingProgress();
        FileDigest file = describe("model.onnx", bytes);
        store().put(file, Files.write(work.resolve("source"), bytes), put);
        CountingProgress get = new CountingProgress();
        store().get(file, work.resolve("out"), get);
        assertThat(put.bytes()).isEqualTo(500_000);
        assertThat(get.bytes()).isEqualTo(500_000);
    }

    private void refusesToGive(FileDigest file) throws IOException {
        Path target = work.resolve("precious");
        Files.writeString(target, "old");
        refuses(Kind.INTEGRITY, () -> store().get(file, target, Progress.NONE))
                .hasMessageContaining(file.path())
                .hasMessageContaining(file.digest().toString());
        assertThat(target).hasContent("old");
        assertThat(siblings(target)).containsExactly("precious", "source-" + file.path());
    }

    final FileDigest put(String name, byte[] bytes) throws IOException {
        FileDigest file = describe(name, bytes);
        store().put(file, Files.write(work.resolve("source-" + name), bytes), Progress.NONE);
        return file;
    }

    private ArtifactStore storeWithSomething() {
        try {
            put("something", random(10_000));
            return store();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static FileDigest describe(String name, byte[] bytes) {
        return new FileDigest(name, Digest.of(bytes), bytes.length);
    }

    /** The same bytes for the same size, every time. */
    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static AbstractThrowableAssert<?, RegistryException> refuses(Kind kind, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.kind() == kind && !e.remedy().isEmpty(), "is " + kind + " with a remedy");
    }

    static List<String> siblings(Path file) throws IOException {
        try (Stream<Path> all = Files.list(file.resolveSibling(""))) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
