package io.modelgate.evidence;

import io.modelgate.git.CommitFacts;
import io.modelgate.manifest.StagePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time during which one version was in a stage, without a break.
 *
 * @param pointer the stage pointer as it was set
 * @param from since when
 * @param to until when; empty when it is still there
 * @param commit the commit of the target branch that set it
 */
public record Tenure(StagePointer pointer, Instant from, Optional<Instant> to, CommitFacts commit) {
    /** How long it lasted until it ended, or until now; zero when the clock says that it has not begun. */
    public Duration length(Instant now) {
        Duration length = Duration.between(from, to.orElse(now));
        return length.isNegative() ? Duration.ZERO : length;
    }

    /** Who approved it, as the commit says: user ids of the Git host with names. */
    public List<String> approvedBy() {
        return commit.trailers("Approved-by");
    }
}
