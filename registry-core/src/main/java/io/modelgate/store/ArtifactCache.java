package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that came from stores on other machines, kept on this one for all registries of a user. Whatever leaves it is hashed on
 * its way, so that nothing that happens to it can do more harm than make a pull slower. Several processes may use it at once.
 */
public final class ArtifactCache {
    /** The variable that says how many bytes it may have: {@code 20GiB}; 0 keeps nothing. */
    public static final String SIZE = "MODELGATE_CACHE_SIZE";

    private static final long LARGEST_BY_ITSELF = 20L << 30;
    private static final int PART_OF_DISK = 10;

    private final DigestFolder folder;
    private final long limit;
    private long known = -1;
    private @Nullable FileStore disk;

    /** @param limit how many bytes it may have */
    public ArtifactCache(Path root, long limit) {
        this.folder = new DigestFolder(root);
        this.limit = limit;
    }

    /**
     * The cache of a user.
     *
     * @param caches the folder for caches; may not exist yet
     * @param environment environment variables; USAGE when {@link #SIZE} makes no sense
     */
    public static ArtifactCache of(Path caches, Map<String, String> environment) {
        String said = environment.getOrDefault(SIZE, "").strip();
        Path root = caches.resolve("artifacts");
        try {
            return new ArtifactCache(root, said.isEmpty() ? usualLimit(caches) : ByteSize.parse(said));
        } catch (IllegalArgumentException e) {
            throw RegistryException.usage(SIZE + ": " + e.getMessage() + ".", "Correct the variable or take it away.");
        }
    }

    /** 20 GiB, or a tenth of a small disk. */
    private static long usualLimit(Path caches) {
        Path there = caches.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Math.min(LARGEST_BY_ITSELF, DiskSpace.total(there).orElse(Long.MAX_VALUE) / PART_OF_DISK);
    }

    /** Where it is; may not exist yet. */
    public Path root() {
        return folder.root();
    }

    /** How many bytes it may have. */
    public long limit() {
        return limit;
    }

    /** What is there, most recently used first. */
    public List<CachedObject> list() {
        try {
            return folder.entries().stream()
                    .sorted(CachedObject.OLDEST.reversed())
                    .toList();
        } catch (IOException e) {
            throw trouble("read", e);
        }
    }

    /**
     * What was taken away.
     *
     * @param removed the files, least recently used first
     * @param inUse how many would have gone too, but are needed by a pull that is running
     * @param left how many bytes are still there
     */
    public record Pruned(List<CachedObject> removed, int inUse, long left) {
        public Pruned {
            removed = List.copyOf(removed);
        }

        /** The bytes of what was taken away. */
        public long bytes() {
            return removed.stream().mapToLong(CachedObject::size).sum();
        }
    }

    /**
     * Takes files away until no more than so many bytes are there, least recently used first; never those that a pull needs that
     * is running now, in any process.
     *
     * @param dryRun only says what would go
     */
    public Pruned prune(long most, boolean dryRun) {
        if (!Files.isDirectory(root())) {
            return new Pruned(List.of(), 0, 0);
        }
        try {
            return CacheTurn.in(root(), () -> pruneNow(most, dryRun));
        } catch (IOException e) {
            throw trouble("pruned", e);
        }
    }

    private Pruned pruneNow(long most, boolean dryRun) throws IOException {
        Set<Digest> needed = CacheLease.all(root());
        List<CachedObject> all = new ArrayList<>(folder.entries());
        all.sort(CachedObject.OLDEST);
        long left = all.stream().mapToLong(CachedObject::size).sum();
        int inUse = 0;
        List<CachedObject> removed = new ArrayList<>();
        for (CachedObject each : all) {
            if (left <= most) {
                break;
            }
            if (needed.contains(each.digest())) {
                inUse++;
            } else if (dryRun || Files.deleteIfExists(folder.entry(each.digest()))) {
                removed.add(each);
                left -= each.size();
            }
        }
        if (!dryRun) {
            folder.removeAbandoned();
        }
        return new Pruned(removed, inUse, left);
    }

    /**
     * What reading everything gave.
     *
     * @param right how many files are right
     * @param removed names of what was not, and is gone now
     */
    public record Verified(int right, List<String> removed) {
        public Verified {
            removed = List.copyOf(removed);
        }
    }

    /** Reads everything, and takes away what is not what its name says. */
    public Verified verify(Progress progress) {
        List<CachedObject> all = list();
        progress.started("verifying", all.stream().mapToLong(CachedObject::size).sum());
        try {
            List<String> removed = new ArrayList<>();
            for (Path strange : folder.strange()) {
                DigestFolder.removeTree(strange);
                removed.add(root().relativize(strange).toString());
            }
            List<Optional<CachedObject>> damaged = Workers.map(
                    all,
                    Runtime.getRuntime().availableProcessors(),
                    each -> isRight(each, progress) ? Optional.<CachedObject>empty() : Optional.of(each));
            for (Optional<CachedObject> each : damaged) {
                each.ifPresent(object -> {
                    folder.discard(object.digest());
                    removed.add(object.digest().toString());
                });
            }
            int wrong = (int) damaged.stream().filter(Optional::isPresent).count();
            removed.sort(null);
            return new Verified(all.size() - wrong, removed);
        } catch (IOException e) {
            throw trouble("read", e);
        } finally {
            progress.finished();
        }
    }

    private boolean isRight(CachedObject object, Progress progress) {
        try (FileChannel in = folder.open(folder.entry(object.digest()))) {
            return HashingCopy.copy(in, Optional.empty(), object.size(), progress)
                    .digest()
                    .equals(object.digest());
        } catch (IOException e) {
            return false;
        }
    }

    /** A store that this cache stands in front of, for as long as it takes to bring these files. */
    public CachedStore before(ArtifactStore store, List<FileDigest> files, CacheUse use) {
        return new CachedStore(store, this, files, use);
    }

    DigestFolder folder() {
        return folder;
    }

    /**
     * Keeps a copy of a file, if there is room. It is not hashed: that is done when it is used.
     *
     * @param reserve how many bytes of the disk are wanted for other things
     */
    void add(FileDigest file, Path source, long reserve) throws IOException {
        if (!makeRoom(file.size(), reserve)) {
            return;
        }
        Path entry = folder.roomFor(file.digest());
        try (FileChannel in = HashingCopy.open(source);
                NewFile copy = NewFile.in(entry.resolveSibling(""))) {
            // The kernel copies; on some file systems both files then share their blocks.
            long done = 0;
            while (done < file.size()) {
                long more = in.transferTo(done, file.size() - done, copy.channel());
                if (more <= 0) {
                    return;
                }
                done += more;
            }
            copy.protect();
            copy.becomes(entry);
        }
    }

    /** Whether so many bytes may come: the limit and the disk allow it, perhaps after older ones went. */
    synchronized boolean makeRoom(long size, long reserve) throws IOException {
        if (size > limit) {
            return false;
        }
        folder.make();
        long free = disk(root()).orElse(Long.MAX_VALUE);
        if (free - size < reserve) {
            return false;
        }
        if (known < 0) {
            known = folder.entries().stream().mapToLong(CachedObject::size).sum();
        }
        if (known + size > limit) {
            known = prune(limit - size, false).left();
        }
        if (known + size > limit) {
            return false;
        }
        known += size;
        return true;
    }

    /** Which disk it is does not change, and to find out takes longer than to copy a small file. */
    private OptionalLong disk(Path root) throws IOException {
        FileStore there = disk;
        if (there == null) {
            there = Files.getFileStore(root);
            disk = there;
        }
        return DiskSpace.usable(there);
    }

    private RegistryException trouble(String what, IOException e) {
        return RegistryException.environment(
                "The cache " + root() + " cannot be " + what + ": " + DiskTrouble.words(e) + ".",
                "Check its permissions, or take it away: everything in it can be fetched again.",
                e);
    }
}
