package io.modelgate.catalog;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.LifecycleEntry;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.VersionId;
import java.util.List;
import java.util.Optional;

/**
 * What a reference stands for now: an immutable version and its digests.
 *
 * @param manifest the version
 * @param manifestDigest of the bytes of version.yaml
 * @param stage the stage that was asked for
 * @param lifecycle what was said about the version, oldest first
 */
public record Resolved(
        ModelVersion manifest, Digest manifestDigest, Optional<Stage> stage, List<LifecycleEntry> lifecycle) {
    public Resolved {
        lifecycle = List.copyOf(lifecycle);
    }

    /** Model and version. */
    public VersionId version() {
        return manifest.id();
    }
}
