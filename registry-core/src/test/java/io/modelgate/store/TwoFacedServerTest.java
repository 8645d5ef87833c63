package io.modelgate.store;

import static io.modelgate.store.ArtifactStoreContract.describe;
import static io.modelgate.store.ArtifactStoreContract.random;
import static io.modelgate.store.ArtifactStoreContract.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose owner also wrote the proposal: it gives other bytes to whoever looks than to whoever verifies. */
@Timeout(60)
class TwoFacedServerTest {
    private static final byte[] TRUE = random(3_000_000);
    private static final FileDigest FILE = describe("model.bin", TRUE);

    @TempDir
    Path work;

    /** Gives the true bytes to those who ask for all, and zeros to those who ask for a part. */
    private static final class TwoFaced implements RemoteObjects {
        private final byte[] bytes;
        private final byte[] others;

        TwoFaced(byte[] bytes) {
            this.bytes = bytes;
            this.others = new byte[bytes.length];
        }

        @Override
        public OptionalLong size(FileDigest file) {
            return OptionalLong.of(bytes.length);
        }

        @Override
        public Piece read(FileDigest file, long from, long length) {
            byte[] given = length == bytes.length ? bytes : others;
            return new Piece(
                    new ByteArrayInputStream(given, (int) from, (int) Math.min(length, bytes.length - from)),
                    OptionalLong.of(bytes.length));
        }

        @Override
        public void write(FileDigest file, AnnouncedBytes announced, boolean replace) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void showsNoOtherBytesToWhoeverLooksIntoAFileThanWereVerified() throws IOException {
        ArtifactStore store = new RemoteStore("main", "played://here", new TwoFaced(TRUE), LeastRate.USUAL);
        assertThat(store.verify(FILE)).isEqualTo(Verification.OK);
        try (SeekableByteChannel bytes = store.open(FILE)) {
            for (long position : List.of(0L, 1_500_000L, 2_999_990L)) {
                ByteBuffer some = ByteBuffer.allocate(10);
                refuses(Kind.INTEGRITY, () -> bytes.position(position).read(some))
                        .hasMessageContaining("has other bytes for model.bin");
            }
        }
    }

    /** The first block by itself is right, and could be a harmless file. */
    @Test
    void showsNoFileThatEndsBeforeItsEnd() throws IOException {
        PlayedObjects server = new PlayedObjects();
        server.held.put(FILE.digest(), Arrays.copyOf(TRUE, VerifiedBlocks.SMALLEST));
        ArtifactStore remote = new RemoteStore("main", "played://here", server, LeastRate.USUAL);
        refuses(Kind.INTEGRITY, () -> remote.open(FILE)).hasMessageContaining("has other bytes for model.bin");
        FileStore here = new FileStore("main", work.resolve("store"));
        here.put(FILE, Files.write(work.resolve("source"), TRUE), Progress.NONE);
        assertThat(here.verifyToOpen(FILE)).isEqualTo(Verification.OK);
        String hex = FILE.digest().hex();
        Path object = work.resolve("store/sha256").resolve(hex.substring(0, 2)).resolve(hex);
        Files.delete(object);
        Files.write(object, Arrays.copyOf(TRUE, VerifiedBlocks.SMALLEST));
        refuses(Kind.INTEGRITY, () -> here.open(FILE)).hasMessageContaining("has other bytes for model.bin");
    }

    @Test
    void verifiesWhatNobodyVerifiedBefore() throws IOException {
        byte[] unseen = random(3_000_001);
        byte[] wrong = unseen.clone();
        wrong[2_000_000] ^= 1;
        FileDigest file = describe("model.bin", unseen);
        PlayedObjects server = new PlayedObjects();
        server.held.put(file.digest(), wrong);
        ArtifactStore store = new RemoteStore("main", "played://here", server, LeastRate.USUAL);
        try (SeekableByteChannel bytes = store.open(file)) {
            refuses(Kind.INTEGRITY, () -> bytes.read(ByteBuffer.allocate(10)))
                    .hasMessageContaining("has other bytes for model.bin");
        }
        server.held.put(file.digest(), unseen);
        try (SeekableByteChannel bytes = store.open(file)) {
            ByteBuffer some = ByteBuffer.allocate(10);
            bytes.position(unseen.length - 10).read(some);
            assertThat(some.array()).isEqualTo(Arrays.copyOfRange(unseen, unseen.length - 10, unseen.length));
        }
    }

    @Test
    void letsNoFileTakeTheTemporaryNameOfAnother() throws IOException {
        byte[] large = random((int) Download.LEAST + 77);
        byte[] evil = random(5_000);
        FileDigest model = describe("model.bin", large);
        CountDownLatch evilIsThere = new CountDownLatch(1);
        PlayedObjects server = new PlayedObjects();
        server.held.put(model.digest(), large);
        RemoteObjects slow = new RemoteObjects() {
            @Override
            public OptionalLong size(FileDigest file) {
                return server.size(file);
            }

            @Override
            public Piece read(FileDigest file, long from, long length) throws IOException {
                if (file.equals(model) && from > 0) {
                    try {
                        evilIsThere.await(5, TimeUnit.SECONDS);
                        Thread.sleep(500);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                return server.read(file, from, length);
            }

            @Override
            public void write(FileDigest file, AnnouncedBytes bytes, boolean replace) {
                throw new UnsupportedOperationException();
            }
        };
        Path folder = work.resolve("out");
        assertThatThrownBy(() -> {
                    FileDigest other = describe(".incoming-" + model.digest().hex(), evil);
                    server.held.put(other.digest(), evil);
                    Progress progress = new Progress() {
                        @Override
                        public void advanced(long bytes) {
                            if (bytes == evil.length) {
                                evilIsThere.countDown();
                            }
                        }
                    };
                    Checkout.run(
                            new RemoteStore("main", "played://here", slow, LeastRate.USUAL),
                            List.of(other, model),
                            folder,
                            progress);
                    assertThat(FileTree.is(folder.resolve("model.bin"), model, Progress.NONE))
                            .as("the bytes of model.bin are right")
                            .isTrue();
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("temporary");
    }
}
