package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.UserId;
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

        /** That a proposal in this state is open; CONFLICT when it is not any more. */
        public void requireOpen(int number) {
            if (this != OPEN) {
                throw RegistryException.conflict(
                        "Proposal " + number + " is " + word() + ".", "See what is open: 'modelgate proposals'.");
            }
        }
    }

    /** That this user may say this of it now: CONFLICT when it moved or is not open, USAGE for an approval of one's own. */
    public void require(ReviewDraft draft, UserId me) {
        requireOpen();
        if (draft.head().filter(seen -> !seen.equals(head)).isPresent()) {
            throw RegistryException.conflict(
                    "Proposal " + number + " moved to " + head.abbreviated() + " since you looked at it.",
                    "Look again: 'modelgate verify " + number + "'.");
        }
        if (draft.state() == Review.State.APPROVED && participants.include(me)) {
            throw RegistryException.usage(
                    me
                            + (participants.isRequester(me)
                                    ? " asked for proposal " + number
                                    : " made proposal " + number + " or pushed to it")
                            + ", and cannot approve it.",
                    "Ask somebody else: 'modelgate review " + number + " --approve'.");
        }
    }

    /** That it is open; CONFLICT when it is not any more. */
    public void requireOpen() {
        state.requireOpen(number);
    }

    public String title() {
        return text.title();
    }

    /** Whether it is open and its author is not done with it: hosts merge no drafts. */
    public boolean isDraft() {
        return state == State.OPEN && text.isDraft();
    }
}
