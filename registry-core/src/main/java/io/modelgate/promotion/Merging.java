package io.modelgate.promotion;

import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.MergeMessage;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.Proposal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Merges a proposal exactly as it was judged; when head or target move in between, it is judged again. */
public final class Merging {
    private final Workplace workplace;

    public Merging(Workplace workplace) {
        this.workplace = workplace;
    }

    /** Judges and, when the verdict is pass, merges the proposal with the head that it has. */
    public Submission merge(int number) {
        return merge(number, proposal -> {
                    if (proposal.state() != Proposal.State.OPEN) {
                        throw RegistryException.conflict(
                                "Proposal " + number + " is " + proposal.state().word() + ".",
                                "See what is open: 'modelgate proposals'.");
                    }
                    return true;
                })
                .orElseThrow();
    }

    /**
     * The same for the proposal as this process opened it; empty when it was merged meanwhile, or asks for something else: whoever
     * asked for this must not be told that another head was merged. CONFLICT when it was closed.
     */
    Optional<Submission> merge(Proposal opened) {
        return merge(opened.number(), proposal -> {
            if (proposal.state() == Proposal.State.CLOSED) {
                throw RegistryException.conflict(
                        "Somebody closed proposal " + opened.number() + " before it was merged.",
                        "Ask who and why; the same command opens another one.");
            }
            return proposal.state() == Proposal.State.OPEN && proposal.head().equals(opened.head());
        });
    }

    private Optional<Submission> merge(int number, Predicate<Proposal> wanted) {
        Backoff backoff = new Backoff();
        while (true) {
            Proposal proposal = workplace.host().read(number);
            if (!wanted.test(proposal)) {
                return Optional.empty();
            }
            CommitId target = workplace.target();
            Verdict verdict = workplace.judging().judge(target, proposal);
            if (verdict.outcome() != Verdict.Outcome.PASS) {
                new Publishing(workplace).judge(proposal);
                return Optional.of(submission(proposal, verdict, Optional.empty()));
            }
            if (workplace.host().hasGate() && new Publishing(workplace).mayBeGate()) {
                new Publishing(workplace).say(proposal, verdict);
            }
            String message = MergeMessage.of(
                    proposal,
                    verdict,
                    workplace.host().kind(),
                    Workplace.config(workplace.repository().snapshot(target)).governance());
            MergeResult result = workplace.host().merge(new MergeRequest(number, proposal.head(), target, message));
            if (result instanceof MergeResult.Merged merged) {
                return Optional.of(submission(proposal, verdict, Optional.of(merged.commit())));
            }
            if (result instanceof MergeResult.MergedOnto merged) {
                return Optional.of(submission(proposal, judgedAfter(proposal, merged), Optional.of(merged.commit())));
            }
            if (result instanceof MergeResult.Refused refused) {
                throw RegistryException.conflict(
                        "The host did not merge proposal " + number + ": " + refused.why() + ".",
                        new Publishing(workplace).mayBeGate()
                                ? "Mend that and try again."
                                : "Leave it to the gate that registry.yaml names: 'modelgate watch --merge' there.");
            }
            if (!backoff.again()) {
                throw RegistryException.conflict(
                        "Proposal " + number + " could not be merged: others merge all the time.", "Try again.");
            }
        }
    }

    /** Hosts cannot be told what to merge into: what they merged onto another commit than was judged is judged again, as it is. */
    private Verdict judgedAfter(Proposal proposal, MergeResult.MergedOnto merged) {
        Verdict verdict = workplace.judging().judge(merged.target(), proposal);
        if (verdict.outcome() != Verdict.Outcome.PASS) {
            throw RegistryException.integrity(
                    "Proposal " + proposal.number() + " was merged as " + merged.commit()
                            + " while another proposal was, and together they are wrong: "
                            + String.join(" ", verdict.next()),
                    "Revert it now ('git revert -m 1 " + merged.commit().abbreviated()
                            + "'), and let only one process merge.");
        }
        return verdict;
    }

    private static Submission submission(Proposal proposal, Verdict verdict, Optional<CommitId> merged) {
        return new Submission(proposal.title(), Optional.of(verdict), OptionalInt.of(proposal.number()), merged);
    }
}
