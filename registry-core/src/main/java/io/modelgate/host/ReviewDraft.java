package io.modelgate.host;

import io.modelgate.git.CommitId;
import io.modelgate.policy.Review;
import java.util.Optional;

/**
 * A review to give.
 *
 * @param state what it says
 * @param text words; may be empty
 * @param head the head that the reviewer looked at, if known: a proposal that moved in between is not reviewed
 */
public record ReviewDraft(Review.State state, String text, Optional<CommitId> head) {
    private static final int LONGEST = 60_000;

    public ReviewDraft {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a review has at most " + LONGEST + " characters");
        }
    }

    /** A review of whatever the head is now. */
    public ReviewDraft(Review.State state, String text) {
        this(state, text, Optional.empty());
    }
}
