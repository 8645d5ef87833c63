package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.StageHistory;
import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a rule may look at.
 *
 * @param evidence everything known about the version
 * @param incumbent everything known about the version that is in the stage now; findings when it cannot be read any more
 * @param stage the stage that it is to enter
 * @param now the time of the judgement
 * @param review who made the proposal and what reviewers said
 * @param registry people, roles and stages, as the target branch has them
 * @param history what was in the stages when
 */
public record JudgeContext(
        Evidence evidence,
        Optional<Checked<Evidence>> incumbent,
        Stage stage,
        Instant now,
        ReviewState review,
        RegistryConfig registry,
        StageHistory history) {
    /**
     * The state of a review.
     *
     * @param head the commit that asks to be merged
     * @param participants who made it
     * @param reviews what each reviewer last said
     */
    public record ReviewState(CommitId head, Participants participants, List<Review> reviews) {
        public ReviewState {
            reviews = List.copyOf(reviews);
        }
    }
}
