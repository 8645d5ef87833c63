package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * Moves refs of a repository on this machine. Modelgate processes take turns by a lock of the operating system; against other
 * Git programs, Git's own lock files do. The process that has its turn first puts in order what a dead one left: lock files go,
 * and where some of several refs had moved, the rest move too.
 */
final class DirectUpstream implements Upstream {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_WITH_LOCK_FILES = Duration.ofSeconds(5);
    private static final long LONGEST_NAP_NANOS = 20_000_000;

    private final Repository repository;
    private final RefLocks locks;
    private final RefMoves moves;
    private final Path mutex;
    private final Duration patienceWithLockFiles;

    DirectUpstream(Repository repository) {
        this(repository, PATIENCE_WITH_LOCK_FILES);
    }

    DirectUpstream(Repository repository, Duration patienceWithLockFiles) {
        Path common = repository.getCommonDirectory().toPath();
        this.repository = repository;
        this.locks = new RefLocks(common);
        this.moves = new RefMoves(repository);
        this.mutex = common.resolve("modelgate").resolve("publishing");
        this.patienceWithLockFiles = patienceWithLockFiles;
    }

    @Override
    public void refresh() {
        // Every read of a ref looks at the file.
    }

    @Override
    public Map<String, ObjectId> everything() {
        try {
            Map<String, ObjectId> tips = new LinkedHashMap<>();
            for (Ref ref : repository.getRefDatabase().getRefs()) {
                if (ref.getObjectId() != null) {
                    tips.put(ref.getName(), ref.getObjectId());
                }
            }
            return tips;
        } catch (IOException e) {
            throw RegistryException.environment(
                    "The refs of " + repository.getDirectory() + " cannot be read: " + Trouble.words(e) + ".",
                    "Run 'git fsck' there.",
                    e);
        }
    }

    @Override
    public PublishResult publish(List<RefChange> changes) {
        try (FileMutex turn = FileMutex.acquire(mutex, PATIENCE)) {
            Optional<String> left = turn.note();
            if (left.isPresent()) {
                finish(RefNote.read(left.get()));
                turn.clear();
            }
            Optional<PublishResult> lost = moves.lost(changes);
            if (lost.isPresent()) {
                return lost.get();
            }
            turn.leave(new RefNote(false, changes).toText());
            PublishResult result = move(changes, () -> turn.leave(new RefNote(true, changes).toText()));
            turn.clear();
            return result;
        } catch (IOException e) {
            throw RegistryException.environment(
                    "The refs of " + repository.getDirectory() + " cannot be written: " + Trouble.words(e) + ".",
                    "Check its permissions and the free space of the disk.",
                    e);
        }
    }

    /** Finishes what a dead process had decided, and removes the locks that it left. */
    private void finish(Optional<RefNote> note) throws IOException {
        if (note.isEmpty()) {
            return;
        }
        locks.removeThoseOf(note.get());
        if (note.get().decided()) {
            for (RefChange change : note.get().changes()) {
                if (moves.lost(List.of(change)).isEmpty()) {
                    move(List.of(change), () -> {});
                }
            }
        }
    }

    private PublishResult move(List<RefChange> changes, RefTransaction.Decision decision) throws IOException {
        long deadline = System.nanoTime() + patienceWithLockFiles.toNanos();
        while (true) {
            Optional<PublishResult> result = moves.attempt(changes, decision);
            Optional<PublishResult> known = result.isPresent() ? result : moves.lost(changes);
            if (known.isPresent()) {
                return known.get();
            }
            if (System.nanoTime() > deadline) {
                throw locks.inTheWay(changes)
                        .map(RefLocks::stale)
                        .orElseGet(() -> RegistryException.conflict(
                                "Other programs write to " + repository.getDirectory() + " all the time.",
                                "Try again."));
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_NAP_NANOS));
        }
    }
}
