package io.modelgate.evidence;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionId;
import java.util.Optional;

/**
 * What was measured: a version, pinned to its bytes.
 *
 * @param version the version
 * @param digest root digest of its artifacts
 */
public record Subject(VersionId version, Digest digest) {
    /** Reads the fields; empty, with findings noted, when something is wrong. */
    static Optional<Subject> of(Fields fields) {
        Optional<ModelName> model = fields.parsed("model", ModelName::parse);
        Optional<Version> version = fields.parsed("version", Version::parse);
        Optional<Digest> digest = fields.parsed("digest", Digest::parse);
        return model.isPresent() && version.isPresent() && digest.isPresent()
                ? Optional.of(new Subject(new VersionId(model.get(), version.get()), digest.get()))
                : Optional.empty();
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .text("model", version.model())
                .text("version", version.version())
                .text("digest", digest)
                .build();
    }
}
