package io.modelgate.deploy;

import io.modelgate.git.CommitId;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import java.time.Instant;

/**
 * A version that is to be handed to a target.
 *
 * @param target where to
 * @param pointer the stage pointer that asks for it
 * @param manifest the version
 * @param rendered what is made of it for the target; its path is a file name to keep it under
 * @param commit the commit of the target branch that has all that
 */
public record Order(
        DeploymentTarget target, StagePointer pointer, ModelVersion manifest, SourceFile rendered, CommitId commit) {
    /** The model and the target. */
    public Destination destination() {
        return new Destination(target.stage(), target.name(), pointer.model());
    }

    /** The version. */
    public VersionId version() {
        return pointer.version();
    }

    Deployment planned(Instant now) {
        return new Deployment(destination(), pointer.target(), rendered.digest(), commit, Attempt.planned(now));
    }
}
