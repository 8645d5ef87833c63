package io.modelgate.store.oci;

import io.modelgate.manifest.Digest;
import io.modelgate.store.http.Json;
import java.util.Optional;

/**
 * What a manifest says of something else (OCI image specification, descriptor).
 *
 * @param mediaType what it is
 * @param digest of its bytes
 * @param size in bytes
 */
record Descriptor(String mediaType, Digest digest, long size) {
    static Descriptor of(String mediaType, byte[] bytes) {
        return new Descriptor(mediaType, Digest.of(bytes), bytes.length);
    }

    /** Reads one that a server says; empty where it is none, or with a digest of another kind. */
    static Optional<Descriptor> of(Json json) {
        try {
            return json.text("digest")
                    .map(Digest::parse)
                    .filter(digest -> json.number("size").isPresent())
                    .map(digest -> new Descriptor(
                            json.text("mediaType").orElse(""),
                            digest,
                            json.number("size").getAsLong()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
