package io.modelgate.promotion;

import io.modelgate.evidence.StageHistory;
import io.modelgate.evidence.Tenure;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionId;
import java.util.List;
import java.util.Optional;

/** Plans how a stage goes back to a version that was live there before. */
public final class RollingBack {
    private static final int LOOK_BACK = 50;

    private final Workplace workplace;

    public RollingBack(Workplace workplace) {
        this.workplace = workplace;
    }

    /** Plans it; to the latest other version that was live there when none is named. */
    public Checked<Planned> plan(ModelName model, Stage stage, Optional<Version> to, Optional<String> note) {
        CommitId base = workplace.target();
        Promoting promoting = new Promoting(workplace.repository().snapshot(base), base);
        StagePointer now = promoting
                .pointer(stage, model)
                .orElseThrow(() -> RegistryException.notFound(
                        "No version of " + model + " is in " + stage + ".", "See 'modelgate show " + model + "'."));
        to.ifPresent(version -> requireWasLive(new VersionId(model, version), stage, base));
        Version version = to.orElseGet(() -> before(now, stage, model, base));
        return promoting.rollBack(new VersionId(model, version), stage, note);
    }

    private void requireWasLive(VersionId version, Stage stage, CommitId base) {
        StageHistory history = StageHistory.of(workplace.repository(), base);
        boolean was = workplace
                .repository()
                .snapshot(base)
                .read(new RegistryPath.ManifestFile(version).path())
                .filter(manifest -> history.wasLive(stage, version.model(), manifest.digest()))
                .isPresent();
        if (!was) {
            throw RegistryException.notFound(
                    version + " was never in " + stage + "; a roll-back goes only to what was there before.",
                    "See what was: 'modelgate history " + version.model() + " --stage " + stage + "'. Or promote it.");
        }
    }

    private Version before(StagePointer now, Stage stage, ModelName model, CommitId base) {
        List<Tenure> tenures = StageHistory.of(workplace.repository(), base).tenures(stage, model, LOOK_BACK);
        return tenures.stream()
                .map(tenure -> tenure.pointer().target().version())
                .filter(version -> !version.equals(now.target().version()))
                .findFirst()
                .orElseThrow(() -> RegistryException.notFound(
                        "No other version of " + model + " was in " + stage + " before.",
                        "See 'modelgate history " + model + " --stage " + stage + "'."));
    }
}
