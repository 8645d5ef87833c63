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
 * @param isUnheeded whether it is an approval of somebody whom neither host nor registry trusts: a mere remark then
 */
public record Review(UserId by, State state, CommitId commit, Set<Team> teams, boolean isUnheeded) {
    public Review {
        teams = java.util.Collections.unmodifiableSet(new TreeSet<>(teams));
        if (isUnheeded && state != State.COMMENTED) {
            throw new IllegalArgumentException("what is not heeded is a remark");
        }
    }

    /** A review that is what it says. */
    public Review(UserId by, State state, CommitId commit, Set<Team> teams) {
        this(by, state, commit, teams, false);
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
