package io.jenkins.plugins.modelgate;

import hudson.model.Cause;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.StagePointer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A stage points to another version. */
public final class PromotionCause extends Cause {
    private final String model;
    private final String version;
    private final String stage;
    private final String commit;

    PromotionCause(StagePointer pointer, CommitId commit) {
        this.model = pointer.model().toString();
        this.version = pointer.target().version().toString();
        this.stage = pointer.stage().name();
        this.commit = commit.hex();
    }

    /** {@code namespace/name}. */
    public String getModel() {
        return model;
    }

    /** The version alone, such as {@code 1.4.0}. */
    public String getVersion() {
        return version;
    }

    public String getStage() {
        return stage;
    }

    /** The commit of the registry's target branch that was looked at. */
    public String getCommit() {
        return commit;
    }

    @Restricted(NoExternalUse.class)
    @Override
    public String getShortDescription() {
        return "Stage " + stage + " points to " + model + "@" + version + " since " + commit.substring(0, 10);
    }
}
