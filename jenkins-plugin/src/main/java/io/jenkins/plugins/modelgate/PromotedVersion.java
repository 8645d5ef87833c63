package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.Action;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.StagePointer;
import java.util.List;

/** Tells a run which version was promoted. Runs for other moves of pointers are never folded into it. */
public final class PromotedVersion extends InvisibleAction implements EnvironmentContributingAction, Queue.QueueAction {
    private final String model;
    private final String version;
    private final String stage;
    private final String digest;
    private final String commit;

    PromotedVersion(StagePointer pointer, CommitId commit) {
        this.model = pointer.model().toString();
        this.version = pointer.target().version().toString();
        this.stage = pointer.stage().name();
        this.digest = pointer.target().artifacts().toString();
        this.commit = commit.hex();
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars environment) {
        environment.put("MODELGATE_MODEL", model);
        environment.put("MODELGATE_VERSION", version);
        environment.put("MODELGATE_STAGE", stage);
        environment.put("MODELGATE_DIGEST", digest);
    }

    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream()
                .filter(PromotedVersion.class::isInstance)
                .map(PromotedVersion.class::cast)
                .noneMatch(
                        other -> other.model.equals(model) && other.stage.equals(stage) && other.commit.equals(commit));
    }
}
