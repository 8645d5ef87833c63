package io.modelgate.gate;

import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.VersionDiff;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Lifecycle;
import io.modelgate.manifest.LifecycleAction;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.VersionTarget;
import java.util.List;
import java.util.Optional;

/** Judges how one stage pointer moves. */
final class PointerMove {
    private final GateContext context;
    private final Stage stage;
    private final ModelName model;
    private final Place place;
    private final Judged judged;

    PointerMove(GateContext context, RegistryPath.PointerFile file, Judged judged) {
        this.context = context;
        this.stage = file.stage();
        this.model = file.model();
        this.place = Place.file(file.path());
        this.judged = judged;
    }

    void judge() {
        Checked<StagePointer> read = context.file(new RegistryPath.PointerFile(stage, model))
                .map(StagePointer::read)
                .orElseGet(() -> Checked.refused(refusal("pointer", "The pointer is not there.", "Restore it.")));
        judged.find(read.findings());
        read.value().ifPresent(this::judge);
    }

    private void judge(StagePointer pointer) {
        if (context.target().entry(RegistryPath.directory(pointer.version())).isEmpty()) {
            refuse(
                    "not-registered",
                    pointer.version() + " is not registered.",
                    "Register it first: 'modelgate register " + pointer.version() + " <folder>'.");
            return;
        }
        Optional<StagePointer> incumbent = context.incumbent(stage, model);
        checkIncumbent(pointer, incumbent);
        checkOrder(pointer);
        context.evidence(pointer.version(), judged).ifPresent(evidence -> {
            checkDigests(pointer, evidence);
            checkLifecycle(pointer, evidence);
            context.verifyBytes(evidence, judged);
            checkPolicies(pointer, evidence, incumbent);
        });
    }

    private void checkIncumbent(StagePointer pointer, Optional<StagePointer> incumbent) {
        Optional<StagePointer.Previous> expected = incumbent.map(old ->
                new StagePointer.Previous(old.target().version(), old.target().manifest()));
        if (!pointer.previous().equals(expected)) {
            refuse(
                    "previous",
                    "'previous' says " + pointer.previous().map(this::shown).orElse("nothing") + ", but in " + stage
                            + " is " + expected.map(this::shown).orElse("nothing") + ".",
                    "Somebody moved the stage in between, or the pointer was written by hand. Promote again.");
        }
        if (incumbent.map(StagePointer::target).filter(pointer.target()::equals).isPresent()) {
            refuse("nothing", pointer.version() + " is in " + stage + " already.", "Close the proposal.");
        }
    }

    private void checkOrder(StagePointer pointer) {
        if (pointer.reason() == Reason.ROLLBACK) {
            if (!context.input()
                    .history()
                    .wasLive(stage, model, pointer.target().manifest())) {
                refuse(
                        "rollback",
                        pointer.version() + " was never in " + stage
                                + "; a roll-back goes only to what was there before.",
                        "See what was: 'modelgate history " + model + " --stage " + stage + "'. Or promote it.");
            }
            return;
        }
        Optional<Stage> before = context.registry().previous(stage);
        Optional<VersionTarget> there =
                before.flatMap(earlier -> context.incumbent(earlier, model)).map(StagePointer::target);
        if (before.isPresent() && there.filter(pointer.target()::equals).isEmpty()) {
            refuse(
                    "order",
                    pointer.version() + " is not in " + before.get()
                            + " with these bytes; the stages are entered in order.",
                    "Promote it there first: 'modelgate promote " + pointer.version() + " --to " + before.get() + "'.");
        }
    }

    private void checkDigests(StagePointer pointer, Evidence evidence) {
        if (!pointer.target().manifest().equals(evidence.manifestDigest())) {
            refuse(
                    "manifest-digest",
                    "'manifest' is " + pointer.target().manifest() + ", but version.yaml has "
                            + evidence.manifestDigest() + ".",
                    "Promote with 'modelgate promote'; a pointer is not written by hand.");
        }
        if (!pointer.target().artifacts().equals(evidence.version().rootDigest())) {
            refuse(
                    "artifacts-digest",
                    "'artifacts' is " + pointer.target().artifacts() + ", but the version has "
                            + evidence.version().rootDigest() + ".",
                    "Promote with 'modelgate promote'; a pointer is not written by hand.");
        }
    }

    /** An entry is never taken back: a version that was once yanked or retired stays so, whatever is said later. */
    private void checkLifecycle(StagePointer pointer, Evidence evidence) {
        evidence.lifecycle().map(Lifecycle::entries).orElse(List.of()).stream()
                .filter(entry -> entry.version().equals(pointer.target().version()))
                .forEach(entry -> {
                    String word = entry.action() == LifecycleAction.DEPRECATE
                            ? "deprecated"
                            : entry.action() == LifecycleAction.YANK ? "yanked" : "retired";
                    String said = pointer.version() + " was " + word + " on " + entry.date() + ": " + entry.reason();
                    if (entry.action() == LifecycleAction.DEPRECATE) {
                        judged.find(Finding.warn("gate/deprecated", place, said, "Consider its successor."));
                    } else {
                        refuse("withdrawn", said, "Promote another version.");
                    }
                });
    }

    /** A roll-back is not asked to have soaked, nor to be better than what it replaces. */
    private void checkPolicies(StagePointer pointer, Evidence evidence, Optional<StagePointer> incumbent) {
        boolean back = pointer.reason() == Reason.ROLLBACK;
        Optional<Checked<Evidence>> before =
                incumbent.filter(old -> !back).map(old -> Evidence.readTrusted(context.target(), old.version()));
        before.flatMap(Checked::value).ifPresent(old -> judged.differ(VersionDiff.between(old, evidence)));
        judged.addAll(context.policies()
                .judge(
                        context.rules(evidence, before, stage, pointer.reason()),
                        rule -> !back || rule.requirement().holdsForRollback()));
        if (context.registry().previous(stage).isPresent()
                && context.policies().applying(stage, evidence.model()).isEmpty()) {
            judged.find(Finding.warn(
                    "gate/no-policy",
                    place,
                    "No policy asks for anything of " + model + " in " + stage + ".",
                    "If that is not meant, add a policy for this stage."));
        }
    }

    private String shown(StagePointer.Previous previous) {
        return model + "@" + previous.version() + " (" + previous.manifest().abbreviated() + ")";
    }

    private void refuse(String rule, String message, String remedy) {
        judged.find(refusal(rule, message, remedy));
    }

    private Finding refusal(String rule, String message, String remedy) {
        return Finding.block("gate/" + rule, place, message, remedy);
    }
}
