package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCacheTest {
    private static final long PLENTY = 1L << 40;

    @TempDir
    Path work;

    private final PlayedObjects server = new PlayedObjects();
    private final ArtifactStore store = new RemoteStore("main", "played://here", server, LeastRate.USUAL);
    private final CountingProgress progress = new CountingProgress();

    @Test
    void asksTheStoreOnceForWhatSeveralFoldersGet() throws IOException {
        List<FileDigest> files = List.of(held("a", 100_000), held("b", 2_000));
        assertThat(pull(files, "one", CacheUse.NORMAL)).isZero();
        assertThat(pull(files, "two", CacheUse.NORMAL)).isEqualTo(2);
        assertThat(server.reads).hasValue(2);
        assertThat(hash("two")).isEqualTo(files);
        assertThat(cache(PLENTY).list()).extracting(CachedObject::size).containsExactlyInAnyOrder(100_000L, 2_000L);
        assertThat(progress.bytes()).isEqualTo(progress.announced());
        assertThat(progress.warnings()).isEmpty();
    }

    @Test
    void keepsNothingWhenItIsToldNotToAndForAStoreOfThisMachine() throws IOException {
        List<FileDigest> files = List.of(held("a", 1_000));
        pull(files, "one", CacheUse.NONE);
        assertThat(work.resolve("cache")).doesNotExist();
        FileStore here = new FileStore("main", work.resolve("store"));
        here.put(files.get(0), work.resolve("one/a"), Progress.NONE);
        try (CachedStore cached = cache(PLENTY).before(here, files, CacheUse.NORMAL)) {
            Checkout.run(cached, files, work.resolve("two"), Progress.NONE);
        }
        assertThat(work.resolve("cache")).doesNotExist();
    }

    @Test
    void throwsAwayWhatIsDamagedAndFetchesItAgain() throws IOException {
        FileDigest file = held("a", 50_000);
        pull(List.of(file), "first", CacheUse.NORMAL);
        byte[] other = server.held.get(file.digest()).clone();
        other[7] ^= 1;
        int round = 0;
        for (byte[] damage : List.of(other, new byte[49_999], new byte[50_001], new byte[0])) {
            Path entry = entry(file);
            Files.delete(entry);
            Files.write(entry, damage);
            assertThat(pull(List.of(file), "out" + round, CacheUse.NORMAL)).isZero();
            assertThat(hash("out" + round)).containsExactly(file);
            assertThat(FileTree.is(entry, file, Progress.NONE)).isTrue();
            round++;
        }
        assertThat(progress.warnings()).hasSize(4).allMatch(said -> said.contains("had other bytes for a"));
        assertThat(progress.bytes()).as("what was read in vain is taken back").isEqualTo(progress.announced());
    }

    @Test
    void neverFollowsALinkThatLiesInItsPlace() throws IOException {
        FileDigest file = held("a", 5_000);
        pull(List.of(file), "first", CacheUse.NORMAL);
        Path victim = Files.write(work.resolve("victim"), server.held.get(file.digest()));
        Path entry = entry(file);
        Files.delete(entry);
        Files.createSymbolicLink(entry, victim);
        assertThat(pull(List.of(file), "out", CacheUse.NORMAL)).isZero();
        assertThat(victim).hasBinaryContent(server.held.get(file.digest()));
        assertThat(entry).isRegularFile();
        assertThat(Files.isSymbolicLink(entry)).isFalse();

        Files.delete(entry);
        Files.createDirectories(entry.resolve("deep"));
        assertThat(pull(List.of(file), "out2", CacheUse.NORMAL)).isZero();
        assertThat(hash("out2")).containsExactly(file);

        Path folder = entry.resolveSibling("");
        DigestFolder.removeTree(folder);
        Path elsewhere = Files.createDirectory(work.resolve("elsewhere"));
        Files.write(elsewhere.resolve("precious"), new byte[1]);
        Files.createSymbolicLink(folder, elsewhere);
        assertThat(pull(List.of(file), "out3", CacheUse.NORMAL)).isZero();
        assertThat(hash("out3")).containsExactly(file);
        cache(PLENTY).prune(0, false);
        assertThat(cache(PLENTY).verify(Progress.NONE).removed()).hasSize(1);
        assertThat(elsewhere.resolve("precious")).exists();
        assertThat(ArtifactStoreContract.siblings(elsewhere.resolve("precious")))
                .containsExactly("precious");
    }

    @Test
    void doesWithoutWhatItMayNotWriteTo() throws IOException {
        FileDigest file = held("a", 5_000);
        Files.writeString(work.resolve("cache"), "a file where the folder must be");
        assertThat(pull(List.of(file), "out", CacheUse.NORMAL)).isZero();
        assertThat(hash("out")).containsExactly(file);
        assertThat(progress.warnings()).hasSize(1).allMatch(said -> said.contains("Nothing depends on it"));
    }

    @Test
    void givesFromAFolderThatIsOnlyRead() throws IOException {
        FileDigest file = held("a", 5_000);
        FileDigest other = held("b", 6_000);
        pull(List.of(file), "out", CacheUse.NORMAL);
        List<Path> folders = new ArrayList<>();
        try (var all = Files.walk(work.resolve("cache"))) {
            all.filter(Files::isDirectory).forEach(folders::add);
        }
        folders.forEach(folder -> assertThat(folder.toFile().setWritable(false)).isTrue());
        try {
            assumeTrue(!Files.isWritable(work.resolve("cache")), "root may write everywhere");
            assertThat(pull(List.of(file, other), "out2", CacheUse.NORMAL)).isEqualTo(1);
        } finally {
            folders.forEach(
                    folder -> assertThat(folder.toFile().setWritable(true)).isTrue());
        }
        assertThat(hash("out2")).containsExactly(file, other);
    }

    @Test
    void saysEverythingThatIsMissingOffline() throws IOException {
        List<FileDigest> files = List.of(held("a", 1_000), held("b", 2_000), held("c", 3_000));
        pull(files.subList(1, 2), "first", CacheUse.NORMAL);
        int before = server.reads.get();
        ArtifactStoreContract.refuses(Kind.NOT_FOUND, () -> pull(files, "out", CacheUse.OFFLINE))
                .hasMessageContaining("The cache has no a")
                .hasMessageContaining("The cache has no c");
        assertThat(work.resolve("out")).doesNotExist();
        assertThat(pull(files.subList(1, 2), "out", CacheUse.OFFLINE)).isEqualTo(1);
        assertThat(server.reads).hasValue(before);
    }

    @Test
    void linksWhatNobodyElseCanChange() throws IOException {
        List<FileDigest> files = List.of(held("a", 40_000), held("large", (int) Download.LEAST + 5));
        pull(files, "one", CacheUse.LINKS);
        pull(files, "two", CacheUse.LINKS);
        for (FileDigest file : files) {
            Path one = work.resolve("one").resolve(file.path());
            assertThat(Files.isSameFile(one, work.resolve("two").resolve(file.path())))
                    .isTrue();
            assertThat(Files.isSameFile(one, entry(file))).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                    .doesNotContain("w");
        }
        assertThat(pull(files, "two", CacheUse.LINKS)).as("they are kept").isZero();
        assertThat(hash("two")).isEqualTo(files);
        assertThat(progress.bytes()).isEqualTo(progress.announced());
    }

    @Test
    void copiesInsteadOfLinkingToAFileThatOthersCanChange() throws IOException {
        FileDigest file = held("a", 4_000);
        pull(List.of(file), "one", CacheUse.NORMAL);
        Files.setPosixFilePermissions(entry(file), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(pull(List.of(file), "two", CacheUse.LINKS)).isEqualTo(1);
        assertThat(Files.isSameFile(work.resolve("two/a"), entry(file))).isFalse();
    }

    @Test
    void noticesThatSomebodyWroteThroughALink() throws IOException {
        FileDigest file = held("a", 4_000);
        pull(List.of(file), "one", CacheUse.LINKS);
        Path mine = work.resolve("one/a");
        Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(mine, new byte[4_000]);
        assertThat(pull(List.of(file), "two", CacheUse.LINKS)).isZero();
        assertThat(hash("two")).containsExactly(file);
        assertThat(mine).hasBinaryContent(new byte[4_000]);
    }

    @Test
    void takesTheLeastRecentlyUsedAwayFirst() throws IOException {
        List<FileDigest> files = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            files.add(held("f" + i, 10_000 + i));
            pull(files.subList(i, i + 1), "out" + i, CacheUse.NORMAL);
            Files.setLastModifiedTime(
                    entry(files.get(i)), FileTime.from(Instant.now().minusSeconds(1000 - i)));
        }
        pull(files.subList(0, 1), "again", CacheUse.NORMAL);
        ArtifactCache.Pruned dry = cache(PLENTY).prune(25_000, true);
        ArtifactCache.Pruned pruned = cache(PLENTY).prune(25_000, false);
        assertThat(pruned).isEqualTo(dry);
        assertThat(pruned.removed())
                .extracting(CachedObject::digest)
                .containsExactly(
                        files.get(1).digest(),
                        files.get(2).digest(),
                        files.get(3).digest());
        assertThat(cache(PLENTY).list())
                .extracting(CachedObject::digest)
                .containsExactly(files.get(0).digest(), files.get(4).digest());
    }

    @Test
    void staysWithinItsLimit() throws IOException {
        for (int i = 0; i < 20; i++) {
            FileDigest file = held("f" + i, 10_000 + i);
            try (CachedStore cached = cache(45_000).before(store, List.of(file), CacheUse.NORMAL)) {
                Checkout.run(cached, List.of(file), work.resolve("out" + i), progress);
            }
            assertThat(cache(0).list().stream().mapToLong(CachedObject::size).sum())
                    .isLessThanOrEqualTo(45_000);
        }
        assertThat(cache(0).list()).hasSize(4);
        FileDigest large = held("large", 45_001);
        try (CachedStore cached = cache(45_000).before(store, List.of(large), CacheUse.NORMAL)) {
            Checkout.run(cached, List.of(large), work.resolve("out"), progress);
        }
        assertThat(cache(0).list())
                .as("what is too large for it takes nothing away")
                .hasSize(4);
    }

    @Test
    void neverTakesAwayWhatARunningPullNeeds() throws IOException {
        List<FileDigest> files = List.of(held("a", 1_000), held("b", 2_000));
        pull(files, "first", CacheUse.NORMAL);
        try (CachedStore running = cache(PLENTY).before(store, files.subList(0, 1), CacheUse.OFFLINE)) {
            ArtifactCache.Pruned pruned = cache(PLENTY).prune(0, false);
            assertThat(pruned.inUse()).isEqualTo(1);
            assertThat(pruned.removed()).extracting(CachedObject::size).containsExactly(2_000L);
            running.get(files.get(0), work.resolve("out/a"), Progress.NONE);
        }
        assertThat(cache(PLENTY).prune(0, false).inUse()).isZero();
        assertThat(cache(PLENTY).list()).isEmpty();
    }

    @Test
    void forgetsWhatADeadProcessNeeded() throws IOException {
        FileDigest file = held("a", 1_000);
        pull(List.of(file), "first", CacheUse.NORMAL);
        Path dead = work.resolve("cache/leases/dead");
        Files.writeString(dead, file.digest().hex() + "\n");
        assertThat(cache(PLENTY).prune(0, false).removed()).hasSize(1);
        assertThat(dead).doesNotExist();
    }

    @Test
    void survivesPullsAndPrunesAtTheSameTime() throws Exception {
        List<FileDigest> files =
                IntStream.range(0, 30).mapToObj(i -> held("f" + i, 20_000 + i)).toList();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService people = Executors.newFixedThreadPool(6);
        try {
            Future<?> pruning = people.submit(() -> {
                while (!done.get()) {
                    cache(PLENTY).prune(50_000, false);
                    cache(PLENTY).verify(Progress.NONE);
                }
            });
            List<Callable<Integer>> pulls = IntStream.range(0, 24)
                    .<Callable<Integer>>mapToObj(i -> () -> pull(files, "out" + i, CacheUse.NORMAL))
                    .toList();
            for (Future<Integer> pulled : people.invokeAll(pulls)) {
                pulled.get();
            }
            done.set(true);
            pruning.get();
        } finally {
            done.set(true);
            people.shutdownNow();
        }
        for (int i = 0; i < 24; i++) {
            assertThat(hash("out" + i))
                    .isEqualTo(files.stream().sorted(FileDigest.ORDER).toList());
        }
        assertThat(progress.warnings()).isEmpty();
        assertThat(cache(PLENTY).verify(Progress.NONE).removed()).isEmpty();
    }

    @Test
    void verifyThrowsAwayWhatIsDamaged() throws IOException {
        List<FileDigest> files = List.of(held("a", 1_000), held("b", 2_000), held("c", 3_000));
        pull(files, "first", CacheUse.NORMAL);
        Files.delete(entry(files.get(1)));
        Files.write(entry(files.get(1)), new byte[2_000]);
        ArtifactCache.Verified verified = cache(PLENTY).verify(progress);
        assertThat(verified.right()).isEqualTo(2);
        assertThat(verified.removed()).containsExactly(files.get(1).digest().toString());
        assertThat(cache(PLENTY).verify(progress)).isEqualTo(new ArtifactCache.Verified(2, List.of()));
    }

    @Test
    void isReadableForItsUserOnly() throws IOException {
        pull(List.of(held("a", 1_000)), "first", CacheUse.NORMAL);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(work.resolve("cache"), LinkOption.NOFOLLOW_LINKS)))
                .isEqualTo("rwx------");
    }

    @Test
    void readsItsLimitFromTheEnvironment() {
        assertThat(ArtifactCache.of(work, Map.of(ArtifactCache.SIZE, "500MB")).limit())
                .isEqualTo(500_000_000);
        assertThat(ArtifactCache.of(work, Map.of(ArtifactCache.SIZE, "1.5G")).limit())
                .isEqualTo(3L << 29);
        assertThat(ArtifactCache.of(work, Map.of(ArtifactCache.SIZE, "0")).limit())
                .isZero();
        assertThat(ArtifactCache.of(work, Map.of()).limit()).isPositive().isLessThanOrEqualTo(20L << 30);
        for (String wrong : List.of("much", "-1", "5 bananas", "1e9", "9999999999TB")) {
            ArtifactStoreContract.refuses(Kind.USAGE, () -> ArtifactCache.of(work, Map.of(ArtifactCache.SIZE, wrong)))
                    .hasMessageContaining(wrong);
        }
        assertThat(ByteSize.words(999)).isEqualTo("999 bytes");
        assertThat(ByteSize.words(999_999)).isEqualTo("1.0 MB");
        assertThat(ByteSize.words(5_240_000_000L)).isEqualTo("5.2 GB");
    }

    @Test
    void saysHowMuchRoomIsMissingBeforeAnythingIsFetched() throws IOException {
        FileDigest huge = new FileDigest("huge", Digest.of("huge"), Long.MAX_VALUE / 4);
        assumeTrue(DiskSpace.usable(work).isPresent());
        assertThatThrownBy(() -> Checkout.run(store, List.of(huge), work.resolve("out"), Progress.NONE))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("not enough space")
                .hasMessageContaining("still missing");
        assertThat(server.reads).hasValue(0);
    }

    private FileDigest held(String name, int size) {
        byte[] bytes = ArtifactStoreContract.random(size);
        FileDigest file = ArtifactStoreContract.describe(name, bytes);
        server.held.put(file.digest(), bytes);
        return file;
    }

    private int pull(List<FileDigest> files, String to, CacheUse use) {
        try (CachedStore cached = cache(PLENTY).before(store, files, use)) {
            Checkout.run(cached, files, work.resolve(to), progress);
            return cached.hits();
        }
    }

    private ArtifactCache cache(long limit) {
        return new ArtifactCache(work.resolve("cache"), limit);
    }

    private Path entry(FileDigest file) throws IOException {
        return new DigestFolder(work.resolve("cache")).entry(file.digest());
    }

    private List<FileDigest> hash(String folder) {
        return FileTree.hash(work.resolve(folder), Progress.NONE).get();
    }
}
