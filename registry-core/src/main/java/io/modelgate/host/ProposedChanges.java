package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeChange;
import java.util.List;
import java.util.Optional;

/** Which files a proposal changes: in its merge, however many commits it has. */
public final class ProposedChanges {
    private static final int MOST_MERGES = 10_000;

    private ProposedChanges() {}

    /**
     * The changed files, by path: of an open proposal those that its merge would change, of a merged one those that it changed, of
     * one that cannot be merged or was closed those that differ from where it began.
     */
    public static List<TreeChange> of(RegistryRepository repository, CommitId target, Proposal proposal) {
        CommitId head = proposal.head();
        if (proposal.state() == Proposal.State.MERGED) {
            Optional<CommitFacts> merge = mergeOf(repository, target, head);
            if (merge.isPresent() && !merge.get().parents().isEmpty()) {
                Snapshot before = repository.snapshot(merge.get().parents().get(0));
                return before.changesTo(repository.snapshot(merge.get().id()));
            }
        }
        if (proposal.state() == Proposal.State.OPEN
                && repository.merge(target, head) instanceof MergeOutcome.Merged merged) {
            return repository.snapshot(target).changesTo(merged.result());
        }
        return repository
                .mergeBase(target, head)
                .map(base -> repository.snapshot(base).changesTo(repository.snapshot(head)))
                .orElse(List.of());
    }

    private static Optional<CommitFacts> mergeOf(RegistryRepository repository, CommitId target, CommitId head) {
        int seen = 0;
        for (CommitFacts commit : repository.firstParents(target)) {
            if (commit.id().equals(head) || commit.parents().indexOf(head) > 0) {
                return Optional.of(commit);
            }
            if (++seen == MOST_MERGES) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
