package io.modelgate.promotion;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.Suggestion;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.VersionTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plans how stage pointers move: forward for a promotion, back for a roll-back. */
public final class Promoting {
    private final Snapshot target;
    private final CommitId base;

    /** @param target the target branch at {@code base} */
    public Promoting(Snapshot target, CommitId base) {
        this.target = target;
        this.base = base;
    }

    /** Plans a promotion of all versions of the request in one proposal. */
    public Checked<Planned> plan(PromotionRequest request) {
        return move(request.versions(), request.stage(), request.reason(), request.note());
    }

    /** Plans to move one model back to an earlier version. */
    public Checked<Planned> rollBack(VersionId version, Stage stage, Optional<String> note) {
        return move(List.of(version), stage, Reason.ROLLBACK, note);
    }

    /** The pointer of a stage as the target has it. */
    public Optional<StagePointer> pointer(Stage stage, ModelName model) {
        return read(target, new RegistryPath.PointerFile(stage, model))
                .map(file -> merged(StagePointer.readTrusted(file)));
    }

    private void requireStage(Stage stage) {
        List<String> known =
                Workplace.config(target).stages().stream().map(Stage::name).toList();
        if (!known.contains(stage.name())) {
            throw RegistryException.notFound(
                    "There is no stage " + stage
                            + Suggestion.nearest(stage.name(), known)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("."),
                    "The stages are " + String.join(", ", known) + ".");
        }
    }

    private Checked<Planned> move(List<VersionId> versions, Stage stage, Reason reason, Optional<String> note) {
        requireStage(stage);
        List<SourceFile> files = new ArrayList<>();
        List<VersionId> moved = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (VersionId version : versions) {
            Optional<SourceFile> manifest = read(target, new RegistryPath.ManifestFile(version));
            if (manifest.isEmpty()) {
                findings.add(Finding.block(
                        "promotion/not-registered",
                        Place.file(RegistryPath.directory(version)),
                        version + " is not registered.",
                        "Register it first: 'modelgate register " + version + " <folder>'."));
                continue;
            }
            Optional<StagePointer> incumbent = pointer(stage, version.model());
            StagePointer next = next(version, manifest.get(), stage, reason, note, incumbent);
            if (incumbent
                    .map(StagePointer::target)
                    .filter(next.target()::equals)
                    .isEmpty()) {
                files.add(next.toFile());
                moved.add(version);
            }
        }
        if (!findings.isEmpty()) {
            return Checked.refused(findings);
        }
        if (files.isEmpty()) {
            return Checked.of(new Planned.Nothing(names(versions) + (versions.size() == 1 ? " is" : " are")
                    + " already in " + stage + " with these bytes."));
        }
        return Checked.of(new Planned.Work(work(moved, stage, reason, note, files)));
    }

    private Plan work(
            List<VersionId> moved, Stage stage, Reason reason, Optional<String> note, List<SourceFile> files) {
        String verb = reason == Reason.ROLLBACK ? "Roll back " : "Promote ";
        String preposition = reason == Reason.ROLLBACK ? " in " + stage : " to " + stage;
        String title = reason == Reason.ROLLBACK
                ? verb + moved.get(0).model() + preposition + " to "
                        + moved.get(0).version()
                : verb + names(moved) + preposition;
        String branch = (reason == Reason.ROLLBACK ? "rollback/" : "promote/") + stage + "/"
                + moved.stream().map(version -> version.model().toString()).collect(Collectors.joining("+"));
        return new Plan(title, note.orElse(""), branch, base, files, List.of());
    }

    private static StagePointer next(
            VersionId version,
            SourceFile manifest,
            Stage stage,
            Reason reason,
            Optional<String> note,
            Optional<StagePointer> incumbent) {
        ModelVersion read = merged(ModelVersion.readTrusted(manifest));
        return new StagePointer(
                version.model(),
                stage,
                new VersionTarget(version.version(), manifest.digest(), read.rootDigest()),
                reason,
                note,
                incumbent.map(pointer -> new StagePointer.Previous(
                        pointer.target().version(), pointer.target().manifest())));
    }

    private static String names(List<VersionId> versions) {
        return versions.stream().map(VersionId::toString).collect(Collectors.joining(", "));
    }

    static Optional<SourceFile> read(Snapshot snapshot, RegistryPath path) {
        return snapshot.read(path.path());
    }

    static <T> T merged(Checked<T> read) {
        return read.value()
                .orElseThrow(() -> RegistryException.integrity(
                        "The registry holds a file that is not valid: "
                                + read.findings().get(0),
                        "Somebody changed it without the gate. Run 'modelgate doctor'."));
    }
}
