package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;

/** Writes a tree that differs from another in some paths; only the folders on the way to those are written. */
final class TreeWriter {
    private final GitObjects objects;
    private final Snapshot base;

    TreeWriter(GitObjects objects, Snapshot base) {
        this.objects = objects;
        this.base = base;
    }

    /** The root tree with these entries put in ({@code Optional.empty()} takes a path out). */
    ObjectId write(SortedMap<String, Optional<TreeEntry>> entries) {
        return folder(Optional.of(base.treeId()), "", entries)
                .orElseGet(() -> objects.add(Constants.OBJ_TREE, new byte[0]));
    }

    /** Writes the bytes of a file and gives its entry. */
    TreeEntry blob(String path, SourceFile file) {
        return new TreeEntry(path, EntryMode.FILE, EntryId.of(objects.add(Constants.OBJ_BLOB, file.bytes())));
    }

    private Optional<ObjectId> folder(
            Optional<ObjectId> existing, String prefix, SortedMap<String, Optional<TreeEntry>> entries) {
        Map<String, TreeEntry> children = new LinkedHashMap<>();
        existing.ifPresent(id -> base.entries(id, prefix).forEach(entry -> children.put(entry.name(), entry)));
        SortedMap<String, SortedMap<String, Optional<TreeEntry>>> deeper = new TreeMap<>();
        for (Map.Entry<String, Optional<TreeEntry>> change : entries.entrySet()) {
            String rest = change.getKey().substring(prefix.length());
            int slash = rest.indexOf('/');
            if (slash >= 0) {
                deeper.computeIfAbsent(rest.substring(0, slash), name -> new TreeMap<>())
                        .put(change.getKey(), change.getValue());
            } else if (change.getValue().isPresent()) {
                children.put(rest, change.getValue().get());
            } else {
                children.remove(rest);
            }
        }
        for (Map.Entry<String, SortedMap<String, Optional<TreeEntry>>> child : deeper.entrySet()) {
            put(children, prefix, child.getKey(), child.getValue());
        }
        return children.isEmpty() ? Optional.empty() : Optional.of(format(children));
    }

    private void put(
            Map<String, TreeEntry> children,
            String prefix,
            String name,
            SortedMap<String, Optional<TreeEntry>> entries) {
        Optional<ObjectId> existing = Optional.ofNullable(children.get(name))
                .filter(entry -> entry.mode() == EntryMode.TREE)
                .map(entry -> entry.id().toObjectId());
        Optional<ObjectId> written = folder(existing, prefix + name + "/", entries);
        if (written.isPresent()) {
            children.put(name, new TreeEntry(prefix + name, EntryMode.TREE, EntryId.of(written.get())));
        } else if (existing.isPresent()) {
            children.remove(name);
        }
    }

    private ObjectId format(Map<String, TreeEntry> children) {
        TreeFormatter tree = new TreeFormatter();
        children.values().stream()
                .sorted(Comparator.comparing(TreeWriter::sortKey, Arrays::compareUnsigned))
                .forEach(entry -> tree.append(
                        Constants.encode(entry.name()), mode(entry), entry.id().toObjectId()));
        return objects.add(Constants.OBJ_TREE, tree.toByteArray());
    }

    private static FileMode mode(TreeEntry entry) {
        if (entry.mode() == EntryMode.OTHER) {
            throw RegistryException.integrity(
                    entry.path() + " has a file mode that Git does not write.",
                    "Commit it anew with an ordinary mode (100644).");
        }
        return FileMode.fromBits(entry.mode().bits());
    }

    /** Git sorts by bytes, and folders as if their names ended in a slash. */
    private static byte[] sortKey(TreeEntry entry) {
        return Constants.encode(entry.mode() == EntryMode.TREE ? entry.name() + "/" : entry.name());
    }
}
