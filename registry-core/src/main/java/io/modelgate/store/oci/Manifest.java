package io.modelgate.store.oci;

import io.modelgate.manifest.Digest;
import io.modelgate.store.http.Json;

/**
 * A manifest or an index that a registry has.
 *
 * @param bytes exactly as they are there, since their digest is its name
 * @param json what they say
 */
record Manifest(byte[] bytes, Json json) {
    /** Many registries take no more; Distribution is one of them. */
    static final int MOST_BYTES = 4 << 20;

    Digest digest() {
        return Digest.of(bytes);
    }

    String mediaType() {
        return json.text("mediaType").orElse(MediaType.MANIFEST);
    }

    boolean isIndex() {
        return json.at("manifests").isThere();
    }

    /** Whether it is about another manifest, as signatures are. */
    boolean hasSubject() {
        return json.at("subject").isThere();
    }

    @Override
    public String toString() {
        return digest().toString();
    }
}
