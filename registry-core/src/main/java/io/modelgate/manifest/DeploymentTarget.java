package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the models of a stage are deployed.
 *
 * @param name its name
 * @param stage the stage whose models go there
 * @param type how it is deployed to
 * @param models globs of model names, such as {@code credit/*}
 * @param description what it is
 * @param settings what the type needs to know, sorted by key; never a secret
 */
public record DeploymentTarget(
        String name,
        Stage stage,
        Type type,
        List<String> models,
        Optional<String> description,
        Map<String, String> settings) {
    /** How a target is deployed to. */
    public enum Type {
        /** A folder that gets the verified files. */
        FILE,
        /** A KServe InferenceService. */
        KSERVE,
        /** A Jenkins job that is started. */
        JOB;

        /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
        public static Type parse(String word) {
            return Words.parse(Type.class, word);
        }
    }

    public DeploymentTarget {
        Names.require("target", name);
        models = List.copyOf(models);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Whether a model goes there. */
    public boolean takes(ModelName model) {
        return models.stream().anyMatch(model::matches);
    }

    /** What the type needs to know under this key. */
    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /** Reads and checks a deployment target. */
    public static Checked<DeploymentTarget> read(SourceFile file) {
        return Documents.read(Kind.DEPLOYMENT_TARGET, file).then(root -> of(root, file.path()));
    }

    /** Reads a deployment target that was checked before it was merged. */
    public static Checked<DeploymentTarget> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.DEPLOYMENT_TARGET, file).then(root -> of(root, file.path()));
    }

    private static Checked<DeploymentTarget> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        String name = fields.text("name");
        Optional<Stage> stage = fields.parsed("stage", Stage::new);
        Optional<Type> type = fields.parsed("type", Type::parse);
        List<String> models = fields.texts("models");
        Optional<String> description = fields.optionalText("description");
        Map<String, String> settings = fields.textMap("settings");
        type.ifPresent(known -> TargetSettings.check(fields, known, settings));
        PathCheck.expect(fields, path, RegistryPath.TargetFile.class, "name", RegistryPath.TargetFile::name);
        PathCheck.expect(fields, path, RegistryPath.TargetFile.class, "stage", RegistryPath.TargetFile::stage);
        return fields.build(() ->
                new DeploymentTarget(name, stage.orElseThrow(), type.orElseThrow(), models, description, settings));
    }

    /** The fields, as the file has them. */
    public Node.Mapping toNode() {
        return new MappingBuilder()
                .text("name", name)
                .text("stage", stage)
                .text("type", type)
                .texts("models", models)
                .text("description", description)
                .textMap("settings", settings)
                .build();
    }

    /** The file in its place in the registry. */
    public SourceFile toFile() {
        String path = new RegistryPath.TargetFile(stage, name).path();
        return SourceFile.of(path, YamlWriter.write(Kind.DEPLOYMENT_TARGET, toNode()));
    }
}
