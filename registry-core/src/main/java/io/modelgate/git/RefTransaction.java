package io.modelgate.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.internal.storage.file.LockFile;
import org.eclipse.jgit.internal.storage.file.RefDirectory;
import org.eclipse.jgit.internal.storage.file.ReflogWriter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;

/**
 * Moves several refs, each in its own file, so that the cost does not depend on how many others there are. All locks are taken
 * before the first ref moves; from then on the work is decided, and the note tells the next process to finish it.
 */
final class RefTransaction implements AutoCloseable {
    /** Told when nothing can go wrong any more but the disk. */
    interface Decision {
        void made() throws IOException;
    }

    private final RefDirectory refs;
    private final Path common;
    private final PackedRefs packed;
    private final Map<RefChange, LockFile> locks = new LinkedHashMap<>();
    private final Set<String> deleted = new TreeSet<>();

    RefTransaction(Repository repository, RefDirectory refs) {
        this.refs = refs;
        this.common = repository.getCommonDirectory().toPath();
        this.packed = new PackedRefs(common);
    }

    /** Takes all locks, in the order of names so that two never wait for each other; false when one is taken. */
    boolean lock(List<RefChange> changes) throws IOException {
        changes.stream()
                .filter(change -> change.next().isEmpty())
                .map(RefChange::ref)
                .forEach(deleted::add);
        // Also when none is packed: a 'git pack-refs' that runs meanwhile must not bring a deleted ref back.
        if (!deleted.isEmpty() && !packed.lock()) {
            return false;
        }
        for (RefChange change :
                changes.stream().sorted(Comparator.comparing(RefChange::ref)).toList()) {
            LockFile lock = new LockFile(common.resolve(change.ref()).toFile());
            lock.setFSync(true);
            if (!lock.lock()) {
                return false;
            }
            locks.put(change, lock);
        }
        return true;
    }

    /** Moves the refs in the order in which they are given. Call with all locks held and all expectations checked. */
    void move(List<RefChange> changes, PersonIdent identity, String message, Decision decision) throws IOException {
        for (Map.Entry<RefChange, LockFile> each : locks.entrySet()) {
            Optional<CommitId> next = each.getKey().next();
            if (next.isPresent()) {
                each.getValue().write(next.get().toObjectId());
            }
        }
        decision.made();
        packed.remove(deleted);
        ReflogWriter log = new ReflogWriter(refs);
        for (RefChange change : changes) {
            if (change.next().isEmpty()) {
                Files.deleteIfExists(common.resolve(change.ref()));
                Files.deleteIfExists(common.resolve("logs").resolve(change.ref()));
            } else if (!Objects.requireNonNull(locks.get(change)).commit()) {
                throw new IOException("the file of " + change.ref() + " cannot be replaced");
            } else {
                log.log(change.ref(), RefMoves.id(change.expected()), RefMoves.id(change.next()), identity, message);
            }
        }
    }

    @Override
    public void close() {
        locks.values().forEach(LockFile::unlock);
        packed.close();
    }
}
