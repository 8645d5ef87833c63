package io.modelgate.git;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.NoWorkTreeException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** What the index of a checkout knows of its files, so that those that did not change need not be read. */
final class TrackedFiles {
    /** A file changed so shortly before the index was written may have changed again in the same tick of the clock. */
    private static final Duration RACY = Duration.ofSeconds(3);

    private final DirCache index;
    private final Instant writtenAt;

    TrackedFiles(Repository repository) {
        DirCache read = DirCache.newInCore();
        Instant at = Instant.EPOCH;
        try {
            if (!repository.isBare() && repository.getIndexFile().exists()) {
                read = DirCache.read(repository);
                at = Instant.ofEpochMilli(repository.getIndexFile().lastModified());
            }
        } catch (IOException | NoWorkTreeException e) {
            // An index that cannot be read saves no work; every file is read instead.
            read = DirCache.newInCore();
        }
        this.index = read;
        this.writtenAt = at;
    }

    /** Whether a file of this path, or files below it, are tracked. */
    boolean has(String path) {
        return index.getEntry(path) != null || index.getEntriesWithin(path).length > 0;
    }

    /** The object id of a file that has not been touched since the index was written. */
    Optional<ObjectId> unchanged(String path, BasicFileAttributes file) {
        DirCacheEntry entry = index.getEntry(path);
        if (entry == null || entry.getStage() != DirCacheEntry.STAGE_0 || entry.isAssumeValid()) {
            return Optional.empty();
        }
        Instant modified = file.lastModifiedTime().toInstant();
        boolean same = entry.getLength() == file.size()
                && entry.getLastModifiedInstant().equals(modified)
                && modified.plus(RACY).isBefore(writtenAt);
        return same ? Optional.of(entry.getObjectId()) : Optional.empty();
    }
}
