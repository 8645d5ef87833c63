package io.modelgate.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Merges the changes of one side into the other, whole files only: a file that both sides changed differently is a conflict,
 * and so is a file in the way of a folder.
 */
final class TreeMerge {
    private final List<String> conflicts = new ArrayList<>();
    private final SortedMap<String, Optional<TreeEntry>> toApply = new TreeMap<>();

    /** @param base what both sides started from */
    TreeMerge(Snapshot base, Snapshot target, Snapshot head) {
        Map<String, TreeChange> ours =
                base.changesTo(target).stream().collect(Collectors.toMap(TreeChange::path, Function.identity()));
        for (TreeChange theirs : base.changesTo(head)) {
            TreeChange same = ours.get(theirs.path());
            if (same == null) {
                toApply.put(theirs.path(), theirs.after());
            } else if (!same.after().equals(theirs.after())) {
                conflicts.add(theirs.path());
            }
        }
        toApply.forEach((path, entry) -> {
            if (entry.isPresent() && blocked(path, target)) {
                conflicts.add(path);
            }
        });
    }

    /** Paths that cannot be merged. */
    List<String> conflicts() {
        return conflicts;
    }

    /** What to put into the target's tree. */
    SortedMap<String, Optional<TreeEntry>> toApply() {
        return toApply;
    }

    /** Whether the target has a file where a folder must be, or a folder that is not emptied where the file must be. */
    private boolean blocked(String path, Snapshot target) {
        if (target.entry(path).filter(entry -> entry.mode() == EntryMode.TREE).isPresent()
                && !target.files(path).stream().allMatch(file -> isTakenOut(file.path()))) {
            return true;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            boolean file = target.entry(folder)
                    .filter(entry -> entry.mode() != EntryMode.TREE)
                    .isPresent();
            if (file && !isTakenOut(folder)) {
                return true;
            }
        }
        return false;
    }

    private boolean isTakenOut(String path) {
        return toApply.containsKey(path)
                && toApply.getOrDefault(path, Optional.empty()).isEmpty();
    }
}
