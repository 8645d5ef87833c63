package io.modelgate.deploy;

import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Documents;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.VersionTarget;
import io.modelgate.manifest.YamlWriter;
import java.util.Optional;

/**
 * What was handed to a target, or is to be, and how that goes.
 *
 * @param destination the model and the target
 * @param version the version and its digests
 * @param rendered digest of what was made of it for the target
 * @param commit the commit of the target branch that asks for it
 * @param attempt how handing over goes
 */
public record Deployment(
        Destination destination, VersionTarget version, Digest rendered, CommitId commit, Attempt attempt) {
    /** Reads and checks a record. */
    public static Checked<Deployment> read(SourceFile file) {
        return Documents.read(Kind.DEPLOYMENT, file).then(Deployment::of);
    }

    private static Checked<Deployment> of(Node.Mapping root) {
        Fields fields = Fields.of(root);
        Optional<Stage> stage = fields.parsed("stage", Stage::new);
        String target = fields.text("target");
        Optional<ModelName> model = fields.parsed("model", ModelName::parse);
        Optional<Version> version = fields.parsed("version", Version::parse);
        Optional<Digest> manifest = fields.parsed("manifest", Digest::parse);
        Optional<Digest> artifacts = fields.parsed("artifacts", Digest::parse);
        Optional<Digest> rendered = fields.parsed("rendered", Digest::parse);
        Optional<CommitId> commit = fields.parsed("commit", CommitId::new);
        Optional<Attempt> attempt = Attempt.of(fields);
        return fields.build(() -> new Deployment(
                new Destination(stage.orElseThrow(), target, model.orElseThrow()),
                new VersionTarget(version.orElseThrow(), manifest.orElseThrow(), artifacts.orElseThrow()),
                rendered.orElseThrow(),
                commit.orElseThrow(),
                attempt.orElseThrow()));
    }

    /** The same with another attempt. */
    Deployment with(Attempt other) {
        return new Deployment(destination, version, rendered, commit, other);
    }

    /** Whether this is the same version, rendered alike. */
    boolean runsTheSameAs(Deployment other) {
        return version.equals(other.version) && rendered.equals(other.rendered);
    }

    /** The version of the model. */
    public VersionId id() {
        return new VersionId(destination.model(), version.version());
    }

    /** The fields, as the file has them. */
    public Node.Mapping toNode() {
        MappingBuilder fields = new MappingBuilder()
                .text("stage", destination.stage())
                .text("target", destination.target())
                .text("model", destination.model())
                .text("version", version.version())
                .text("manifest", version.manifest())
                .text("artifacts", version.artifacts())
                .text("rendered", rendered)
                .text("commit", commit);
        attempt.write(fields);
        return fields.build();
    }

    SourceFile toFile(String path) {
        return SourceFile.of(path, YamlWriter.write(Kind.DEPLOYMENT, toNode()));
    }
}
