package io.modelgate.manifest;

import java.util.Optional;

/**
 * A dataset that a model was made from or measured on; its rows are never in the registry.
 *
 * @param name its name
 * @param role what it was used for
 * @param digest of its bytes, as its owner computes it
 * @param rows how many
 */
public record Dataset(String name, DatasetRole role, Optional<Digest> digest, Optional<Long> rows) {
    /** Reads the fields; empty, with findings noted, when something is wrong. */
    public static Optional<Dataset> of(Fields fields) {
        String name = fields.text("name");
        Optional<DatasetRole> role = fields.parsed("role", DatasetRole::parse);
        Optional<Digest> digest = fields.optionalParsed("digest", Digest::parse);
        Optional<Long> rows = fields.optionalInteger("rows");
        return role.map(present -> new Dataset(name, present, digest, rows));
    }

    public Node.Mapping toNode() {
        return new MappingBuilder()
                .text("name", name)
                .text("role", role)
                .text("digest", digest)
                .number("rows", rows)
                .build();
    }
}
