package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.policy.Review;
import java.util.Optional;

/** A review is said by its reviewer, of the present head of an open proposal, and never taken out of the record. */
final class ReviewRule implements RefRule {
    @Override
    public void judge(PushedRef pushed, Push push) {
        int number = LocalRefs.number(pushed.ref()).orElseThrow();
        if (!OwnRefs.isWritable(pushed, push)) {
            return;
        }
        Optional<ProposalEvent> proposal = push.proposals().open(number);
        if (proposal.isEmpty() || push.moves(LocalRefs.open(number))) {
            push.refuse(
                    pushed,
                    "closed",
                    "Proposal " + number + " is not open, or moves in the same push.",
                    "Review what is there: 'modelgate proposals'.");
            return;
        }
        PushedEvent event = PushedEvent.on(pushed, push, true);
        event.after(pushed.before())
                .ifPresent(commit -> event.document(commit, ReviewEvent.FILE, ReviewEvent::read, ReviewEvent::toFile)
                        .ifPresent(review -> judge(pushed, commit, review.review(), proposal.get(), push)));
    }

    private static void judge(PushedRef pushed, CommitFacts commit, Review review, ProposalEvent proposal, Push push) {
        int number = proposal.number();
        if (!review.by().equals(push.pusher())) {
            push.refuse(
                    pushed,
                    "forged",
                    "The review says that it is by " + review.by() + ", and " + push.pusher() + " pushes it.",
                    push.ownName());
        }
        if (!review.commit().equals(proposal.head())
                || !commit.parents().get(commit.parents().size() - 1).equals(proposal.head())) {
            push.refuse(
                    pushed,
                    "head",
                    "The review is of " + review.commit().abbreviated() + ", and the head of proposal " + number
                            + " is " + proposal.head().abbreviated() + ".",
                    "Look at it again: 'modelgate verify " + number + "'.");
        }
        if (review.state() == Review.State.APPROVED
                && push.proposals().participants(proposal).include(push.pusher())) {
            push.refuse(
                    pushed,
                    "own",
                    push.pusher() + " made proposal " + number
                            + ", pushed to it or asked for it, and cannot approve it.",
                    "Ask somebody else.");
        }
    }
}
