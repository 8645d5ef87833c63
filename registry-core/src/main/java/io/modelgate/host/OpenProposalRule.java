package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import java.util.Optional;

/** An open proposal is opened and moved by its author, and goes only when it is closed. */
final class OpenProposalRule implements RefRule {
    @Override
    public void judge(PushedRef pushed, Push push) {
        int number = LocalRefs.number(pushed.ref()).orElseThrow();
        if (pushed.after().isEmpty()) {
            if (push.after(LocalRefs.closed(number)).isEmpty()) {
                push.refuse(
                        pushed, "append-only", "A proposal is not deleted.", "Close it: 'modelgate review --close'.");
            }
            return;
        }
        if (push.after(LocalRefs.closed(number)).isPresent()) {
            push.refuse(pushed, "closed", "Proposal " + number + " is closed.", "Open a new one.");
            return;
        }
        if (number > 1 && !isThere(number - 1, push)) {
            push.refuse(
                    pushed,
                    "number",
                    "There is no proposal " + (number - 1) + "; numbers have no gaps.",
                    "Open it with Modelgate, which finds the next number.");
        }
        PushedEvent event = PushedEvent.on(pushed, push, true);
        event.after(pushed.before())
                .ifPresent(
                        commit -> event.document(commit, ProposalEvent.FILE, ProposalEvent::read, ProposalEvent::toFile)
                                .ifPresent(proposal -> judge(pushed, commit, proposal, push)));
    }

    private static void judge(PushedRef pushed, CommitFacts commit, ProposalEvent event, Push push) {
        int number = LocalRefs.number(pushed.ref()).orElseThrow();
        ProposalDraft draft = new ProposalDraft(event.text(), head(commit));
        Optional<ProposalEvent> old =
                pushed.before().flatMap(before -> push.proposals().event(before).value());
        if (pushed.before().isPresent() && old.isEmpty()) {
            push.refuse(pushed, "event", "The proposal as it is cannot be read.", "Close it, and open a new one.");
            return;
        }
        if (old.filter(present -> !present.author().equals(push.pusher())).isPresent()) {
            push.refuse(
                    pushed,
                    "author",
                    "Proposal " + number + " is " + old.get().author() + "'s; " + push.pusher() + " cannot change it.",
                    "Open a proposal of your own, or review this one.");
            return;
        }
        if (!event.by().equals(push.pusher())) {
            push.refuse(
                    pushed,
                    "forged",
                    "The proposal says that it is by " + event.by() + ", and " + push.pusher() + " pushes it.",
                    push.ownName());
            return;
        }
        ProposalEvent expected = old.map(present -> present.moved(draft.head(), draft.text(), push.pusher()))
                .orElseGet(() -> ProposalEvent.first(number, draft, push.pusher()));
        if (!event.equals(expected)) {
            push.refuse(
                    pushed,
                    "event",
                    "proposal.yaml is not what " + push.pusher() + " can say of proposal " + number + " with head "
                            + draft.head().abbreviated() + ".",
                    "Use Modelgate to write it.");
            return;
        }
        push.proposals()
                .obstacle(draft.head())
                .ifPresent(why -> push.refuse(pushed, "head", why, "Start from the target branch."));
    }

    private static CommitId head(CommitFacts commit) {
        return commit.parents().get(commit.parents().size() - 1);
    }

    private static boolean isThere(int number, Push push) {
        return push.after(LocalRefs.open(number)).isPresent()
                || push.after(LocalRefs.closed(number)).isPresent();
    }
}
