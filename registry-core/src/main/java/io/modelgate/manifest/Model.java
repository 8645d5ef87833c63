package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model: who owns it, what it is for and how much harm it can do.
 *
 * @param name its name
 * @param description what it predicts
 * @param owners user ids, at least one
 * @param purpose what its answers are used for
 * @param riskTier how much harm it can do
 * @param licence SPDX expression
 * @param labels free key-value pairs, sorted by key
 */
public record Model(
        ModelName name,
        String description,
        List<UserId> owners,
        String purpose,
        RiskTier riskTier,
        Optional<String> licence,
        Map<String, String> labels) {
    public Model {
        owners = List.copyOf(owners);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        if (owners.isEmpty()) {
            throw new IllegalArgumentException("a model needs at least one owner");
        }
    }

    /** Reads and checks a {@code model.yaml}. */
    public static Checked<Model> read(SourceFile file) {
        return Documents.read(Kind.MODEL, file).then(root -> of(root, file.path()));
    }

    /** Reads a {@code model.yaml} that was checked before it was merged. */
    public static Checked<Model> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.MODEL, file).then(root -> of(root, file.path()));
    }

    /** The model of a mapping without {@code apiVersion} and {@code kind}, as policy tests give it. */
    public static Checked<Model> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        Optional<ModelName> name = fields.parsed("name", ModelName::parse);
        String description = fields.text("description");
        List<UserId> owners = fields.parsedList("owners", UserId::new);
        String purpose = fields.text("purpose");
        Optional<RiskTier> tier = fields.parsed("riskTier", RiskTier::parse);
        Optional<String> licence = fields.optionalText("licence");
        Map<String, String> labels = fields.textMap("labels");
        PathCheck.expect(fields, path, RegistryPath.ModelFile.class, "name", RegistryPath.ModelFile::model);
        return fields.build(
                () -> new Model(name.orElseThrow(), description, owners, purpose, tier.orElseThrow(), licence, labels));
    }

    /** The fields, as the file has them. */
    public Node.Mapping toNode() {
        return new MappingBuilder()
                .text("name", name)
                .text("description", description)
                .texts("owners", owners)
                .text("purpose", purpose)
                .text("riskTier", riskTier)
                .text("licence", licence)
                .textMap("labels", labels)
                .build();
    }

    /** The file in its place in the registry. */
    public SourceFile toFile() {
        return SourceFile.of(new RegistryPath.ModelFile(name).path(), YamlWriter.write(Kind.MODEL, toNode()));
    }
}
