package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import java.util.Optional;

/** A proposal is there, but asks to be merged into another branch than the registry's: NOT_FOUND among the registry's own. */
public final class RetargetedException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final String into;
    private final String head;

    /**
     * @param into the branch that it asks to be merged into
     * @param branch the registry's target branch
     * @param head its head, where the host tells the whole of it
     */
    public RetargetedException(int number, String into, String branch, Optional<CommitId> head) {
        super(
                Kind.NOT_FOUND,
                "Proposal " + number + " asks to be merged into " + into + ", and the registry is " + branch + ".",
                "Give it the right target branch.");
        this.number = number;
        this.into = into;
        this.head = head.map(CommitId::toString).orElse("");
    }

    /** The proposal. */
    public int number() {
        return number;
    }

    /** The branch that it asks to be merged into. */
    public String into() {
        return into;
    }

    /** Its head; empty where the host does not tell the whole of it. */
    public Optional<CommitId> head() {
        return head.isEmpty() ? Optional.empty() : Optional.of(new CommitId(head));
    }
}
