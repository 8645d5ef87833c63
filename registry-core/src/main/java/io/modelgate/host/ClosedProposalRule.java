package io.modelgate.host;

import io.modelgate.git.CommitId;
import java.util.Optional;

/** A proposal is closed once: as merged when its head is on the target branch, else by somebody who may. */
final class ClosedProposalRule implements RefRule {
    @Override
    public void judge(PushedRef pushed, Push push) {
        int number = LocalRefs.number(pushed.ref()).orElseThrow();
        if (pushed.before().isPresent() || pushed.after().isEmpty()) {
            push.refuse(pushed, "closed", "Proposal " + number + " is closed for good.", "Open a new one.");
            return;
        }
        String open = LocalRefs.open(number);
        Optional<CommitId> tip = push.repository().ref(open);
        Optional<ProposalEvent> old =
                tip.flatMap(commit -> push.proposals().event(commit).value());
        if (old.isEmpty() || push.after(open).isPresent()) {
            push.refuse(
                    pushed,
                    "closed",
                    "Proposal " + number + " is not open, or would stay open.",
                    "Close it with Modelgate, which deletes " + open + " in the same push.");
            return;
        }
        PushedEvent event = PushedEvent.on(pushed, push, true);
        event.after(tip)
                .flatMap(
                        commit -> event.document(commit, ProposalEvent.FILE, ProposalEvent::read, ProposalEvent::toFile)
                                .filter(end -> commit.parents().get(1).equals(end.head())))
                .ifPresentOrElse(
                        end -> judge(pushed, old.get(), end, push),
                        () -> push.refuse(pushed, "event", "It does not close the proposal.", "Use Modelgate."));
    }

    private static void judge(PushedRef pushed, ProposalEvent old, ProposalEvent end, Push push) {
        if (end.state() == Proposal.State.OPEN || !end.equals(old.ended(end.state(), push.pusher()))) {
            push.refuse(
                    pushed,
                    "event",
                    "proposal.yaml is not what closes proposal " + old.number() + " for " + push.pusher() + ".",
                    "Use Modelgate to write it.");
        } else if (end.state() == Proposal.State.MERGED && !willBeMerged(old.head(), push)) {
            push.refuse(
                    pushed,
                    "merged",
                    "It says that proposal " + old.number() + " is merged, and it is not.",
                    "Merge it: 'modelgate merge " + old.number() + "'.");
        } else if (end.state() == Proposal.State.CLOSED
                && !old.mayBeClosedBy(push.pusher(), push.proposals().people().governance())) {
            push.refuse(
                    pushed,
                    "author",
                    "Only " + old.author() + " or a holder of a role closes proposal " + old.number() + ".",
                    "Ask " + old.author() + ".");
        }
    }

    private static boolean willBeMerged(CommitId head, Push push) {
        return push.after(push.branch())
                .filter(target -> push.repository().isAncestor(head, target))
                .isPresent();
    }
}
