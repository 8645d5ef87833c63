package io.modelgate.store;

import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.VersionId;
import java.util.List;
import java.util.Optional;

/**
 * The files of a version and where they are.
 *
 * @param id whose files they are
 * @param store the name of a store; the first of the registry when empty
 * @param files names, digests and sizes
 */
public record StoredVersion(VersionId id, Optional<String> store, List<FileDigest> files) {
    public StoredVersion {
        files = List.copyOf(files);
    }

    /** What a manifest says. */
    public static StoredVersion of(ModelVersion manifest) {
        return new StoredVersion(
                manifest.id(),
                manifest.store(),
                manifest.artifacts().stream().map(FileDigest::of).toList());
    }
}
