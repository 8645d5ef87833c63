package io.modelgate.host;

import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.UserId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Git host as Modelgate needs it: a place to ask for review. Every implementation passes the same contract test. What cannot
 * be reached is an ENVIRONMENT exception, a proposal that is not there NOT_FOUND.
 */
public interface GitHost {
    /** The kind of host, as approvals are recorded: {@code local}, {@code gitea} and so on. */
    String kind();

    /**
     * Whether a gate of its own says verdicts there: {@code modelgate watch}, or the host's CI. Then people's commands leave
     * status and comment to it, so that nobody has to be trusted with them.
     */
    default boolean hasGate() {
        return true;
    }

    /** The page of a proposal for people. */
    default Optional<URI> page(int number) {
        return Optional.empty();
    }

    /** Who this side is on the host. */
    UserId me();

    /**
     * The user with this login; empty where the host says that there is none. A host that knows no list of its users takes any
     * name.
     */
    Optional<UserId> user(String login);

    /**
     * Opens a proposal, or brings an open one of the same author and source up to date: its head moves, and approvals of the
     * old head no longer count.
     */
    Proposal open(ProposalDraft draft);

    /** Proposals in this state, by number. */
    List<Proposal> list(Proposal.State state);

    /**
     * Which proposals may be other than they were: for whoever asks again and again.
     *
     * @param cursor what the last answer gave; empty for all that are open
     */
    default Changes changes(String cursor) {
        return new Changes(
                list(Proposal.State.OPEN).stream().map(Proposal::number).toList(), "");
    }

    /**
     * The refs that the host keeps of proposals which were merged or closed before a time: whoever needs what they lead to has had
     * that long to say so. Proposals of which the host does not tell when they ended are not among them.
     */
    default Set<String> refsOfEnded(Instant before) {
        return Set.of();
    }

    /** One proposal with its reviews. */
    Proposal read(int number);

    /** Says what this user thinks of the present head. */
    void review(int number, ReviewDraft review);

    /** Sets the one comment that has this marker; a second call replaces the text. */
    void comment(int number, String marker, String markdown);

    /** Replaces the text of the comment that has this marker where this user wrote one; whether there was one. */
    default boolean amend(int number, String marker, String markdown) {
        return false;
    }

    /** Says on a commit what the gate thinks of it. */
    void status(CommitId commit, Status status);

    /**
     * Whether this user's last word on a commit stands there: whoever can write may set another status. True where the host does
     * not tell.
     */
    default boolean stands(CommitId commit, Status.State state) {
        return true;
    }

    /**
     * Shows findings beside the lines that they are about, where the host has a place for that and this user may use it.
     *
     * @param status what the gate says of the commit
     */
    default void annotate(CommitId commit, Status status, List<Finding> findings) {
        // most hosts show what CI gives them: 'verify -o sarif' or 'verify -o code-quality'
    }

    /** Merges exactly these commits, or says why not. */
    MergeResult merge(MergeRequest request);

    /** What keeps changes from passing by the gate, as far as this user may see it; empty where nothing can be told. */
    default List<Safeguard> safeguards() {
        return List.of();
    }

    /**
     * Whether a branch has a rule of its own about who may push to it; empty where that cannot be told, such as of a branch that is
     * not there yet.
     */
    default Optional<Boolean> guards(String branch) {
        return Optional.empty();
    }

    /**
     * Sets what {@link #safeguards} finds missing, as far as this user may.
     *
     * @param gate the only user that is to merge, if there is to be one
     */
    default void protect(Optional<String> gate) {
        throw RegistryException.usage(
                "Nothing can be set on a host of the kind " + kind() + ".",
                "Set it by hand, as 'modelgate doctor' says.");
    }

    /** Closes a proposal without merging it. */
    void close(int number);
}
