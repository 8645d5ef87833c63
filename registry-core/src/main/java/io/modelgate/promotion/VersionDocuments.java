package io.modelgate.promotion;

import io.modelgate.evidence.Subject;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Suggestion;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.YamlReader;
import java.util.List;
import java.util.Optional;

/** Makes the files of a version directory from what a training job left, and checks each as the gate will. */
final class VersionDocuments {
    private static final List<String> FACTS =
            List.of("description", "createdAt", "framework", "signature", "lineage", "explainability");

    private final RegistrationRequest request;
    private final List<Artifact> artifacts;
    private final Digest root;
    private final String store;

    VersionDocuments(RegistrationRequest request, List<Artifact> artifacts, Digest root, String store) {
        this.request = request;
        this.artifacts = artifacts;
        this.root = root;
        this.store = store;
    }

    /** The manifest: what the job knows, with names, sizes and digests added. */
    Checked<SourceFile> manifest() {
        Optional<SourceFile> given = request.documents().facts();
        Checked<VersionFacts> facts = given.map(VersionDocuments::facts).orElseGet(() -> Checked.of(VersionFacts.NONE));
        return facts.then(known -> {
            try {
                SourceFile file = ModelVersion.of(request.id(), artifacts, Optional.of(store), known)
                        .toFile();
                return named(file, ModelVersion.read(file), given);
            } catch (IllegalArgumentException e) {
                return Checked.refused(Finding.block(
                        "register/artifacts",
                        Place.file(artifacts.get(0).path()),
                        String.valueOf(e.getMessage()),
                        "Rename or remove the file."));
            }
        });
    }

    /** The card, unchanged. */
    Optional<SourceFile> card() {
        return request.documents()
                .card()
                .map(card -> new SourceFile(new RegistryPath.CardFile(request.id()).path(), card.bytes()));
    }

    /** Evaluations and fairness reports, about this version. */
    List<Checked<SourceFile>> evidence() {
        return new EvidenceFiles(new Subject(request.id(), root)).of(request.documents());
    }

    /** The description of a new model, under its path. */
    static Checked<SourceFile> model(SourceFile given, ModelName name) {
        SourceFile file = new SourceFile(new RegistryPath.ModelFile(name).path(), given.bytes());
        return named(file, Model.read(file), Optional.of(given));
    }

    private static Checked<VersionFacts> facts(SourceFile file) {
        return YamlReader.read(file).then(node -> {
            List<Finding> unknown = node instanceof Node.Mapping mapping
                    ? mapping.entries().keySet().stream()
                            .filter(key -> !FACTS.contains(key))
                            .map(key -> unknown(mapping, key))
                            .toList()
                    : List.of();
            return unknown.isEmpty()
                    ? VersionFacts.read(file).then(facts -> Checked.of(facts, SameExplanations.in(facts, node)))
                    : Checked.refused(unknown);
        });
    }

    private static Finding unknown(Node.Mapping mapping, String key) {
        return Finding.block(
                "register/facts",
                mapping.keyPlace(key),
                "'" + key + "' is not a fact that a training job gives."
                        + Suggestion.nearest(key, FACTS)
                                .map(near -> " Did you mean '" + near + "'?")
                                .orElse(""),
                "Known are: " + String.join(", ", FACTS) + ".");
    }

    /** The file, or its findings at the place that the user can mend: the document that they gave. */
    static <T> Checked<SourceFile> named(SourceFile file, Checked<T> checked, Optional<SourceFile> given) {
        String shown = given.map(SourceFile::path).orElse(file.path());
        List<Finding> findings = checked.findings().stream()
                .map(finding -> new Finding(
                        finding.severity(),
                        finding.rule(),
                        given.isPresent() && given.get().size() != file.size()
                                ? Place.file(shown)
                                : Place.at(
                                        shown,
                                        finding.place().line(),
                                        finding.place().column()),
                        finding.message(),
                        finding.remedy()))
                .toList();
        return Checked.of(file, findings);
    }
}
