package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a rule may look at.
 *
 * @param evidence everything known about the version
 * @param incumbent everything known about the version that is in the stage now; findings when it cannot be read any more
 * @param stage the stage that it is to enter
 * @param occasion when and why it is judged
 * @param review who made the proposal and what reviewers said
 * @param registry people, roles and stages, as the target branch has them
 * @param around what else can be asked
 */
public record JudgeContext(
        Evidence evidence,
        Optional<Checked<Evidence>> incumbent,
        Stage stage,
        Occasion occasion,
        ReviewState review,
        RegistryConfig registry,
        Surroundings around) {
    /**
     * When and why a version is judged.
     *
     * @param now the time of the judgement
     * @param reason why the stage is to move
     */
    public record Occasion(Instant now, Reason reason) {}

    Instant now() {
        return occasion.now();
    }

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
