package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Reads the objects of one repository, within limits, and takes new ones. New blobs and trees stay in memory until
 * {@link #keep} writes those that a commit needs: judging a merge leaves nothing on the disk and works where nothing may be
 * written.
 */
final class GitObjects implements AutoCloseable {
    /** What stands for the path of a commit. */
    static final String COMMIT = "commit";

    /** The largest tree that is read, in bytes: more than a million entries. */
    static final int MAX_TREE = 64 << 20;

    /** The largest commit that is read, in bytes. */
    static final int MAX_COMMIT = 1 << 20;

    /** From this many new objects on, one pack is written instead of many files. */
    private static final int PACK_FROM = 200;

    private final Repository repository;
    private final ObjectReader reader;
    private final Map<ObjectId, Fresh> fresh = new LinkedHashMap<>();

    /** An object that is not on the disk yet. */
    private static final class Fresh {
        private final int type;
        private final byte[] bytes;

        Fresh(int type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }
    }

    GitObjects(Repository repository) {
        this.repository = repository;
        this.reader = repository.newObjectReader();
    }

    /** The same objects through another reader, with what is not on the disk yet. */
    GitObjects forAnotherThread() {
        GitObjects other = new GitObjects(repository);
        other.fresh.putAll(fresh);
        return other;
    }

    ObjectReader reader() {
        return reader;
    }

    /** The bytes of a tree. */
    byte[] tree(ObjectId id, String path) {
        return whole(id, Constants.OBJ_TREE, MAX_TREE, path.isEmpty() ? "/" : path);
    }

    /** The bytes of a commit. */
    byte[] commit(ObjectId id) {
        return whole(id, Constants.OBJ_COMMIT, MAX_COMMIT, COMMIT);
    }

    /** The first bytes of a blob, at most so many. */
    byte[] blob(ObjectId id, int most, String path) {
        Fresh mine = fresh.get(id);
        if (mine != null) {
            return mine.bytes.length <= most ? mine.bytes : Arrays.copyOf(mine.bytes, most);
        }
        try {
            ObjectLoader loader = reader.open(id, Constants.OBJ_BLOB);
            if (loader.getSize() <= most) {
                return loader.getCachedBytes(most);
            }
            try (InputStream stream = loader.openStream()) {
                return stream.readNBytes(most);
            }
        } catch (IOException | LargeObjectException e) {
            throw unreadable(path, id, e);
        }
    }

    /** The size of a blob in bytes. */
    long size(ObjectId id, String path) {
        Fresh mine = fresh.get(id);
        if (mine != null) {
            return mine.bytes.length;
        }
        try {
            return reader.getObjectSize(id, Constants.OBJ_BLOB);
        } catch (IOException e) {
            throw unreadable(path, id, e);
        }
    }

    /** Whether there is such an object, on the disk or in memory. */
    boolean has(AnyObjectId id) {
        try {
            return fresh.containsKey(id.toObjectId()) || reader.has(id);
        } catch (IOException e) {
            throw unreadable("?", id, e);
        }
    }

    /** Takes a new object into memory, unless it is there already. */
    ObjectId add(int type, byte[] bytes) {
        ObjectId id;
        try (ObjectInserter.Formatter format = new ObjectInserter.Formatter()) {
            id = format.idFor(type, bytes);
        }
        if (!has(id)) {
            fresh.put(id, new Fresh(type, bytes));
        }
        return id;
    }

    /** Writes the new objects below a tree, and then the commit that holds it. */
    ObjectId keep(ObjectId tree, CommitBuilder commit) {
        Map<ObjectId, Fresh> needed = new LinkedHashMap<>();
        collect(tree, needed);
        try (ObjectInserter inserter = inserter(needed.size())) {
            for (Fresh object : needed.values()) {
                inserter.insert(object.type, object.bytes);
            }
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            needed.keySet().forEach(fresh::remove);
            return id;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    RegistryException unwritable(Exception cause) {
        return RegistryException.environment(
                "The repository " + repository.getDirectory() + " cannot be written: " + Trouble.words(cause) + ".",
                "Check its permissions and the free space of the disk.",
                cause);
    }

    private void collect(ObjectId id, Map<ObjectId, Fresh> needed) {
        Fresh object = fresh.get(id);
        if (object == null || needed.containsKey(id)) {
            return;
        }
        if (object.type == Constants.OBJ_TREE) {
            TreeEntries entries = new TreeEntries(object.bytes, id.name());
            while (entries.next()) {
                collect(entries.id(), needed);
            }
        }
        needed.put(id, object);
    }

    private ObjectInserter inserter(int objects) {
        return objects >= PACK_FROM && repository.getObjectDatabase() instanceof ObjectDirectory directory
                ? directory.newPackInserter()
                : repository.newObjectInserter();
    }

    private byte[] whole(ObjectId id, int type, int most, String path) {
        Fresh mine = fresh.get(id);
        if (mine != null && mine.type == type) {
            return mine.bytes;
        }
        try {
            ObjectLoader loader = reader.open(id, type);
            if (loader.getSize() > most) {
                throw RegistryException.integrity(
                        "Git object " + id.name() + " (" + path + ") is larger than " + (most >> 20) + " MiB.",
                        "No registry has such an object: see who pushed it.");
            }
            return loader.getCachedBytes(most);
        } catch (IOException | LargeObjectException e) {
            throw unreadable(path, id, e);
        }
    }

    RegistryException unreadable(String path, AnyObjectId id, Exception cause) {
        String object = "Git object " + id.name() + " (" + path + ")";
        if (cause instanceof IncorrectObjectTypeException) {
            return RegistryException.environment(
                    object + " is of another kind than expected.", "Run 'git fsck' to see what is wrong.", cause);
        }
        if (cause instanceof MissingObjectException missing && path.equals(COMMIT) && isWhole() && !isTip(id)) {
            return RegistryException.environment(
                    "Commit " + missing.getObjectId().name() + " is not in this repository.",
                    "Fetch it, or check the number.",
                    cause);
        }
        if (RemoteCache.isCopy(repository)) {
            return RemoteCache.damage(repository, object, cause);
        }
        if (cause instanceof MissingObjectException) {
            return RegistryException.environment(
                    object + " is not in this repository: " + Trouble.whyIncomplete(repository) + ".",
                    Trouble.howToComplete(repository),
                    cause);
        }
        return RegistryException.environment(
                object + " cannot be read: the repository is damaged.",
                "Run 'git fsck' in " + repository.getDirectory() + ", and fetch the object from another copy.",
                cause);
    }

    /** Whether a ref points to it, so that it must be there. */
    private boolean isTip(AnyObjectId id) {
        try {
            return repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS).stream()
                    .anyMatch(ref -> id.equals(ref.getObjectId()));
        } catch (IOException e) {
            return true;
        }
    }

    private boolean isWhole() {
        return !Trouble.isShallow(repository) && !Trouble.isPartial(repository);
    }

    @Override
    public void close() {
        reader.close();
    }
}
