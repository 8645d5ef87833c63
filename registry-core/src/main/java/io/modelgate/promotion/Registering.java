package io.modelgate.promotion;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.RootDigest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.YamlReader;
import io.modelgate.manifest.YamlWriter;
import io.modelgate.store.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans how a version is added: its manifest from the facts and the bytes, its card and evidence beside it. */
public final class Registering {
    private static final String TIME = "createdAt";

    private final Snapshot target;
    private final CommitId base;
    private final RegistrationRequest request;

    /** @param target the target branch at {@code base} */
    public Registering(Snapshot target, CommitId base, RegistrationRequest request) {
        this.target = target;
        this.base = base;
        this.request = request;
    }

    /**
     * Plans the registration.
     *
     * @param artifacts names, sizes, digests and formats of the files
     * @param store the name of the store that they go to
     * @param uploads the files that this machine has and that are to be uploaded; none when another machine does that
     */
    public Checked<Planned> plan(List<Artifact> artifacts, String store, List<Upload> uploads) {
        Digest root = RootDigest.of(artifacts);
        VersionDocuments version = new VersionDocuments(request, artifacts, root, store);
        Optional<Planned> known = alreadyThere(version, root);
        if (known.isPresent()) {
            return Checked.of(known.get(), others(version));
        }
        List<Finding> findings = new ArrayList<>();
        List<SourceFile> documents = new ArrayList<>();
        findings.addAll(collect(version.manifest(), documents));
        version.card().ifPresentOrElse(documents::add, () -> findings.add(noCard()));
        version.evidence().forEach(document -> findings.addAll(collect(document, documents)));
        findings.addAll(addModel(documents));
        if (findings.stream().anyMatch(Finding::blocks)) {
            return Checked.refused(findings);
        }
        return Checked.of(new Planned.Work(work(documents, uploads)), findings);
    }

    private Optional<Planned> alreadyThere(VersionDocuments version, Digest root) {
        VersionId id = request.id();
        return target.read(new RegistryPath.ManifestFile(id).path()).map(file -> {
            Digest there = Promoting.merged(ModelVersion.readTrusted(file)).rootDigest();
            if (there.equals(root)) {
                return new Planned.Nothing(id + " is already registered with these bytes."
                        + (isMeasuredAgain(version)
                                ? " It was measured again with the same results; the registered ones keep their dates."
                                : ""));
            }
            throw RegistryException.conflict(
                    id + " is already registered with other bytes (" + there + ", these are " + root + ").",
                    "A version never changes: register these bytes under the next version.");
        });
    }

    /** Documents that are other here than in the registry: a registration does not bring them there any more. */
    private List<Finding> others(VersionDocuments version) {
        List<Finding> others = new ArrayList<>();
        version.card()
                .filter(this::isOther)
                .ifPresent(card -> others.add(Finding.warn(
                        "register/card",
                        Place.file(card.path()),
                        "The card here is another than the registered one, which stays.",
                        "Propose it: in a clone of the registry, copy it to this path, commit, push a branch, and "
                                + "'modelgate propose <branch>'.")));
        version.evidence().stream()
                .flatMap(document -> document.value().stream())
                .filter(this::isOther)
                .forEach(document -> others.add(
                        target.entry(document.path()).isPresent()
                                ? Finding.warn(
                                        "register/evidence",
                                        Place.file(document.path()),
                                        "This was measured again with another result than the registered one, which stays.",
                                        "If both count, add it beside the other under another id: 'modelgate evidence import <tool> <file>"
                                                + " --id <another id> --version " + request.id() + "'.")
                                : Finding.warn(
                                        "register/evidence",
                                        Place.file(document.path()),
                                        "This is not registered, and is not brought there by registering the same bytes again.",
                                        "Add what was measured: 'modelgate evidence import <tool> <file> --version "
                                                + request.id() + "'.")));
        return others;
    }

    /** The same build run again measures the same at another time: nobody need do anything about that. */
    private boolean isOther(SourceFile document) {
        return !isSame(document) && !isLater(document);
    }

    private boolean isSame(SourceFile document) {
        return target.read(document.path())
                .filter(there -> there.digest().equals(document.digest()))
                .isPresent();
    }

    private boolean isLater(SourceFile document) {
        return !isSame(document)
                && target.read(document.path())
                        .filter(there -> withoutTime(there).equals(withoutTime(document)))
                        .isPresent();
    }

    private boolean isMeasuredAgain(VersionDocuments version) {
        return version.evidence().stream()
                .flatMap(document -> document.value().stream())
                .anyMatch(this::isLater);
    }

    /** What a document says but for its time; its whole text where that cannot be read. */
    private static String withoutTime(SourceFile document) {
        return YamlReader.read(document)
                .value()
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .map(mapping -> {
                    MappingBuilder rest = new MappingBuilder();
                    mapping.entries().forEach((key, value) -> {
                        if (!key.equals(TIME)) {
                            rest.put(key, value);
                        }
                    });
                    return YamlWriter.write(rest.build());
                })
                .orElseGet(document::text);
    }

    private List<Finding> addModel(List<SourceFile> documents) {
        String path = new RegistryPath.ModelFile(request.id().model()).path();
        if (target.entry(path).isPresent()) {
            return List.of();
        }
        Optional<SourceFile> given = request.documents().model();
        if (given.isEmpty()) {
            return List.of(
                    Finding.block(
                            "register/new-model",
                            Place.file(path),
                            request.id().model() + " is a new model, and nothing says what it is for.",
                            "Put a model.yaml (owners, purpose, risk tier) beside or above the training output, or name it: --model, or description of registerModel."));
        }
        return collect(VersionDocuments.model(given.get(), request.id().model()), documents);
    }

    private Finding noCard() {
        return Finding.block(
                "register/no-card",
                Place.file(RegistryPath.directory(request.id()) + "/card.md"),
                "There is no model card.",
                "Write card.md into the training output: what the model is for, what not, and where it is weak.");
    }

    private Plan work(List<SourceFile> documents, List<Upload> uploads) {
        String title = "Register " + request.id();
        return new Plan(
                title,
                "",
                "register/" + request.id().model() + "/" + request.id().version(),
                base,
                documents,
                uploads);
    }

    private static List<Finding> collect(Checked<SourceFile> document, List<SourceFile> documents) {
        document.value().ifPresent(documents::add);
        return document.findings();
    }
}
