package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The manifest of a version: what it is. It never changes once it is merged.
 *
 * @param id model and version
 * @param rootDigest of all artifacts together, see {@link RootDigest}
 * @param artifacts its files, sorted by path in code-point order; at least one
 * @param store name of the store that has the files; the first of the registry when empty
 * @param facts what the people who trained it know
 */
public record ModelVersion(
        VersionId id, Digest rootDigest, List<Artifact> artifacts, Optional<String> store, VersionFacts facts) {
    public ModelVersion {
        artifacts = artifacts.stream()
                .sorted(Comparator.comparing(Artifact::path, RootDigest.PATH_ORDER))
                .toList();
        if (artifacts.isEmpty()) {
            throw new IllegalArgumentException("a version needs at least one artifact");
        }
        ArtifactPaths.check(artifacts).ifPresent(problem -> {
            throw new IllegalArgumentException(problem.message());
        });
        Digest computed = RootDigest.of(artifacts);
        if (!computed.equals(rootDigest)) {
            throw new IllegalArgumentException("digest is " + rootDigest + ", but the artifacts give " + computed);
        }
    }

    /** A version of these artifacts. */
    public static ModelVersion of(VersionId id, List<Artifact> artifacts, Optional<String> store, VersionFacts facts) {
        return new ModelVersion(id, RootDigest.of(artifacts), artifacts, store, facts);
    }

    /** Reads and checks a {@code version.yaml}. */
    public static Checked<ModelVersion> read(SourceFile file) {
        return Documents.read(Kind.MODEL_VERSION, file).then(root -> of(root, file.path()));
    }

    /** Reads a {@code version.yaml} that was checked before it was merged. */
    public static Checked<ModelVersion> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.MODEL_VERSION, file).then(root -> of(root, file.path()));
    }

    /** The version of a mapping without {@code apiVersion} and {@code kind}. */
    public static Checked<ModelVersion> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        Optional<ModelName> model = fields.parsed("model", ModelName::parse);
        Optional<Version> version = fields.parsed("version", Version::parse);
        Optional<Digest> digest = fields.parsed("digest", Digest::parse);
        Optional<String> store = fields.optionalText("store");
        List<Artifact> artifacts = artifacts(fields, digest);
        VersionFacts facts = VersionFacts.of(fields);
        checkExplanations(fields, artifacts);
        PathCheck.expect(
                fields,
                path,
                RegistryPath.ManifestFile.class,
                "model",
                each -> each.version().model());
        PathCheck.expect(
                fields,
                path,
                RegistryPath.ManifestFile.class,
                "version",
                each -> each.version().version());
        return fields.build(() -> new ModelVersion(
                new VersionId(model.orElseThrow(), version.orElseThrow()),
                digest.orElseThrow(),
                artifacts,
                store,
                facts));
    }

    private static List<Artifact> artifacts(Fields fields, Optional<Digest> digest) {
        List<Fields> items = fields.children("artifacts");
        List<Optional<Artifact>> read = items.stream().map(Artifact::of).toList();
        List<Artifact> artifacts = read.stream().flatMap(Optional::stream).toList();
        if (artifacts.size() < items.size()) {
            return artifacts;
        }
        if (artifacts.isEmpty()) {
            fields.refuse("artifacts", "a version needs at least one artifact", "List its files.");
            return artifacts;
        }
        Optional<ArtifactPaths.Problem> problem = ArtifactPaths.check(artifacts);
        problem.ifPresent(each -> items.get(each.index())
                .refuse("path", "artifacts[" + each.index() + "]: " + each.message(), each.remedy()));
        Digest computed = RootDigest.of(artifacts);
        if (problem.isEmpty() && digest.isPresent() && !digest.get().equals(computed)) {
            fields.refuse(
                    "digest",
                    "digest is " + digest.get() + ", but the artifacts give " + computed,
                    "Write what 'modelgate register' writes; a manifest is not edited by hand.");
        }
        return artifacts;
    }

    private static void checkExplanations(Fields fields, List<Artifact> artifacts) {
        List<String> paths = artifacts.stream().map(Artifact::path).toList();
        List<Fields> items = fields.children("explainability");
        IntStream.range(0, items.size())
                .forEach(i -> items.get(i)
                        .optionalText("file")
                        .filter(file -> !paths.contains(file))
                        .ifPresent(file -> items.get(i)
                                .refuse(
                                        "file",
                                        "explainability[" + i + "].file is " + file + ", which is no artifact"
                                                + Suggestion.nearest(file, paths)
                                                        .map(near -> "; did you mean " + near + "?")
                                                        .orElse(""),
                                        "Name the path of an artifact.")));
    }

    /** The fields, as the file has them. */
    public Node.Mapping toNode() {
        return new MappingBuilder()
                .text("model", id.model())
                .text("version", id.version())
                .text("description", facts.description())
                .text("createdAt", facts.createdAt())
                .text("digest", rootDigest)
                .list("artifacts", artifacts.stream().map(Artifact::toNode).toList())
                .text("store", store)
                .put("framework", facts.framework().map(Tool::toNode))
                .put("signature", facts.signature().map(ModelSignature::toNode))
                .put("lineage", facts.lineage().map(Lineage::toNode))
                .list(
                        "explainability",
                        facts.explainability().stream()
                                .map(Explainability::toNode)
                                .toList())
                .build();
    }

    /** The file in its place in the registry. */
    public SourceFile toFile() {
        return SourceFile.of(new RegistryPath.ManifestFile(id).path(), YamlWriter.write(Kind.MODEL_VERSION, toNode()));
    }
}
