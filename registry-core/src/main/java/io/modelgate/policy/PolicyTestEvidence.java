package io.modelgate.policy;

import io.modelgate.evidence.Card;
import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.Measurements;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.RootDigest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.VersionId;
import io.modelgate.signature.SignatureBundle;
import io.modelgate.store.FileDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes the evidence of a policy test whole: what it does not say about its version is filled with something harmless. */
final class PolicyTestEvidence {
    static final ModelName SOME_MODEL = new ModelName("some", "model");
    private static final Version SOME_VERSION = Version.parse("1.0.0");

    private final String name;
    private final Fields given;
    private final String path;
    private final List<Finding> findings;

    /** Evidence that is called so in its test, such as {@code evidence} or {@code incumbent}. */
    PolicyTestEvidence(String name, Fields given, String path, List<Finding> findings) {
        this.name = name;
        this.given = given;
        this.path = path;
        this.findings = findings;
    }

    /** The evidence about a version of this model. */
    Evidence of(Model model) {
        ModelVersion version = version(model.name());
        return new Evidence(
                model,
                version,
                version.toFile().digest(),
                card(),
                new Measurements(evaluations(version), fairness(version)),
                signature(version),
                Optional.empty());
    }

    private ModelVersion version(ModelName model) {
        Artifact artifact = new Artifact("model", Digest.of("policy test"), 1, Optional.empty());
        ModelVersion empty = ModelVersion.of(
                new VersionId(model, SOME_VERSION), List.of(artifact), Optional.empty(), VersionFacts.NONE);
        return given.node("manifest")
                .map(Node.Mapping.class::cast)
                .flatMap(manifest -> keep(
                        ModelVersion.of(PolicyTestDefaults.over(withDigest(empty.toNode(), manifest), manifest), path),
                        "manifest",
                        manifest))
                .orElse(empty);
    }

    /** The defaults with the digest of the artifacts that are given, which nobody computes by hand. */
    private static Node.Mapping withDigest(Node.Mapping defaults, Node.Mapping given) {
        List<Artifact> artifacts = Fields.of(given).children("artifacts").stream()
                .flatMap(each -> Artifact.of(each).stream())
                .toList();
        return artifacts.isEmpty()
                ? defaults
                : PolicyTestDefaults.over(
                        defaults,
                        new MappingBuilder()
                                .text("digest", RootDigest.of(artifacts))
                                .build());
    }

    private List<Evaluation> evaluations(ModelVersion about) {
        return documents("evaluations", about, PolicyTestDefaults::evaluation, Evaluation::of);
    }

    private List<FairnessReport> fairness(ModelVersion about) {
        return documents("fairness", about, PolicyTestDefaults::fairness, FairnessReport::of);
    }

    private Optional<Card> card() {
        return given.node("card")
                .flatMap(node -> given.optionalText("card")
                        .flatMap(text -> keep(Card.read(SourceFile.of(path, text)), "card", node)));
    }

    /** Broken signatures, and those of other files, are for the rule to refuse: the gate would not let them in. */
    private Optional<Checked<SignatureBundle>> signature(ModelVersion version) {
        String file = new RegistryPath.SignatureFile(version.id()).path();
        List<FileDigest> files =
                version.artifacts().stream().map(FileDigest::of).toList();
        return given.optionalText("signature").map(text -> SignatureBundle.read(SourceFile.of(file, text), files));
    }

    private <T> List<T> documents(
            String key,
            ModelVersion about,
            BiFunction<Node.Mapping, Integer, Node.Mapping> fill,
            BiFunction<Node.Mapping, String, Checked<T>> read) {
        Node.Mapping subject = new MappingBuilder()
                .text("model", about.id().model())
                .text("version", about.id().version())
                .text("digest", about.rootDigest())
                .build();
        Node.Mapping defaults = new MappingBuilder().put("subject", subject).build();
        List<Node> items = given.node(key)
                .filter(Node.Sequence.class::isInstance)
                .map(list -> ((Node.Sequence) list).items())
                .orElse(List.of());
        List<T> documents = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Node.Mapping item) {
                Node.Mapping whole = PolicyTestDefaults.over(defaults, fill.apply(item, i + 1));
                keep(read.apply(whole, path), key + "[" + i + "]", item).ifPresent(documents::add);
            }
        }
        return documents;
    }

    /** The value; its findings are noted with the name of the document that they are about. */
    private <T> Optional<T> keep(Checked<T> read, String part, Node node) {
        NamedPart about = new NamedPart(name + "." + part, node);
        read.findings().forEach(finding -> findings.add(about.named(finding)));
        return read.value();
    }
}
