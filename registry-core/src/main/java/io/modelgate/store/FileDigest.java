package io.modelgate.store;

import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RootDigest;
import java.util.Comparator;

/**
 * A file of a version: its name and what its bytes must be.
 *
 * @param path slash-separated, relative to the folder of the version; cannot lead out of it
 * @param digest of the bytes
 * @param size in bytes
 */
public record FileDigest(String path, Digest digest, long size) {
    /** Code points of the path. */
    public static final Comparator<FileDigest> ORDER = Comparator.comparing(FileDigest::path, RootDigest.PATH_ORDER);

    public FileDigest {
        Artifact.requirePath(path);
        if (size < 0) {
            throw new IllegalArgumentException(path + " has the size " + size);
        }
    }

    /** What a manifest says about one of its artifacts. */
    public static FileDigest of(Artifact artifact) {
        return new FileDigest(artifact.path(), artifact.digest(), artifact.size());
    }
}
