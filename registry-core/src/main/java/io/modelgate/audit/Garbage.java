package io.modelgate.audit;

import io.modelgate.manifest.Digest;
import io.modelgate.store.ArtifactStore;
import java.time.Instant;
import java.util.Comparator;

/**
 * An object that nobody refers to.
 *
 * @param store the name of its store
 * @param digest what the store calls it
 * @param size in bytes
 * @param modified when it came into the store
 * @param part the part of the store that it is in
 */
public record Garbage(String store, Digest digest, long size, Instant modified, ArtifactStore part) {
    static final Comparator<Garbage> ORDER = Comparator.comparing(Garbage::digest);
}
