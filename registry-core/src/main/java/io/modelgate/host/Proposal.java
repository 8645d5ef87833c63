package io.modelgate.host;

import io.modelgate.git.CommitId;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Review;
import java.util.List;
import java.util.Locale;

/**
 * A change that asks to be merged.
 *
 * @param number its number on the host
 * @param text title, description and source
 * @param state whether it is open
 * @param head the commit that asks to be merged
 * @param participants who made it
 * @param reviews what each reviewer last said, by user id
 */
public record Proposal(
        int number, ProposalText text, State state, CommitId head, Participants participants, List<Review> reviews) {
    public Proposal {
        reviews = List.copyOf(reviews);
    }

    /** Where a proposal is in its life. */
    public enum State {
        OPEN,
        MERGED,
        CLOSED;

        /** The word in files and messages. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public String title() {
        return text.title();
    }
}
