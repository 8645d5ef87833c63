package io.modelgate.store.oci;

import io.modelgate.manifest.Digest;
import io.modelgate.store.http.Json;

/**
 * A manifest or an index that a registry has.
 *
 * @param digest of its bytes, exactly as they are there
 * @param json what they say
 */
record Manifest(Digest digest, Json json) {
    /** Many registries take no more; Distribution is one of them. */
    static final int MOST_BYTES = 4 << 20;

    boolean isIndex() {
        return json.at("manifests").isThere();
    }

    /** Whether it is about another manifest, as signatures are. */
    boolean hasSubject() {
        return json.at("subject").isThere();
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
