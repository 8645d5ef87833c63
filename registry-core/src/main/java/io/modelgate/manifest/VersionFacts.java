package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the people who trained a version know about it, beside its files.
 *
 * @param description what it is
 * @param createdAt when it was trained
 * @param framework what it was trained with
 * @param signature its inputs and outputs
 * @param lineage what it was made from
 * @param explainability how its answers are explained
 */
public record VersionFacts(
        Optional<String> description,
        Optional<Instant> createdAt,
        Optional<Tool> framework,
        Optional<ModelSignature> signature,
        Optional<Lineage> lineage,
        List<Explainability> explainability) {
    /** Nothing known. */
    public static final VersionFacts NONE = new VersionFacts(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public VersionFacts {
        explainability = List.copyOf(explainability);
    }

    /** Reads and checks the {@code facts.yaml} of a training job: these fields, without {@code apiVersion} and {@code kind}. */
    public static Checked<VersionFacts> read(SourceFile file) {
        return YamlReader.read(file)
                .then(root -> Checked.of(root, SchemaLibrary.check("version-facts", root)))
                .then(root -> {
                    Fields fields = Fields.of(root);
                    VersionFacts facts = of(fields);
                    return fields.build(() -> facts);
                });
    }

    static VersionFacts of(Fields fields) {
        return new VersionFacts(
                fields.optionalText("description"),
                fields.optionalInstant("createdAt"),
                fields.optionalChild("framework").flatMap(Tool::of),
                fields.optionalChild("signature").map(ModelSignature::of).flatMap(ModelSignature::unlessEmpty),
                fields.optionalChild("lineage").map(Lineage::of),
                fields.children("explainability").stream()
                        .flatMap(each -> Explainability.of(each).stream())
                        .toList());
    }
}
