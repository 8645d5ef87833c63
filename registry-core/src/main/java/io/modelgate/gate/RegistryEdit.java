package io.modelgate.gate;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.policy.Policies;

/** Judges a changed registry.yaml: what is there already must still fit to it. */
final class RegistryEdit {
    private final GateContext context;
    private final Judged judged;

    RegistryEdit(GateContext context, Judged judged) {
        this.context = context;
        this.judged = judged;
    }

    void judge(SourceFile file) {
        Checked<RegistryConfig> read = RegistryConfig.read(file);
        judged.find(read.findings());
        read.value().ifPresent(young -> judge(young, Place.file(file.path())));
    }

    private void judge(RegistryConfig young, Place place) {
        RegistryConfig old = context.registry();
        old.stages().stream()
                .filter(stage -> !young.has(stage) && isUsed(stage))
                .forEach(stage -> judged.find(Finding.block(
                        "gate/stage-in-use",
                        place,
                        "The stage " + stage + " is taken away, but versions or targets are in it.",
                        "Keep the stage.")));
        if (!young.branch().equals(old.branch())) {
            judged.find(Finding.block(
                    "gate/branch", place, "The target branch of a registry does not change.", "Restore 'branch'."));
        }
        old.stores().stream()
                .filter(store -> !young.stores().contains(store))
                .forEach(store -> judged.find(moved(store, place)));
        judged.find(Policies.check(context.merged(), young).findings());
    }

    private boolean isUsed(Stage stage) {
        return !context.merged().list("stages/" + stage).isEmpty()
                || !context.merged().list("targets/" + stage).isEmpty();
    }

    private static Finding moved(StoreConfig store, Place place) {
        return Finding.warn(
                "gate/store-changed",
                place,
                "The store " + store.name()
                        + " is taken away or moves: versions that name it are looked for elsewhere.",
                "Make sure that their bytes are there.");
    }
}
