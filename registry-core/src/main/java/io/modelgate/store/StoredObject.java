package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.time.Instant;

/**
 * Something that a store has.
 *
 * @param digest what the store calls it; whether the bytes are right is another question
 * @param size in bytes
 * @param modified when it came into the store
 */
public record StoredObject(Digest digest, long size, Instant modified) {}
