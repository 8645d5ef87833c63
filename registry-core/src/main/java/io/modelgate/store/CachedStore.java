package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A store with a cache in front of it, for one pull. A cache that cannot be read or written to makes the pull slower, and nothing
 * else; what it holds that is wrong is thrown away and fetched again.
 */
public final class CachedStore implements ArtifactStore, AutoCloseable {
    private final ArtifactStore store;
    private final ArtifactCache cache;
    private final CacheUse use;
    private final Optional<CacheLease> lease;
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicLong outstanding;
    private final AtomicBoolean added = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile @Nullable Boolean onOneDisk;

    CachedStore(ArtifactStore store, ArtifactCache cache, List<FileDigest> files, CacheUse use) {
        this.store = store;
        this.cache = cache;
        this.use = store.isHere() && !use.link() && !use.offline() ? CacheUse.NONE : use;
        this.outstanding =
                new AtomicLong(files.stream().mapToLong(FileDigest::size).sum());
        this.lease = this.use.looks()
                ? lease(files.stream().map(FileDigest::digest).distinct().toList())
                : Optional.empty();
    }

    private Optional<CacheLease> lease(List<Digest> digests) {
        try {
            if (use.fill()) {
                cache.folder().make();
            }
            return Files.isDirectory(cache.root())
                    ? Optional.of(CacheLease.of(cache.root(), digests))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** How many files came from the cache. */
    public int hits() {
        return hits.get();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void get(FileDigest file, Path target, Progress progress) {
        if (!use.looks()) {
            store.get(file, target, progress);
            return;
        }
        if (takeFromHere(file, target, progress)) {
            outstanding.addAndGet(-file.size());
            return;
        }
        if (give(file, target, progress)) {
            hits.incrementAndGet();
        } else if (use.offline() && !store.isHere()) {
            throw missing(file);
        } else if (!use.link() || !fetchIntoCache(file, target, progress)) {
            store.get(file, target, progress);
            if (use.fill()) {
                keep(file, target, progress);
            }
        }
        outstanding.addAndGet(-file.size());
    }

    /** From a store on this machine that has mirrors on others: what it cannot give may be in the cache, from one of them. */
    private boolean takeFromHere(FileDigest file, Path target, Progress progress) {
        if (use.link() || store.here().isEmpty()) {
            return false;
        }
        FileProgress attempt = new FileProgress(progress);
        try {
            store.here().get().get(file, target, attempt);
            return true;
        } catch (RegistryException e) {
            if (DiskTrouble.isAt(target, e)) {
                throw e;
            }
            attempt.takeBack();
            return false; // Asked again after the cache, the store says so.
        }
    }

    /** From the cache, if it has the right bytes. */
    private boolean give(FileDigest file, Path target, Progress progress) {
        DigestFolder folder = cache.folder();
        FileProgress attempt = new FileProgress(progress);
        try {
            Path entry = folder.entry(file.digest());
            if (!Files.exists(entry)) {
                return false;
            }
            Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
            if (folder.has(file) && linkOrCopy(file, entry, target, FileProgress.asFound(attempt))) {
                folder.touch(file.digest());
                return true;
            }
            attempt.takeBack();
            folder.discard(file.digest());
            progress.warned("The cache " + cache.root() + " had other bytes for " + file.path() + " (" + file.digest()
                    + "), which were thrown away.");
            return false;
        } catch (IOException e) {
            attempt.takeBack();
            complain(e, progress);
            return false;
        }
    }

    private boolean linkOrCopy(FileDigest file, Path entry, Path target, Progress progress) throws IOException {
        return (use.link() && link(file, entry, target, progress)) || copy(file, entry, target, progress);
    }

    private boolean copy(FileDigest file, Path entry, Path target, Progress progress) throws IOException {
        try (FileChannel in = cache.folder().open(entry);
                NewFile copy = NewFile.in(target.toAbsolutePath().resolveSibling(""))) {
            if (!HashingCopy.copy(in, Optional.of(copy.channel()), file.size(), progress)
                    .is(file)) {
                return false;
            }
            copy.becomes(target);
            return true;
        }
    }

    /** False where a link cannot be made, or somebody else could change the bytes behind it; then they are copied. */
    private boolean link(FileDigest file, Path entry, Path target, Progress progress) {
        Path link = target.toAbsolutePath().resolveSibling(NewFile.PREFIX + UUID.randomUUID());
        FileProgress attempt = new FileProgress(progress);
        try {
            Files.createLink(link, entry);
            try {
                // Asked of the link: the entry could be exchanged meanwhile.
                if (!DigestFolder.isOursAlone(link)) {
                    return false;
                }
                NewFile.protect(link);
                if (!HashingCopy.hash(link, attempt).is(file)) {
                    attempt.takeBack();
                    return false;
                }
                Files.move(link, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                // A move onto another link of the same file does nothing.
            } finally {
                Files.deleteIfExists(link);
            }
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            attempt.takeBack();
            return false;
        }
    }

    /** Brings a file into the cache, and from there to its place as a link. */
    private boolean fetchIntoCache(FileDigest file, Path target, Progress progress) {
        FileProgress attempt = new FileProgress(progress);
        try {
            if (!use.fill() || !cache.makeRoom(file.size(), 0)) {
                return false;
            }
            Path entry = cache.folder().roomFor(file.digest());
            store.get(file, entry, attempt);
            added.set(true);
            if (give(file, target, Progress.NONE)) {
                return true;
            }
        } catch (IOException e) {
            complain(e, progress);
        } catch (RegistryException e) {
            if (!DiskTrouble.isAt(cache.root().resolve("x"), e)) {
                throw e;
            }
        }
        attempt.takeBack();
        return false;
    }

    private void keep(FileDigest file, Path target, Progress progress) {
        try {
            // The cache never takes the room that the files to come need.
            cache.add(file, target, isOnOneDisk(target) ? Math.max(0, outstanding.get() - file.size()) : 0);
            added.set(true);
        } catch (IOException | RegistryException e) {
            complain(e, progress);
        }
    }

    private void complain(Exception e, Progress progress) {
        if (complained.compareAndSet(false, true)) {
            String why = e instanceof IOException trouble ? DiskTrouble.words(trouble) : String.valueOf(e.getMessage());
            progress.warned("The cache " + cache.root() + " cannot be used: " + why + ". Nothing depends on it.");
        }
    }

    private RegistryException missing(FileDigest file) {
        return RegistryException.notFound(
                "The cache has no " + file.path() + " (" + file.digest() + ").", "Pull it once without --offline.");
    }

    @Override
    public long needs(FileDigest file, Path folder) {
        boolean linked = use.link() && cache.folder().has(file) && isOnOneDisk(folder);
        return linked ? 0 : store.needs(file, folder);
    }

    private boolean isOnOneDisk(Path path) {
        Boolean known = onOneDisk;
        if (known == null) {
            known = DiskSpace.isOne(path, cache.root());
            onOneDisk = known;
        }
        return known;
    }

    @Override
    public void put(FileDigest file, Path source, Progress progress) {
        store.put(file, source, progress);
    }

    @Override
    public Verification verify(FileDigest file, Progress progress) {
        return store.verify(file, progress);
    }

    @Override
    public Verification verifyToOpen(FileDigest file) {
        return store.verifyToOpen(file);
    }

    @Override
    public SeekableByteChannel open(FileDigest file) {
        return store.open(file);
    }

    @Override
    public Optional<ArtifactStore> here() {
        return store.here();
    }

    @Override
    public boolean isHere() {
        return store.isHere();
    }

    @Override
    public int atOnce() {
        return store.atOnce();
    }

    /** Gives the cache back to the others, and sees to its limit. */
    @Override
    public void close() {
        try {
            if (lease.isPresent()) {
                lease.get().close();
            }
            if (added.get()) {
                cache.prune(cache.limit(), false);
            }
        } catch (IOException | RegistryException e) {
            // The next pull sees to it.
        }
    }
}
