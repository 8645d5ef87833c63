package io.modelgate.host;

import io.modelgate.evidence.StageHistory;
import io.modelgate.gate.Gate;
import io.modelgate.gate.GateInput;
import io.modelgate.gate.OpenedStores;
import io.modelgate.gate.StoreAccess;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.RegistryRepository;
import io.modelgate.policy.JudgeContext.ReviewState;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Brings together what the gate needs to judge a commit that asks to be merged.
 *
 * @param repository where both commits are
 * @param storeBase what relative store addresses are relative to
 * @param clock the time of the judgement
 */
public record Judging(RegistryRepository repository, Path storeBase, Clock clock) {
    /** Judges the present head of a proposal on a commit of the target branch. */
    public Verdict judge(CommitId target, Proposal proposal) {
        Verdict verdict = judge(target, new ReviewState(proposal.head(), proposal.participants(), proposal.reviews()));
        return proposal.isDraft() ? verdict.ofDraft() : verdict;
    }

    /** Judges a head on a commit of the target branch. */
    public Verdict judge(CommitId target, ReviewState review) {
        return judge(target, repository.merge(target, review.head()), review);
    }

    /** Judges a merge result that is there already. */
    public Verdict judge(CommitId target, MergeOutcome merge, ReviewState review) {
        return judge(target, merge, review, stores());
    }

    /** Judges a head whose bytes are not all in the stores yet. */
    public Verdict judge(CommitId target, ReviewState review, StoreAccess stores) {
        return judge(target, repository.merge(target, review.head()), review, stores);
    }

    /** The stores as they are. */
    public StoreAccess stores() {
        return new OpenedStores(storeBase);
    }

    private Verdict judge(CommitId target, MergeOutcome merge, ReviewState review, StoreAccess stores) {
        return Gate.judge(new GateInput(
                repository.snapshot(target),
                merge,
                review,
                clock.instant(),
                StageHistory.of(repository, target),
                stores));
    }
}
