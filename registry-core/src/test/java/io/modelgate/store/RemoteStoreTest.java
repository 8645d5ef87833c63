package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is the same for all stores on other machines, on a server that is played. */
class RemoteStoreTest extends ArtifactStoreContract {
    private static final int LARGE = (int) Download.LEAST + (int) Download.PART * 3 + 4_321;

    private final PlayedObjects server = new PlayedObjects();

    @Override
    ArtifactStore store() {
        return new RemoteStore("main", "played://here", server, LeastRate.USUAL);
    }

    @Override
    void damage(FileDigest file, byte[] bytes) {
        server.held.put(file.digest(), bytes);
    }

    @Test
    void bringsALargeObjectInParts() throws IOException {
        FileDigest file = holds(random(LARGE));
        CountingProgress progress = new CountingProgress();
        store().get(file, work.resolve("out/model.bin"), progress);
        assertThat(FileTree.is(work.resolve("out/model.bin"), file, Progress.NONE))
                .isTrue();
        assertThat(progress.bytes()).isEqualTo(LARGE);
        assertThat(server.reads).hasValue(8);
        assertThat(names(work.resolve("out"))).containsExactly("model.bin");
    }

    @Test
    void goesOnWhereConnectionsBreak() throws IOException {
        server.breaksAfter = 3 << 20;
        FileDigest large = holds(random(LARGE));
        FileDigest small = holds(random(10 << 20));
        for (FileDigest file : List.of(large, small)) {
            server.sent.set(0);
            store().get(file, work.resolve("out"), Progress.NONE);
            assertThat(FileTree.is(work.resolve("out"), file, Progress.NONE)).isTrue();
            assertThat(store().verify(file)).isEqualTo(Verification.OK);
            assertThat(server.sent.get())
                    .as("nothing is sent twice but for the verification")
                    .isEqualTo(2 * file.size());
        }
    }

    @Test
    void keepsWhatItHasForALaterRunWhenTheServerGoesAway() throws IOException {
        // Eight parts come at once: after nine, one at least is whole.
        int size = (int) Download.PART * 11;
        FileDigest file = holds(random(size));
        server.goneAfter = Download.PART * 9;
        refuses(Kind.ENVIRONMENT, () -> store().get(file, work.resolve("out/model.bin"), Progress.NONE))
                .hasMessageContaining("connection reset");
        assertThat(work.resolve("out/model.bin")).doesNotExist();
        server.goneAfter = Long.MAX_VALUE;
        long before = server.sent.get();
        store().get(file, work.resolve("out/model.bin"), Progress.NONE);
        assertThat(FileTree.is(work.resolve("out/model.bin"), file, Progress.NONE))
                .isTrue();
        assertThat(server.sent.get() - before).isLessThanOrEqualTo(size - Download.PART);
        assertThat(names(work.resolve("out"))).containsExactly("model.bin");
    }

    @Test
    void beginsAgainWhenWhatAnEarlierRunLeftIsWrong() throws IOException {
        FileDigest file = holds(random(LARGE));
        Files.createDirectories(work.resolve("out"));
        Path left = Files.write(work.resolve("out/.incoming-" + file.digest().hex()), random(LARGE));
        byte[] allDone = new byte[100];
        Arrays.fill(allDone, (byte) 1);
        Files.write(Path.of(left + ".parts"), allDone);
        store().get(file, work.resolve("out/model.bin"), Progress.NONE);
        assertThat(FileTree.is(work.resolve("out/model.bin"), file, Progress.NONE))
                .isTrue();
    }

    @Test
    void doesNotWriteThroughALinkThatLiesInItsWay() throws IOException {
        FileDigest file = holds(random(LARGE));
        Path victim = Files.writeString(work.resolve("victim"), "precious");
        Files.createDirectories(work.resolve("out"));
        Files.createSymbolicLink(work.resolve("out/.incoming-" + file.digest().hex()), victim);
        store().get(file, work.resolve("out/model.bin"), Progress.NONE);
        assertThat(victim).hasContent("precious");
        assertThat(FileTree.is(work.resolve("out/model.bin"), file, Progress.NONE))
                .isTrue();
    }

    /** Each part would cost all bytes before it. */
    @Test
    void readsNoPartsOfAServerThatSendsAllFromTheFirstByte() throws IOException {
        FileDigest file = holds(random(LARGE));
        server.before = true;
        refuses(Kind.ENVIRONMENT, () -> store().get(file, work.resolve("out"), Progress.NONE))
                .hasMessageContaining("gives no parts");
        assertThat(server.sent.get()).isLessThan(2L * LARGE);
        assertThat(server.reads).hasValueLessThan(20);
    }

    @Test
    void refusesALargeObjectOfOtherBytesAndKeepsNothing() throws IOException {
        byte[] bytes = random(LARGE);
        FileDigest file = describe("model.bin", bytes);
        bytes[LARGE - 1] ^= 1;
        for (byte[] wrong : List.of(bytes, Arrays.copyOf(bytes, LARGE - 1), Arrays.copyOf(bytes, LARGE + 1))) {
            server.held.put(file.digest(), wrong);
            refuses(Kind.INTEGRITY, () -> store().get(file, work.resolve("out/model.bin"), Progress.NONE));
            assertThat(work.resolve("out/model.bin")).doesNotExist();
        }
        assertThat(names(work.resolve("out")))
                .filteredOn(name -> !name.startsWith(".incoming-"))
                .isEmpty();
    }

    @Test
    void looksIntoAnyPartOfAnObject() throws IOException {
        byte[] bytes = random(3_000_000);
        FileDigest file = holds(bytes);
        assertThat(store().verify(file)).isEqualTo(Verification.OK);
        server.sent.set(0);
        try (SeekableByteChannel channel = store().open(file)) {
            for (int at : List.of(2_999_000, 0, 65_530, 1_000_000, 65_600)) {
                ByteBuffer read = ByteBuffer.allocate(1_000);
                channel.position(at);
                while (read.hasRemaining() && channel.read(read) >= 0) {
                    // On and on.
                }
                assertThat(read.array()).isEqualTo(Arrays.copyOfRange(bytes, at, at + 1_000));
            }
        }
        assertThat(server.sent.get()).as("far less than all of it").isLessThan(700_000);
    }

    private FileDigest holds(byte[] bytes) {
        FileDigest file = describe("model.bin", bytes);
        server.held.put(file.digest(), bytes);
        return file;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
