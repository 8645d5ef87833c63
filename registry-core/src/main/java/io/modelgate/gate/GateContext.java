package io.modelgate.gate;

import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.StageHistory;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.format.Examined;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.ArtifactFormats;
import io.modelgate.policy.JudgeContext;
import io.modelgate.policy.KindApprovals;
import io.modelgate.policy.Policies;
import io.modelgate.policy.Surroundings;
import io.modelgate.store.FileDigest;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Verification;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a change is judged with. Everything that decides comes from the target.
 *
 * @param input what the gate was given
 * @param merged the tree that the merge would give
 * @param registry registry.yaml of the target
 * @param policies policies and waivers of the target
 */
record GateContext(GateInput input, Snapshot merged, RegistryConfig registry, Policies policies) {
    Snapshot target() {
        return input.target();
    }

    /** Everything about a version as the merge would have it, fully checked. */
    Optional<Evidence> evidence(VersionId id, Judged judged) {
        Checked<Evidence> evidence = Evidence.of(merged, id);
        judged.find(evidence.findings());
        return evidence.value();
    }

    /** The pointer of a stage in the target. */
    Optional<StagePointer> incumbent(Stage stage, ModelName model) {
        return pointer(target(), stage, model);
    }

    private static Optional<StagePointer> pointer(Snapshot snapshot, Stage stage, ModelName model) {
        return merged(snapshot, new RegistryPath.PointerFile(stage, model), StagePointer::readTrusted);
    }

    /** A document of the target branch; INTEGRITY when it is there and cannot be read: who says it is not there errs. */
    <T> Optional<T> merged(RegistryPath path, Function<SourceFile, Checked<T>> read) {
        return merged(target(), path, read);
    }

    private static <T> Optional<T> merged(Snapshot snapshot, RegistryPath path, Function<SourceFile, Checked<T>> read) {
        Optional<TreeEntry> entry = snapshot.entry(path.path());
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Checked<T> document = snapshot.read(path.path())
                .map(read)
                .orElseGet(() -> Checked.refused(Finding.block(
                        "gate/mode", Place.file(path.path()), "This is not a regular file.", "Restore it.")));
        return Optional.of(document.value()
                .orElseThrow(() -> RegistryException.integrity(
                        "The target branch holds a file that cannot be read: "
                                + document.findings().get(0),
                        "Somebody changed it without the gate. Run 'modelgate doctor'.")));
    }

    /** Whether a version has its signature already. */
    boolean isSigned(VersionId id) {
        return target().entry(new RegistryPath.SignatureFile(id).path()).isPresent();
    }

    /** What a rule is judged with for a version that enters a stage, or is in it. */
    JudgeContext rules(Evidence evidence, Optional<Checked<Evidence>> incumbent, Stage stage, Reason reason) {
        return new JudgeContext(
                evidence,
                incumbent,
                stage,
                new JudgeContext.Occasion(input.now(), reason),
                input.review(),
                registry,
                around(target(), input.history(), ArtifactFormats.once(this::formats)));
    }

    /** What rules may ask of a registry beyond a version. */
    static Surroundings around(Snapshot registry, StageHistory history, ArtifactFormats formats) {
        return new Surroundings(
                history,
                id -> registry.entry(new RegistryPath.ManifestFile(id).path()).isPresent(),
                formats);
    }

    /** What the artifacts of a version are, from their bytes. */
    List<Examined> formats(ModelVersion version) {
        return input.stores().examine(registry, StoredVersion.of(version));
    }

    /** The stages that a version is in, as the merge would have it. */
    List<Stage> stagesOf(VersionId id) {
        return registry.stages().stream()
                .filter(stage -> pointer(merged, stage, id.model())
                        .filter(pointer -> pointer.version().equals(id))
                        .isPresent())
                .toList();
    }

    /** The approvals that this kind of change needs by registry.yaml of the target. */
    void approvals(String kind, String subject, Judged judged) {
        KindApprovals.judge(kind, subject, registry, input.review()).ifPresent(judged::add);
    }

    /** A file as the merge would have it. */
    Optional<SourceFile> file(RegistryPath path) {
        return merged.read(path.path());
    }

    /** Compares the bytes of all artifacts of a version with their digests; whether they are right. */
    boolean verifyBytes(Evidence evidence, Judged judged) {
        Place manifest = Place.file(new RegistryPath.ManifestFile(evidence.id()).path());
        Optional<String> store = evidence.version().store();
        if (store.isPresent() && registry.store(store.get()).isEmpty()) {
            judged.find(Finding.block(
                    "gate/store",
                    manifest,
                    "The store " + store.get() + " is not in registry.yaml of the target branch.",
                    "Use a store that is, or propose the store first."));
            return false;
        }
        try {
            return compare(StoredVersion.of(evidence.version()), manifest, judged);
        } catch (RegistryException e) {
            judged.find(Finding.block(
                    "gate/bytes", manifest, "The artifacts cannot be verified: " + e.getMessage(), e.remedy()));
            return false;
        }
    }

    /** A manifest that says what its artifacts are says what their bytes say. What is damaged is worth a look here already. */
    void compareFormats(Evidence evidence, Judged judged) {
        List<Artifact> artifacts = evidence.version().artifacts();
        Place manifest = Place.file(new RegistryPath.ManifestFile(evidence.id()).path());
        List<Examined> examined = formats(evidence.version());
        for (int i = 0; i < artifacts.size(); i++) {
            Artifact artifact = artifacts.get(i);
            String found = examined.get(i).format().id();
            Optional<String> said = artifact.format();
            if (said.isPresent() && !said.get().equals(found)) {
                judged.find(Finding.block(
                        "gate/format",
                        manifest,
                        "artifacts[" + i + "].format says " + said.get() + ", but the bytes of " + artifact.path()
                                + " are " + found + ".",
                        "Write what 'modelgate register' writes; a manifest is not edited by hand."));
            }
            examined.get(i)
                    .problems()
                    .forEach(problem -> judged.find(Finding.warn(
                            "gate/damaged",
                            manifest,
                            artifact.path() + " is damaged: " + problem,
                            "Register the whole file: a stage whose policy looks at formats refuses it.")));
        }
    }

    private boolean compare(StoredVersion version, Place manifest, Judged judged) {
        List<FileDigest> files = version.files();
        List<Verification> results = input.stores().verify(registry, version);
        for (int i = 0; i < files.size(); i++) {
            if (results.get(i) != Verification.OK) {
                String name = "artifacts[" + i + "] (" + files.get(i).path() + ") ";
                judged.find(Finding.block(
                        "gate/bytes",
                        manifest,
                        name + results.get(i).words() + ".",
                        "Put the right bytes there: 'modelgate push'."));
            }
        }
        return results.stream().allMatch(Verification.OK::equals);
    }
}
