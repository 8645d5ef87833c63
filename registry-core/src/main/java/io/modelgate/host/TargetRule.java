package io.modelgate.host;

import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.RegistryRepository;
import io.modelgate.policy.JudgeContext.ReviewState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The target branch moves by one commit: the merge of the head of an open proposal, exactly as the gate would make it, when
 * the gate says pass here and now.
 */
final class TargetRule implements RefRule {
    /** How old a merge may be: its time says since when a version is in a stage, so nobody may date it back. */
    private static final Duration OLDEST = Duration.ofMinutes(15);

    private static final String PROPOSE =
            "Push it to a branch of your own and open a proposal, or use 'modelgate register' and 'modelgate promote'.";

    private final Judging judging;

    TargetRule(Judging judging) {
        this.judging = judging;
    }

    @Override
    public void judge(PushedRef pushed, Push push) {
        if (pushed.after().isEmpty()) {
            refuse(pushed, push, "delete", "The target branch is never deleted.", "Leave it.");
        } else if (pushed.before().isEmpty()) {
            FirstCommit.judge(pushed, push);
        } else if (!push.repository().has(pushed.after().get())) {
            refuse(pushed, push, "direct", "It is not a commit.", PROPOSE);
        } else {
            judge(
                    pushed,
                    pushed.before().get(),
                    push.repository().facts(pushed.after().get()),
                    push);
        }
    }

    private void judge(PushedRef pushed, CommitId before, CommitFacts merge, Push push) {
        RegistryRepository repository = push.repository();
        if (!repository.isAncestor(before, merge.id())) {
            refuse(
                    pushed,
                    push,
                    "force",
                    "This would take back what is merged.",
                    "Fetch, and propose a change instead.");
        } else if (merge.parents().size() != 2 || !merge.parents().get(0).equals(before)) {
            refuse(pushed, push, "direct", "The target branch moves only by the merge of one proposal.", PROPOSE);
        } else {
            push.checkClaims(pushed, merge);
            checkTime(pushed, repository.facts(before).committedAt(), merge.committedAt(), push);
            proposal(pushed, merge, push).ifPresent(event -> judge(pushed, event, merge, push));
        }
    }

    private static void checkTime(PushedRef pushed, Instant before, Instant merged, Push push) {
        if (merged.isBefore(before) || merged.isBefore(push.now().minus(OLDEST))) {
            refuse(
                    pushed,
                    push,
                    "time",
                    "The merge is of " + merged + ", and here it is " + push.now() + ".",
                    "Merge now: 'modelgate merge'. If that does not help, set your machine's clock.");
        }
    }

    /** The open proposal that the merge says it merges, if it has that head and stays so. */
    private static Optional<ProposalEvent> proposal(PushedRef pushed, CommitFacts merge, Push push) {
        CommitId head = merge.parents().get(1);
        Optional<ProposalEvent> proposal = merge.trailer("Modelgate-Proposal")
                .flatMap(number -> LocalRefs.number(LocalRefs.OPEN + number).stream()
                        .boxed()
                        .findFirst())
                .flatMap(push.proposals()::open);
        if (proposal.filter(event -> event.head().equals(head)).isEmpty()) {
            refuse(
                    pushed,
                    push,
                    "proposal",
                    "Commit " + head.abbreviated() + " is not the head of the open proposal that the merge names ("
                            + merge.trailer("Modelgate-Proposal").orElse("none") + ").",
                    "Merge a proposal as it is now: 'modelgate merge <number>'.");
            return Optional.empty();
        }
        String open = LocalRefs.open(proposal.get().number());
        if (push.after(open).isPresent() && push.moves(open)) {
            refuse(pushed, push, "proposal", "The proposal moves in the same push.", "Merge it first.");
            return Optional.empty();
        }
        return proposal;
    }

    private void judge(PushedRef pushed, ProposalEvent event, CommitFacts merge, Push push) {
        RegistryRepository repository = push.repository();
        CommitId target = merge.parents().get(0);
        Proposal proposal = push.proposals().proposal(event);
        MergeOutcome outcome = repository.merge(target, event.head());
        Verdict verdict = judging.judge(
                target, outcome, new ReviewState(proposal.head(), proposal.participants(), proposal.reviews()));
        push.find(verdict.findings());
        if (verdict.outcome() != Verdict.Outcome.PASS) {
            refuse(
                    pushed,
                    push,
                    "verdict",
                    "The verdict on proposal " + event.number() + " is "
                            + verdict.outcome().word() + ".",
                    String.join(" ", verdict.next()));
        } else if (!(outcome instanceof MergeOutcome.Merged merged)
                || !merged.result()
                        .tree()
                        .equals(repository.snapshot(merge.id()).tree())) {
            refuse(
                    pushed,
                    push,
                    "tree",
                    "The merge holds something else than what merging proposal " + event.number() + " gives.",
                    "Merge it with Modelgate: 'modelgate merge " + event.number() + "'.");
        } else {
            checkMessage(pushed, proposal, verdict, merge, push);
        }
    }

    private static void checkMessage(
            PushedRef pushed, Proposal proposal, Verdict verdict, CommitFacts merge, Push push) {
        String expected = MergeMessage.of(
                proposal, verdict, LocalRefs.KIND, push.proposals().people().governance());
        if (!merge.message().equals(expected)) {
            refuse(
                    pushed,
                    push,
                    "message",
                    "The message of the merge is not what was decided: "
                            + expected.strip().replace("\n\n", ": ").replace("\n", ", ") + ".",
                    "Merge it with the version of Modelgate that the registry uses.");
        }
    }

    private static void refuse(PushedRef pushed, Push push, String rule, String message, String remedy) {
        push.refuse(pushed, rule, message, remedy);
    }
}
