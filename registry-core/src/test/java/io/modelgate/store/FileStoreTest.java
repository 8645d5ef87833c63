package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelgate.finding.RegistryException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends ArtifactStoreContract {
    @TempDir
    Path disk;

    @Override
    ArtifactStore store() {
        return new FileStore("main", disk.resolve("store"));
    }

    @Override
    void damage(FileDigest file, byte[] bytes) throws IOException {
        Files.delete(object(file));
        Files.write(object(file), bytes);
    }

    @Test
    void keepsAnObjectUnderItsDigestAndReadOnly() throws IOException {
        FileDigest file = put("model.onnx", random(1_000));
        assertThat(object(file)).hasBinaryContent(random(1_000));
        assertThat(Files.getPosixFilePermissions(object(file)))
                .contains(PosixFilePermission.OWNER_READ)
                .doesNotContain(PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE);
    }

    @Test
    void keepsAnObjectThatIsRightAsItIs() throws IOException {
        FileDigest file = put("model.onnx", random(1_000));
        Object inode = Files.getAttribute(object(file), "unix:ino");
        put("model.onnx", random(1_000));
        assertThat(Files.getAttribute(object(file), "unix:ino")).isEqualTo(inode);
    }

    /** Whoever may write to the folder could wait until they were verified. */
    @Test
    void showsNoOtherBytesToWhoeverLooksIntoAFileThanWereVerified() throws IOException {
        for (int size : new int[] {1_000, 300_000}) {
            byte[] bytes = random(size);
            FileDigest file = put("model.onnx", bytes);
            assertThat(store().verify(file)).isEqualTo(Verification.OK);
            bytes[size - 7]++;
            damage(file, bytes);
            try (SeekableByteChannel channel = store().open(file)) {
                refuses(Kind.INTEGRITY, () -> channel.position(size - 10).read(ByteBuffer.allocate(10)))
                        .hasMessageContaining("other bytes");
            }
        }
    }

    @Test
    void verifiesWhatNobodyVerifiedBeforeItIsLookedInto() throws IOException {
        byte[] bytes = random(200_001);
        FileDigest file = put("model.onnx", bytes);
        byte[] others = bytes.clone();
        others[0]++;
        damage(file, others);
        try (SeekableByteChannel channel = store().open(file)) {
            refuses(Kind.INTEGRITY, () -> channel.position(150_000).read(ByteBuffer.allocate(10)));
        }
        damage(file, Arrays.copyOf(bytes, 100_000));
        refuses(Kind.INTEGRITY, () -> store().open(file));
    }

    @Test
    void leavesNothingBehindWhenBytesAreRefused() throws IOException {
        Path source = Files.write(work.resolve("source"), random(999));
        refuses(Kind.INTEGRITY, () -> store().put(describe("a", random(1_000)), source, Progress.NONE));
        assertThat(filesInStore()).isEmpty();
    }

    @Test
    void takesAwayWhatADeadProcessLeftAndSparesWhatALivingOneWrites() throws IOException {
        put("first", random(10));
        Path incoming = disk.resolve("store/incoming");
        Path dead = Files.writeString(incoming.resolve(".incoming-dead"), "half");
        Path living = Files.writeString(incoming.resolve(".incoming-living"), "half");
        Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minus(2, ChronoUnit.DAYS)));
        put("second", random(11));
        assertThat(dead).doesNotExist();
        assertThat(living).exists();
    }

    @Test
    void neverWritesOrReadsThroughALink() throws IOException {
        FileDigest file = put("model.onnx", random(1_000));
        Path elsewhere = Files.createDirectory(disk.resolve("elsewhere"));
        for (Path folder : List.of(object(file).resolveSibling(""), disk.resolve("store/sha256"))) {
            Path moved = Files.move(folder, elsewhere.resolve(folder.getFileName()));
            Files.createSymbolicLink(folder, moved);
            refuses(Kind.ENVIRONMENT, () -> put("model.onnx", random(1_000))).hasMessageContaining("a link is where");
            refuses(Kind.ENVIRONMENT, () -> store().get(file, work.resolve("out"), Progress.NONE));
            refuses(Kind.ENVIRONMENT, () -> store().verify(file));
            Files.delete(folder);
            Files.move(moved, folder);
        }
        Files.move(object(file), elsewhere.resolve("object"));
        Files.createSymbolicLink(object(file), elsewhere.resolve("object"));
        assertThat(store().verify(file)).isEqualTo(Verification.MISSING);
        put("model.onnx", random(1_000));
        assertThat(Files.isSymbolicLink(object(file))).isFalse();
        assertThat(store().verify(file)).isEqualTo(Verification.OK);
    }

    @Test
    void mayBeReachedThroughALinkItself() throws IOException {
        Files.createDirectory(disk.resolve("large-disk"));
        Files.createSymbolicLink(disk.resolve("store"), disk.resolve("large-disk"));
        assertThat(store().verify(put("model.onnx", random(10)))).isEqualTo(Verification.OK);
    }

    @Test
    void makesItsFolderButNotTheDiskBelowIt() throws IOException {
        FileDigest file = describe("a", random(10));
        refuses(Kind.ENVIRONMENT, () -> store().get(file, work.resolve("out"), Progress.NONE))
                .hasMessageContaining("there is no such file or folder")
                .hasMessageContaining(disk.resolve("store").toString());
        refuses(Kind.ENVIRONMENT, () -> store().verify(file));
        Path source = Files.write(work.resolve("source"), random(10));
        ArtifactStore unmounted = new FileStore("main", disk.resolve("mnt/nfs/store"));
        refuses(Kind.ENVIRONMENT, () -> unmounted.put(file, source, Progress.NONE))
                .hasMessageContaining("there is no such file or folder");
    }

    @Test
    void saysWhenItsFolderIsAFile() throws IOException {
        Files.writeString(disk.resolve("store"), "");
        refuses(Kind.ENVIRONMENT, () -> put("a", random(10))).hasMessageContaining("a file is where a folder must be");
    }

    @Test
    void saysWhenItsDiskTakesNoFiles() {
        Path readOnly = Path.of("/proc/self/modelgate");
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this system has a folder where nobody may write");
        FileDigest file = describe("a", random(10));
        refuses(
                Kind.ENVIRONMENT,
                () -> new FileStore("main", readOnly)
                        .put(file, Files.write(work.resolve("source"), random(10)), Progress.NONE));
    }

    private Path object(FileDigest file) {
        String hex = file.digest().hex();
        return disk.resolve("store/sha256").resolve(hex.substring(0, 2)).resolve(hex);
    }

    private List<Path> filesInStore() throws IOException {
        try (Stream<Path> all = Files.walk(disk.resolve("store"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
