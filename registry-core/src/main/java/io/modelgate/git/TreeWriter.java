package io.modelgate.git;

import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;

/** Writes a tree that differs from another in some paths; only the folders on the way to those are written. */
final class TreeWriter {
    private final ObjectInserter inserter;
    private final Snapshot base;

    TreeWriter(ObjectInserter inserter, Snapshot base) {
        this.inserter = inserter;
        this.base = base;
    }

    /** The root tree with these entries put in ({@code Optional.empty()} takes a path out). */
    ObjectId write(SortedMap<String, Optional<TreeEntry>> entries) throws IOException {
        return folder(Optional.of(base.treeId()), "", entries).orElseGet(() -> emptyTree());
    }

    /** Writes the bytes of a file and gives its entry. */
    TreeEntry blob(String path, SourceFile file) throws IOException {
        ObjectId id = inserter.insert(Constants.OBJ_BLOB, file.bytes());
        return new TreeEntry(path, EntryMode.FILE, new EntryId(id.name()));
    }

    private Optional<ObjectId> folder(
            Optional<ObjectId> existing, String prefix, SortedMap<String, Optional<TreeEntry>> entries)
            throws IOException {
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
            Map<String, TreeEntry> children, String prefix, String name, SortedMap<String, Optional<TreeEntry>> entries)
            throws IOException {
        Optional<ObjectId> existing = Optional.ofNullable(children.get(name))
                .filter(entry -> entry.mode() == EntryMode.TREE)
                .map(entry -> ObjectId.fromString(entry.id().hex()));
        Optional<ObjectId> written = folder(existing, prefix + name + "/", entries);
        if (written.isPresent()) {
            children.put(
                    name,
                    new TreeEntry(
                            prefix + name,
                            EntryMode.TREE,
                            new EntryId(written.get().name())));
        } else if (existing.isPresent()) {
            children.remove(name);
        }
    }

    private ObjectId format(Map<String, TreeEntry> children) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        children.values().stream()
                .sorted((a, b) -> sortKey(a).compareTo(sortKey(b)))
                .forEach(entry -> tree.append(
                        Constants.encode(entry.name()),
                        FileMode.fromBits(entry.mode().bits()),
                        ObjectId.fromString(entry.id().hex())));
        return inserter.insert(tree);
    }

    /** Git sorts folders as if their names ended in a slash, byte by byte: Latin-1 makes bytes comparable as characters. */
    private static String sortKey(TreeEntry entry) {
        String bytes = new String(Constants.encode(entry.name()), java.nio.charset.StandardCharsets.ISO_8859_1);
        return entry.mode() == EntryMode.TREE ? bytes + "/" : bytes;
    }

    private ObjectId emptyTree() {
        try {
            return inserter.insert(new TreeFormatter());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
