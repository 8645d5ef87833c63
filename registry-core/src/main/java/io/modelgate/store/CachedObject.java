package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.time.Instant;
import java.util.Comparator;

/**
 * A file in the cache.
 *
 * @param digest what its bytes should have
 * @param size in bytes
 * @param used when a pull last used it
 */
public record CachedObject(Digest digest, long size, Instant used) {
    /** Least recently used first. */
    static final Comparator<CachedObject> OLDEST =
            Comparator.comparing(CachedObject::used).thenComparing(CachedObject::digest);
}
