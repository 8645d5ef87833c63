package io.modelgate.gate;

import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.Measurements;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.policy.ApprovalsRequirement;
import java.util.Optional;

/**
 * Judges a changed model.yaml. Where the model is live, those who approve releases of it by its old tier and labels approve
 * the change too: a model does not choose its own policies.
 */
final class ModelEdit {
    private final GateContext context;
    private final Judged judged;

    ModelEdit(GateContext context, Judged judged) {
        this.context = context;
        this.judged = judged;
    }

    void judge(SourceFile file, RegistryPath.ModelFile path) {
        Checked<Model> read = Model.read(file);
        judged.find(read.findings());
        context.merged(path, Model::readTrusted).ifPresent(old -> {
            read.value().ifPresent(young -> compare(old, young, Place.file(file.path())));
            for (Stage stage : context.registry().stages()) {
                context.incumbent(stage, path.model()).ifPresent(pointer -> approvals(old, pointer));
            }
        });
    }

    private void compare(Model old, Model young, Place place) {
        if (young.riskTier().compareTo(old.riskTier()) < 0) {
            judged.find(Finding.warn(
                    "gate/risk-tier",
                    place,
                    "The risk tier goes down from " + old.riskTier().word() + " to "
                            + young.riskTier().word() + ".",
                    "Say in the proposal why the model can do less harm than it could."));
        }
    }

    private void approvals(Model old, StagePointer pointer) {
        RegistryPath.ManifestFile manifest = new RegistryPath.ManifestFile(pointer.version());
        context.merged(manifest, ModelVersion::readTrusted)
                .map(version -> new Evidence(
                        old,
                        version,
                        pointer.target().manifest(),
                        Optional.empty(),
                        Measurements.NONE,
                        Optional.empty(),
                        Optional.empty()))
                .ifPresent(evidence -> judged.addAll(context.policies()
                        .judge(
                                context.rules(evidence, Optional.empty(), pointer.stage(), StagePointer.Reason.PROMOTE),
                                rule -> rule.requirement() instanceof ApprovalsRequirement)));
    }
}
