package io.modelgate.git;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Merges over every newest common ancestor. Branches that were merged crosswise have several, and the merge counts only when
 * all of them give the same files.
 */
final class CrossMerge {
    private final GitObjects objects;
    private final Snapshot target;
    private final Snapshot head;

    CrossMerge(GitObjects objects, Snapshot target, Snapshot head) {
        this.objects = objects;
        this.target = target;
        this.head = head;
    }

    MergeOutcome over(List<Snapshot> bases) {
        TreeSet<String> conflicts = new TreeSet<>();
        Optional<Snapshot> result = Optional.empty();
        for (Snapshot base : bases) {
            TreeMerge merge = new TreeMerge(base, target, head);
            conflicts.addAll(merge.conflicts());
            if (merge.conflicts().isEmpty()) {
                Snapshot merged =
                        new Snapshot(objects, new TreeWriter(objects, target).write(merge.toApply()), Optional.empty());
                result.ifPresent(other -> merged.changesTo(other).forEach(change -> conflicts.add(change.path())));
                result = Optional.of(merged);
            }
        }
        return conflicts.isEmpty() && result.isPresent()
                ? new MergeOutcome.Merged(result.get())
                : new MergeOutcome.Conflicting(List.copyOf(conflicts));
    }
}
