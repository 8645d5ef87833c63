package io.modelgate.promotion;

import io.modelgate.gate.Verdict;
import io.modelgate.host.Proposal;
import io.modelgate.host.Status;

/** Judges a proposal and says the verdict where reviewers and the host see it. */
public final class Publishing {
    private final Workplace workplace;

    public Publishing(Workplace workplace) {
        this.workplace = workplace;
    }

    /** Judges a proposal; where the host has no gate of its own, also sets the status of the head. */
    public Verdict judge(Proposal proposal) {
        Verdict verdict = workplace.judging().judge(workplace.target(), proposal);
        if (!workplace.host().hasGate()) {
            say(proposal, verdict);
        }
        return verdict;
    }

    /** Sets the status of the head that was judged. */
    public void say(Proposal proposal, Verdict verdict) {
        workplace.host().status(proposal.head(), new Status(state(verdict), String.join(" ", verdict.next())));
    }

    private static Status.State state(Verdict verdict) {
        return switch (verdict.outcome()) {
            case PASS -> Status.State.SUCCESS;
            case FAIL -> Status.State.FAILURE;
            case PENDING -> Status.State.PENDING;
        };
    }
}
