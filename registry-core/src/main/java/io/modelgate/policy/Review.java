package io.modelgate.policy;

import io.modelgate.git.CommitId;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a reviewer last said about a proposal.
 *
 * @param by the reviewer's user id on the host
 * @param state what they said
 * @param commit the head that they said it about
 * @param teams those of the reviewer's teams on the host that give a role
 * @param heed why it is a mere remark although it was an approval, if so
 */
public record Review(UserId by, State state, CommitId commit, Set<Team> teams, Heed heed) {
    public Review {
        teams = java.util.Collections.unmodifiableSet(new TreeSet<>(teams));
        if (heed != Heed.FULL && state != State.COMMENTED) {
            throw new IllegalArgumentException("what is not heeded is a remark");
        }
    }

    /** A review that is what it says. */
    public Review(UserId by, State state, CommitId commit, Set<Team> teams) {
        this(by, state, commit, teams, Heed.FULL);
    }

    /** Somebody's approval that is no more than a remark. */
    public static Review unheeded(UserId by, CommitId commit, Heed why) {
        return new Review(by, State.COMMENTED, commit, Set.of(), why);
    }

    /** Whether it is an approval that is no more than a remark. */
    public boolean isUnheeded() {
        return heed != Heed.FULL;
    }

    /** Whether a review is what it says. */
    public enum Heed {
        FULL,
        /** An approval of somebody whom neither host nor registry trusts. */
        STRANGER,
        /** An approval given when the proposal was to be merged into another branch. */
        OTHER_CHANGE
    }

    /** A review by somebody of no team. */
    public Review(UserId by, State state, CommitId commit) {
        this(by, state, commit, Set.of());
    }

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
