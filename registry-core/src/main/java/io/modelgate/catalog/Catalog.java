package io.modelgate.catalog;

import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.StageHistory;
import io.modelgate.evidence.Tenure;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.EntryMode;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Lifecycle;
import io.modelgate.manifest.LifecycleAction;
import io.modelgate.manifest.LifecycleEntry;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.Suggestion;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds what is in a registry at one commit. Each answer reads only the files that it needs. */
public final class Catalog {
    private final RegistryRepository repository;
    private final CommitId commit;
    private final Snapshot snapshot;

    /** The registry as a commit of the target branch has it. */
    public Catalog(RegistryRepository repository, CommitId commit) {
        this.repository = repository;
        this.commit = commit;
        this.snapshot = repository.snapshot(commit);
    }

    /** A version of this number; NOT_FOUND where there is none. */
    public Resolved resolve(VersionId version) {
        return resolve(new ModelReference.Numbered(version.model(), version.version()));
    }

    /** What a reference stands for; NOT_FOUND with the nearest names when it stands for nothing. */
    public Resolved resolve(ModelReference reference) {
        if (reference instanceof ModelReference.InStage staged) {
            return inStage(staged.model(), staged.stage());
        }
        if (reference instanceof ModelReference.Numbered numbered) {
            return version(new VersionId(numbered.model(), numbered.version()), Optional.empty());
        }
        if (reference instanceof ModelReference.ByDigest digest) {
            return byDigest(digest.model(), digest.digest());
        }
        return latest(reference.model());
    }

    /** All models whose names match, by name; reads every model's files. */
    public List<ModelSummary> list(Predicate<ModelName> wanted) {
        List<ModelSummary> models = new ArrayList<>();
        for (TreeEntry namespace : folders("models")) {
            for (TreeEntry entry : folders(namespace.path())) {
                ModelName name = new ModelName(namespace.name(), entry.name());
                if (wanted.test(name)) {
                    models.add(summary(name));
                }
            }
        }
        return models;
    }

    /** One model with its versions and stages. */
    public ModelSummary model(ModelName name) {
        requireModel(name);
        return summary(name);
    }

    /** Everything known about a version. */
    public Evidence evidence(VersionId version) {
        resolve(version);
        Checked<Evidence> evidence = Evidence.readTrusted(snapshot, version);
        return evidence.value()
                .orElseThrow(() -> RegistryException.integrity(
                        "The registry holds a file that is not valid: "
                                + evidence.findings().get(0),
                        "Somebody changed it without the gate. Run 'modelgate doctor'."));
    }

    /** What was in a stage, newest first. */
    public List<Tenure> history(ModelName model, Stage stage, int max) {
        requireModel(model);
        requireStage(stage);
        return StageHistory.of(repository, commit).tenures(stage, model, max);
    }

    /** The stages in order. */
    public List<Stage> stages() {
        return config().stages();
    }

    /** What is said about a version, oldest first. */
    private List<LifecycleEntry> lifecycle(VersionId version) {
        return lifecycle(version.model()).stream()
                .filter(entry -> entry.version().equals(version.version()))
                .toList();
    }

    private List<LifecycleEntry> lifecycle(ModelName model) {
        return snapshot.read(new RegistryPath.LifecycleFile(model).path())
                .flatMap(file -> Lifecycle.readTrusted(file).value())
                .map(Lifecycle::entries)
                .orElse(List.of());
    }

    private Resolved inStage(ModelName model, Stage stage) {
        Optional<StagePointer> pointer = pointer(stage, model);
        if (pointer.isEmpty()) {
            requireStage(stage);
            requireModel(model);
            throw RegistryException.notFound(
                    "No version of " + model + " is in " + stage + ".",
                    "See where it is: 'modelgate show " + model + "'.");
        }
        Resolved resolved = version(pointer.get().version(), Optional.of(stage));
        if (!resolved.manifestDigest().equals(pointer.get().target().manifest())) {
            throw RegistryException.integrity(
                    "The manifest of " + resolved.version() + " is not the one that " + stage + " points to.",
                    "Somebody changed it without the gate. Do not use it; run 'modelgate doctor'.");
        }
        return resolved;
    }

    private Resolved version(VersionId id, Optional<Stage> stage) {
        SourceFile file =
                snapshot.read(new RegistryPath.ManifestFile(id).path()).orElseThrow(() -> unknown(id));
        ModelVersion manifest = valid(ModelVersion.readTrusted(file));
        return new Resolved(manifest, file.digest(), stage, lifecycle(id));
    }

    private Resolved latest(ModelName model) {
        requireModel(model);
        List<LifecycleEntry> said = lifecycle(model);
        Version version = versions(model).stream()
                .filter(each -> !each.isPreRelease())
                .filter(each -> said.stream()
                        .noneMatch(
                                entry -> entry.version().equals(each) && entry.action() != LifecycleAction.DEPRECATE))
                .findFirst()
                .orElseThrow(() -> RegistryException.notFound(
                        model + " has no released version.", "See 'modelgate show " + model + "'."));
        return version(new VersionId(model, version), Optional.empty());
    }

    private Resolved byDigest(ModelName model, Digest digest) {
        requireModel(model);
        return versions(model).stream()
                .map(version -> version(new VersionId(model, version), Optional.empty()))
                .filter(found -> found.manifestDigest().equals(digest)
                        || found.manifest().rootDigest().equals(digest))
                .findFirst()
                .orElseThrow(() -> RegistryException.notFound(
                        "No version of " + model + " has the digest " + digest + ".",
                        "See 'modelgate show " + model + "'."));
    }

    private ModelSummary summary(ModelName name) {
        Map<Stage, Version> stages = new TreeMap<>();
        for (Stage stage : config().stages()) {
            pointer(stage, name)
                    .ifPresent(pointer -> stages.put(stage, pointer.target().version()));
        }
        Model model = valid(Model.readTrusted(
                snapshot.read(new RegistryPath.ModelFile(name).path()).orElseThrow(() -> unknown(name))));
        return new ModelSummary(model, versions(name), stages);
    }

    private List<Version> versions(ModelName model) {
        return folders(RegistryPath.directory(model) + "/versions").stream()
                .map(entry -> Version.parse(entry.name()))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private Optional<StagePointer> pointer(Stage stage, ModelName model) {
        return snapshot.read(new RegistryPath.PointerFile(stage, model).path())
                .map(file -> valid(StagePointer.readTrusted(file)));
    }

    private RegistryConfig config() {
        return valid(RegistryConfig.readTrusted(snapshot.read("registry.yaml")
                .orElseThrow(() -> RegistryException.notFound(
                        "The repository is not a registry: it has no registry.yaml.",
                        "Name the repository of a registry."))));
    }

    private List<TreeEntry> folders(String path) {
        return snapshot.list(path).stream()
                .filter(entry -> entry.mode() == EntryMode.TREE)
                .toList();
    }

    private void requireStage(Stage stage) {
        List<String> known = config().stages().stream().map(Stage::name).toList();
        if (!known.contains(stage.name())) {
            throw RegistryException.notFound(
                    "There is no stage " + stage + didYouMean(stage.name(), known),
                    "The stages are " + String.join(", ", known) + ".");
        }
    }

    private void requireModel(ModelName model) {
        if (snapshot.entry(RegistryPath.directory(model)).isEmpty()) {
            throw unknown(model);
        }
    }

    private RegistryException unknown(ModelName model) {
        List<String> known = folders("models").stream()
                .flatMap(namespace ->
                        folders(namespace.path()).stream().map(entry -> namespace.name() + "/" + entry.name()))
                .limit(10_000)
                .toList();
        return RegistryException.notFound(
                "There is no model " + model + didYouMean(model.toString(), known), "See 'modelgate list'.");
    }

    private RegistryException unknown(VersionId id) {
        requireModel(id.model());
        List<String> known =
                versions(id.model()).stream().map(Version::toString).toList();
        return RegistryException.notFound(
                "There is no version " + id.version() + " of " + id.model()
                        + didYouMean(id.version().toString(), known),
                "See 'modelgate show " + id.model() + "'.");
    }

    private static String didYouMean(String word, List<String> known) {
        return Suggestion.nearest(word, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse(".");
    }

    private static <T> T valid(Checked<T> read) {
        return read.value()
                .orElseThrow(() -> RegistryException.integrity(
                        "The registry holds a file that is not valid: "
                                + read.findings().get(0),
                        "Somebody changed it without the gate. Run 'modelgate doctor'."));
    }
}
