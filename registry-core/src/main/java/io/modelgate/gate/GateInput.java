package io.modelgate.gate;

import io.modelgate.evidence.StageHistory;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.Snapshot;
import io.modelgate.policy.JudgeContext.ReviewState;
import java.time.Instant;

/**
 * Everything a verdict depends on.
 *
 * @param target the target branch; it has a commit
 * @param merge what merging the head into it would give
 * @param review the head, who made it, what reviewers said
 * @param now the time of the judgement
 * @param history what was in the stages when, up to the target
 * @param stores where bytes are
 */
public record GateInput(
        Snapshot target,
        MergeOutcome merge,
        ReviewState review,
        Instant now,
        StageHistory history,
        StoreAccess stores) {
    public GateInput {
        if (target.commit().isEmpty()) {
            throw new IllegalArgumentException("the target must be a commit");
        }
    }
}
