package io.jenkins.plugins.modelgate;

import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.store.FileDigest;
import java.io.Serializable;
import java.util.Optional;

/**
 * A file of a version as it travels between controller and agent.
 *
 * @param path its name in the version
 * @param digest {@code sha256:…}
 * @param size in bytes
 * @param format what it is; empty when that cannot be told
 */
record FoundFile(String path, String digest, long size, String format) implements Serializable {
    private static final long serialVersionUID = 1L;

    static FoundFile of(Artifact artifact) {
        return new FoundFile(
                artifact.path(),
                artifact.digest().toString(),
                artifact.size(),
                artifact.format().orElse(""));
    }

    /** Reads what an agent says; throws {@link IllegalArgumentException} when that is no artifact. */
    Artifact artifact() {
        if (path == null || digest == null || format == null || !format.matches("[a-z0-9-]{0,40}")) {
            throw new IllegalArgumentException("a file without name, digest or format");
        }
        return new Artifact(
                path, Digest.parse(digest), size, Optional.of(format).filter(word -> !word.isEmpty()));
    }

    FileDigest file() {
        return FileDigest.of(artifact());
    }
}
