package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import java.util.Optional;

/**
 * Which version of a model is in a stage. It pins bytes, not a label.
 *
 * @param model the model
 * @param stage the stage
 * @param target the version and the digests of its manifest and artifacts
 * @param reason why it was moved here
 * @param note a remark of the person who moved it
 * @param previous the version before; empty for the first
 */
public record StagePointer(
        ModelName model,
        Stage stage,
        VersionTarget target,
        Reason reason,
        Optional<String> note,
        Optional<Previous> previous) {
    /** Why a stage pointer was moved. */
    public enum Reason {
        PROMOTE,
        ROLLBACK,
        HOTFIX;

        /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
        public static Reason parse(String word) {
            return Words.parse(Reason.class, word);
        }
    }

    /** The version that was in the stage before, with the digest of its manifest. */
    public record Previous(Version version, Digest manifest) {}

    /** Reads and checks a stage pointer. */
    public static Checked<StagePointer> read(SourceFile file) {
        return Documents.read(Kind.STAGE_POINTER, file).then(root -> of(root, file.path()));
    }

    /** Reads a stage pointer that was checked before it was merged. */
    public static Checked<StagePointer> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.STAGE_POINTER, file).then(root -> of(root, file.path()));
    }

    private static Checked<StagePointer> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        Optional<ModelName> model = fields.parsed("model", ModelName::parse);
        Optional<Stage> stage = fields.parsed("stage", Stage::new);
        Optional<Version> version = fields.parsed("version", Version::parse);
        Optional<Digest> manifest = fields.parsed("manifest", Digest::parse);
        Optional<Digest> artifacts = fields.parsed("artifacts", Digest::parse);
        Optional<Reason> reason = fields.parsed("reason", Reason::parse);
        Optional<String> note = fields.optionalText("note");
        Optional<Previous> previous = fields.optionalChild("previous").flatMap(StagePointer::previous);
        PathCheck.expect(fields, path, RegistryPath.PointerFile.class, "model", RegistryPath.PointerFile::model);
        PathCheck.expect(fields, path, RegistryPath.PointerFile.class, "stage", RegistryPath.PointerFile::stage);
        return fields.build(() -> new StagePointer(
                model.orElseThrow(),
                stage.orElseThrow(),
                new VersionTarget(version.orElseThrow(), manifest.orElseThrow(), artifacts.orElseThrow()),
                reason.orElseThrow(),
                note,
                previous));
    }

    private static Optional<Previous> previous(Fields fields) {
        Optional<Version> version = fields.parsed("version", Version::parse);
        Optional<Digest> manifest = fields.parsed("manifest", Digest::parse);
        return version.flatMap(present -> manifest.map(digest -> new Previous(present, digest)));
    }

    /** The version that is in the stage. */
    public VersionId version() {
        return new VersionId(model, target.version());
    }

    /** The fields, as the file has them. */
    public Node.Mapping toNode() {
        return new MappingBuilder()
                .text("model", model)
                .text("stage", stage)
                .text("version", target.version())
                .text("manifest", target.manifest())
                .text("artifacts", target.artifacts())
                .text("reason", reason)
                .text("note", note)
                .put(
                        "previous",
                        previous.map(each -> new MappingBuilder()
                                .text("version", each.version())
                                .text("manifest", each.manifest())
                                .build()))
                .build();
    }

    /** The file in its place in the registry. */
    public SourceFile toFile() {
        String path = new RegistryPath.PointerFile(stage, model).path();
        return SourceFile.of(path, YamlWriter.write(Kind.STAGE_POINTER, toNode()));
    }
}
