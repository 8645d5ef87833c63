package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.time.Instant;

/**
 * Something that a store has.
 *
 * @param digest what the store calls it; whether the bytes are right is another question
 * @param size in bytes
 * @param modified when it came into the store, or was put there again; {@link #UNDATED} where the store does not tell
 */
public record StoredObject(Digest digest, long size, Instant modified) {
    /** Stands for a time that is not known. */
    public static final Instant UNDATED = Instant.EPOCH;

    /** Whether it is known when it came. */
    public boolean isDated() {
        return !modified.equals(UNDATED);
    }
}
