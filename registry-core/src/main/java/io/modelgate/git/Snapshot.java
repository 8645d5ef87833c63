package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** What the registry said at one commit: one tree, immutable, read from Git objects and never from a work tree. */
public final class Snapshot {
    private static final int MAX_DEPTH = 100;
    private static final int MOST_FILES = 1 << 20;

    private final GitObjects objects;
    private final ObjectId tree;
    private final Optional<CommitId> commit;

    Snapshot(GitObjects objects, ObjectId tree, Optional<CommitId> commit) {
        this.objects = objects;
        this.tree = tree.copy();
        this.commit = commit;
    }

    /** The commit, when the tree is that of one. */
    public Optional<CommitId> commit() {
        return commit;
    }

    /** The same tree for another thread: reading goes through one reader, which is for one thread. */
    public Snapshot forAnotherThread() {
        return new Snapshot(objects.forAnotherThread(), tree, commit);
    }

    /** The object id of the root tree. */
    public EntryId tree() {
        return EntryId.of(tree);
    }

    ObjectId treeId() {
        return tree;
    }

    boolean isOf(GitObjects others) {
        return objects == others;
    }

    /** The bytes of a regular file; empty when there is none of this path. */
    public Optional<SourceFile> read(String path) {
        return entry(path)
                .filter(entry -> entry.mode() == EntryMode.FILE || entry.mode() == EntryMode.EXECUTABLE)
                .map(this::read);
    }

    /** The bytes of an entry that is no folder, at most one more than {@link RegistryPath#maxBytes}, for the reader to refuse. */
    public SourceFile read(TreeEntry entry) {
        int most = RegistryPath.of(entry.path()).maxBytes() + 1;
        return new SourceFile(entry.path(), objects.blob(entry.id().toObjectId(), most, entry.path()));
    }

    /** The size of a file in bytes, without reading it. */
    public long size(TreeEntry entry) {
        return objects.size(entry.id().toObjectId(), entry.path());
    }

    /** The file or folder at a path. Only the folders on the way are read. */
    public Optional<TreeEntry> entry(String path) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        Optional<ObjectId> folder = slash < 0 ? Optional.of(tree) : folder(path.substring(0, slash));
        return folder.flatMap(id -> find(id, slash < 0 ? "" : path.substring(0, slash + 1), name));
    }

    /** What is directly in a folder, in Git's order; empty when there is no such folder. {@code ""} is the root. */
    public List<TreeEntry> list(String directory) {
        Optional<ObjectId> id = directory.isEmpty() ? Optional.of(tree) : folder(directory);
        return id.map(present -> entries(present, directory.isEmpty() ? "" : directory + "/"))
                .orElse(List.of());
    }

    /** All files below a folder, in Git's order. */
    public List<TreeEntry> files(String directory) {
        List<TreeEntry> files = new ArrayList<>();
        addFiles(list(directory), files, 0);
        return files;
    }

    private void addFiles(List<TreeEntry> entries, List<TreeEntry> files, int depth) {
        for (TreeEntry entry : entries) {
            if (entry.mode() == EntryMode.TREE) {
                addFiles(entries(entry.id().toObjectId(), prefix(entry.path(), depth)), files, depth + 1);
            } else if (files.size() == MOST_FILES) {
                throw RegistryException.integrity(
                        "There are more than " + MOST_FILES + " files below one folder.",
                        "See who pushed them: no registry has so many.");
            } else {
                files.add(entry);
            }
        }
    }

    /**
     * What the other tree holds differently: files, and folders that became empty. Equal folders are not opened, so that the
     * cost follows the change.
     */
    public List<TreeChange> changesTo(Snapshot after) {
        return new TreeDiff(this, after).changes();
    }

    private Optional<ObjectId> folder(String path) {
        ObjectId id = tree;
        String prefix = "";
        for (String part : path.split("/", -1)) {
            Optional<TreeEntry> entry = find(id, prefix, part);
            if (entry.isEmpty() || entry.get().mode() != EntryMode.TREE) {
                return Optional.empty();
            }
            id = entry.get().id().toObjectId();
            prefix = entry.get().path() + "/";
        }
        return Optional.of(id);
    }

    private Optional<TreeEntry> find(ObjectId folder, String prefix, String name) {
        byte[] wanted = Constants.encode(name);
        TreeEntries entries = new TreeEntries(objects.tree(folder, prefix), folder.name());
        while (entries.next()) {
            if (entries.isNamed(wanted)) {
                return Optional.of(toEntry(entries, prefix));
            }
        }
        return Optional.empty();
    }

    /** The entries of a folder of this tree, in Git's order. */
    List<TreeEntry> entries(ObjectId folder, String prefix) {
        List<TreeEntry> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        TreeEntries entries = new TreeEntries(objects.tree(folder, prefix), folder.name());
        while (entries.next()) {
            TreeEntry entry = toEntry(entries, prefix);
            if (!names.add(entry.name())) {
                throw entries.malformed("'" + entry.name() + "' is there as a file and as a folder");
            }
            found.add(entry);
        }
        return found;
    }

    /** The prefix of what is in a folder; refuses folders nested so deep that only an attacker makes them. */
    static String prefix(String folder, int depth) {
        if (depth > MAX_DEPTH) {
            throw RegistryException.integrity(
                    "Folders are nested more than " + MAX_DEPTH + " deep.",
                    "See who pushed them: no registry has them.");
        }
        return folder + "/";
    }

    private static TreeEntry toEntry(TreeEntries entries, String prefix) {
        return new TreeEntry(prefix + entries.name(), EntryMode.of(entries.mode()), EntryId.of(entries.id()));
    }
}
