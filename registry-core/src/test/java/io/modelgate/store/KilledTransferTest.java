package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills uploads and checkouts at many points, and looks at what they leave behind. */
class KilledTransferTest {
    private static final int KILLS = 12;
    /** Dots of one whole run: hash, upload and check out 40 blocks and 80 small files. */
    private static final int STEPS = 3 * (80 + 80);

    @TempDir
    Path work;

    private Path model;
    private Path store;
    private Path target;

    @BeforeEach
    void makeAModel() throws IOException {
        model = Files.createDirectories(work.resolve("model/parts")).resolveSibling("");
        store = work.resolve("store");
        target = work.resolve("out");
        Files.write(model.resolve("weights.bin"), ArtifactStoreContract.random(20_000_000));
        for (int i = 0; i < 80; i++) {
            Files.write(model.resolve("parts/" + i), ArtifactStoreContract.random(1_000 + i));
        }
    }

    @Test
    void leavesNothingHalfWrittenUnderAFinalName() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < KILLS; i++) {
            if (i % 2 == 0) {
                empty(store);
                empty(target);
            }
            if (i % 3 == 1) {
                Files.createDirectories(target);
            }
            boolean folderWasThere = Files.exists(target);
            runAndKillAfter(random.nextInt(STEPS));
            assertThatObjectsAreWhole();
            assertThatTheFolderIsWholeOrItsFilesAre(folderWasThere);
        }
        assertThat(run(TransferProcess.command(model, "file:" + store, target))).endsWith("done");
        assertThatTheFolderIsWholeOrItsFilesAre(true);
        empty(target);
        assertThat(run(TransferProcess.command(model, "file:" + store, target))).endsWith("done");
        assertThatObjectsAreWhole();
        assertThat(hash(target)).isEqualTo(hash(model));
        assertThat(ArtifactStoreContract.siblings(target)).containsExactly("model", "out", "store");
    }

    /** A file that comes in parts, from a server, into the cache or beside it, and is killed at any point of that. */
    @ParameterizedTest
    @ValueSource(strings = {"copies", "links"})
    void endsWithRightBytesFromAServerAndACacheHoweverOftenItIsKilled(String how) throws Exception {
        Path large = Files.createDirectories(work.resolve("large"));
        Files.write(large.resolve("weights.bin"), ArtifactStoreContract.random((int) Download.LEAST + 20_000_000));
        for (int i = 0; i < 20; i++) {
            Files.write(large.resolve("part-" + i), ArtifactStoreContract.random(1_000 + i));
        }
        Path server = work.resolve("server");
        Path cache = work.resolve("cache");
        List<String> command = TransferProcess.command(large, "played:" + server, target, cache.toString(), how);
        assertThat(run(command)).endsWith("done");
        int steps = run(command).length();
        Random random = new Random(11);
        for (int i = 0; i < KILLS; i++) {
            if (i % 3 == 0) {
                DigestFolder.removeTree(cache);
            }
            if (i % 4 != 3) {
                DigestFolder.removeTree(target);
            }
            if (i % 4 == 1) {
                Files.createDirectories(target);
            }
            killAfter(steps / 3 + random.nextInt(steps), command);
            assertThatEveryFinalNameIsOfWholeBytes(large, cache);
        }
        Files.createDirectories(target);
        assertThat(run(command)).endsWith("done");
        assertThat(FileTree.hash(target, Progress.NONE).get()).isEqualTo(hash(large));
        DigestFolder.removeTree(target);
        assertThat(run(command)).endsWith("done");
        assertThat(hash(target)).isEqualTo(hash(large));
        assertThat(new ArtifactCache(cache, 0).verify(Progress.NONE).removed()).isEmpty();
        assertThat(new ArtifactCache(cache, 0).prune(0, true).inUse()).isZero();
        assertThat(ArtifactStoreContract.siblings(target)).containsExactly("cache", "large", "model", "out", "server");
    }

    private void assertThatEveryFinalNameIsOfWholeBytes(Path large, Path cache) throws IOException {
        assertThat(new ArtifactCache(cache, 0).verify(Progress.NONE).removed()).isEmpty();
        if (Files.exists(target)) {
            try (Stream<Path> all = Files.list(target)) {
                for (Path file : all.filter(each -> !NewFile.isTemporary(each)).toList()) {
                    assertThat(file).hasSameBinaryContentAs(large.resolve(target.relativize(file)));
                }
            }
        }
    }

    @Test
    void fillsTheFolderThoughTheCacheCannotBeMade() throws Exception {
        Path cache = Files.writeString(work.resolve("cache"), "no folder");
        String server = "played:" + work.resolve("server");
        assertThat(run(TransferProcess.command(model, server, target, cache.toString(), "copies")))
                .endsWith("done");
        assertThat(hash(target)).isEqualTo(hash(model));
    }

    @Test
    void saysThatTheDiskIsFullAndKeepsNothing() throws Exception {
        List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -f 8192 && exec \"$@\"", "sh"));
        limited.addAll(TransferProcess.command(model, "file:" + store, target));
        String said = run(limited);
        assumeTrue(!said.contains("ulimit"), "this system can limit the size of files");
        assertThat(said)
                .contains("ENVIRONMENT Store main")
                .contains("weights.bin")
                .doesNotContain("done");
        assertThat(target).doesNotExist();
        assertThatObjectsAreWhole();
        try (Stream<Path> incoming = Files.list(store.resolve("incoming"))) {
            assertThat(incoming).isEmpty();
        }
    }

    private void runAndKillAfter(int dots) throws Exception {
        killAfter(dots, TransferProcess.command(model, "file:" + store, target));
    }

    private static void killAfter(int dots, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        try (InputStream said = process.getInputStream()) {
            said.readNBytes(dots);
            process.destroyForcibly();
        } finally {
            process.waitFor();
        }
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    private void assertThatObjectsAreWhole() throws IOException {
        Path objects = store.resolve("sha256");
        if (!Files.exists(objects)) {
            return;
        }
        try (Stream<Path> all = Files.walk(objects)) {
            for (Path object : all.filter(Files::isRegularFile).toList()) {
                assertThat(object.getFileName())
                        .hasToString(Digest.of(Files.readAllBytes(object)).hex());
            }
        }
    }

    private void assertThatTheFolderIsWholeOrItsFilesAre(boolean folderWasThere) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!folderWasThere) {
            assertThat(hash(target)).isEqualTo(hash(model));
            return;
        }
        try (Stream<Path> all = Files.walk(target)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(each -> !NewFile.isTemporary(each))
                    .toList()) {
                assertThat(file).hasSameBinaryContentAs(model.resolve(target.relativize(file)));
            }
        }
    }

    private static List<FileDigest> hash(Path folder) {
        return FileTree.hash(folder, Progress.NONE).get();
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
