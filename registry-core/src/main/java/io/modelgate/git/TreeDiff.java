package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Compares two trees by mode and object id, and opens only the folders that differ. */
final class TreeDiff {
    /** More changes than any proposal has: a small tree can be made to look like billions of files. */
    private static final int MOST_CHANGES = 1 << 18;

    private final Snapshot before;
    private final Snapshot after;
    private final List<TreeChange> changes = new ArrayList<>();

    TreeDiff(Snapshot before, Snapshot after) {
        this.before = before;
        this.after = after;
    }

    List<TreeChange> changes() {
        if (!before.tree().equals(after.tree())) {
            compare(Optional.of(before.treeId()), Optional.of(after.treeId()), "", 0);
        }
        return changes.stream().sorted((a, b) -> a.path().compareTo(b.path())).toList();
    }

    private void compare(Optional<ObjectId> left, Optional<ObjectId> right, String prefix, int depth) {
        Map<String, TreeEntry> old = index(before, left, prefix);
        Map<String, TreeEntry> young = index(after, right, prefix);
        TreeSet<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(young.keySet());
        for (String path : paths) {
            compare(path, Optional.ofNullable(old.get(path)), Optional.ofNullable(young.get(path)), depth);
        }
    }

    private void compare(String path, Optional<TreeEntry> old, Optional<TreeEntry> young, int depth) {
        if (old.equals(young)) {
            return;
        }
        Optional<TreeEntry> oldFile = old.filter(entry -> entry.mode() != EntryMode.TREE);
        Optional<TreeEntry> youngFile = young.filter(entry -> entry.mode() != EntryMode.TREE || isEmptyFolder(entry));
        if (oldFile.isPresent() || youngFile.isPresent()) {
            add(new TreeChange(path, oldFile, youngFile));
        }
        Optional<ObjectId> oldFolder = folder(old);
        Optional<ObjectId> youngFolder = folder(young);
        if (oldFolder.isPresent() || youngFolder.isPresent()) {
            compare(oldFolder, youngFolder, Snapshot.prefix(path, depth), depth + 1);
        }
    }

    private void add(TreeChange change) {
        if (changes.size() == MOST_CHANGES) {
            throw RegistryException.integrity(
                    "The change is of more than " + MOST_CHANGES + " files.", "Bring it in smaller proposals.");
        }
        changes.add(change);
    }

    /** Git writes no empty folders; one that somebody made is told, so that nothing is in a tree that nobody saw. */
    private static boolean isEmptyFolder(TreeEntry entry) {
        return entry.id().toObjectId().equals(Constants.EMPTY_TREE_ID);
    }

    private static Optional<ObjectId> folder(Optional<TreeEntry> entry) {
        return entry.filter(present -> present.mode() == EntryMode.TREE)
                .map(present -> present.id().toObjectId());
    }

    private static Map<String, TreeEntry> index(Snapshot snapshot, Optional<ObjectId> folder, String prefix) {
        Map<String, TreeEntry> byPath = new TreeMap<>();
        folder.ifPresent(id -> snapshot.entries(id, prefix).forEach(entry -> byPath.put(entry.path(), entry)));
        return byPath;
    }
}
