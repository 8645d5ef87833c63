package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** What the registry said at one commit: one tree, immutable, read from Git objects and never from a work tree. */
public final class Snapshot {
    /** The largest document that is read, in bytes. Longer ones come back one byte longer than this, for the reader to refuse. */
    public static final int MAX_DOCUMENT = 1 << 20;

    private final ObjectReader reader;
    private final ObjectId tree;
    private final Optional<CommitId> commit;

    Snapshot(ObjectReader reader, ObjectId tree, Optional<CommitId> commit) {
        this.reader = reader;
        this.tree = tree.copy();
        this.commit = commit;
    }

    /** The commit, when the tree is that of one. */
    public Optional<CommitId> commit() {
        return commit;
    }

    /** The object id of the root tree. */
    public EntryId tree() {
        return new EntryId(tree.name());
    }

    ObjectId treeId() {
        return tree;
    }

    /** The bytes of a regular file; empty when there is none of this path. */
    public Optional<SourceFile> read(String path) {
        return entry(path)
                .filter(entry -> entry.mode() == EntryMode.FILE || entry.mode() == EntryMode.EXECUTABLE)
                .map(this::read);
    }

    /** The bytes of an entry that is no folder, at most one more than {@link #MAX_DOCUMENT}. */
    public SourceFile read(TreeEntry entry) {
        try {
            ObjectLoader loader = reader.open(ObjectId.fromString(entry.id().hex()), Constants.OBJ_BLOB);
            if (loader.getSize() > MAX_DOCUMENT) {
                return new SourceFile(entry.path(), loader.openStream().readNBytes(MAX_DOCUMENT + 1));
            }
            return new SourceFile(entry.path(), loader.getCachedBytes(MAX_DOCUMENT));
        } catch (IOException | LargeObjectException e) {
            throw unreadable(entry.path(), entry.id().hex(), e);
        }
    }

    /** The size of a file in bytes, without reading it. */
    public long size(TreeEntry entry) {
        try {
            return reader.getObjectSize(ObjectId.fromString(entry.id().hex()), Constants.OBJ_BLOB);
        } catch (IOException e) {
            throw unreadable(entry.path(), entry.id().hex(), e);
        }
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

    /** All files below a folder, by path. */
    public List<TreeEntry> files(String directory) {
        List<TreeEntry> files = new ArrayList<>();
        for (TreeEntry entry : list(directory)) {
            if (entry.mode() == EntryMode.TREE) {
                files.addAll(files(entry.path()));
            } else {
                files.add(entry);
            }
        }
        return files;
    }

    /** What the other tree holds differently; equal folders are not opened, so that the cost follows the change. */
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
            id = ObjectId.fromString(entry.get().id().hex());
            prefix = entry.get().path() + "/";
        }
        return Optional.of(id);
    }

    private Optional<TreeEntry> find(ObjectId folder, String prefix, String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        CanonicalTreeParser parser = parser(folder, prefix);
        byte[] wanted = Constants.encode(name);
        while (!parser.eof()) {
            if (parser.getNameLength() == wanted.length
                    && parser.getEntryPathString().equals(name)) {
                return Optional.of(toEntry(parser, prefix));
            }
            parser.next();
        }
        return Optional.empty();
    }

    List<TreeEntry> entries(ObjectId folder, String prefix) {
        List<TreeEntry> entries = new ArrayList<>();
        CanonicalTreeParser parser = parser(folder, prefix);
        while (!parser.eof()) {
            entries.add(toEntry(parser, prefix));
            parser.next();
        }
        return entries;
    }

    private CanonicalTreeParser parser(ObjectId folder, String prefix) {
        try {
            CanonicalTreeParser parser = new CanonicalTreeParser();
            parser.reset(reader, folder);
            return parser;
        } catch (IOException e) {
            throw unreadable(prefix.isEmpty() ? "/" : prefix, folder.name(), e);
        }
    }

    private static TreeEntry toEntry(CanonicalTreeParser parser, String prefix) {
        return new TreeEntry(
                prefix + parser.getEntryPathString(),
                EntryMode.of(parser.getEntryRawMode()),
                new EntryId(parser.getEntryObjectId().name()));
    }

    private static RegistryException unreadable(String path, String id, Exception cause) {
        String why = cause instanceof MissingObjectException
                ? " is not in this repository: it is a shallow or partial clone, or it is damaged."
                : " cannot be read from this repository: it may be damaged.";
        return RegistryException.environment(
                "Git object " + id + " (" + path + ")" + why,
                "Fetch it whole ('git fetch --unshallow'), or run 'git fsck' to see what is missing.",
                cause);
    }
}
