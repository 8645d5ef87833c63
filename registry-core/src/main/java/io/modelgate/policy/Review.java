package io.modelgate.policy;

import io.modelgate.git.CommitId;
import io.modelgate.manifest.UserId;
import java.util.Locale;

/**
 * What a reviewer last said about a proposal.
 *
 * @param by the reviewer's user id on the host
 * @param state what they said
 * @param commit the head that they said it about
 */
public record Review(UserId by, State state, CommitId commit) {
    /** What a review says. */
    public enum State {
        APPROVED,
        CHANGES_REQUESTED,
        COMMENTED,
        DISMISSED;

        /** The word in files and messages. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
