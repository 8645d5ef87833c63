package io.modelgate.git;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.RefDirectory;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** One attempt to move refs under Git's lock files; empty when one of them was held by somebody else. */
final class RefMoves {
    private static final String LOG_MESSAGE = "modelgate";

    private final Repository repository;

    RefMoves(Repository repository) {
        this.repository = repository;
    }

    Optional<PublishResult> attempt(List<RefChange> changes, RefTransaction.Decision decision) throws IOException {
        for (RefChange change : changes) {
            if (change.expected().isEmpty() && repository.getRefDatabase().isNameConflicting(change.ref())) {
                return refused(change, "another ref is in its way");
            }
            if (change.next().isPresent()
                    && !repository.getObjectDatabase().has(change.next().get().toObjectId())) {
                return refused(change, "the new commit is not in this repository");
            }
        }
        return changes.size() == 1 ? one(changes.get(0)) : all(changes, decision);
    }

    private Optional<PublishResult> one(RefChange change) throws IOException {
        RefUpdate update = repository.updateRef(change.ref(), true);
        update.setExpectedOldObjectId(id(change.expected()));
        update.setForceUpdate(true);
        update.setRefLogIdent(identity());
        update.setRefLogMessage(LOG_MESSAGE, false);
        if (change.next().isEmpty()) {
            return result(change, update.delete());
        }
        update.setNewObjectId(id(change.next()));
        try (RevWalk walk = new RevWalk(repository)) {
            return result(change, update.update(walk));
        }
    }

    private static Optional<PublishResult> result(RefChange change, RefUpdate.Result result) {
        return switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> Optional.of(new PublishResult.Published());
            case LOCK_FAILURE -> Optional.empty();
            case REJECTED_CURRENT_BRANCH -> refused(change, "the branch is checked out there");
            default -> refused(change, result.name());
        };
    }

    private Optional<PublishResult> all(List<RefChange> changes, RefTransaction.Decision decision) throws IOException {
        if (!(repository.getRefDatabase() instanceof RefDirectory directory)) {
            return refused(
                    changes.get(0), "several refs at once cannot be moved in a repository of the reftable format");
        }
        try (RefTransaction transaction = new RefTransaction(repository, directory)) {
            if (!transaction.lock(changes)) {
                return Optional.empty();
            }
            Optional<PublishResult> lost = lost(changes);
            if (lost.isEmpty()) {
                transaction.move(changes, identity(), LOG_MESSAGE, decision);
            }
            return lost.or(() -> Optional.of(new PublishResult.Published()));
        }
    }

    /** The first ref that is not where it is expected. */
    Optional<PublishResult> lost(List<RefChange> changes) throws IOException {
        for (RefChange change : changes) {
            if (!current(change.ref()).equals(change.expected())) {
                return Optional.of(new PublishResult.Lost(change.ref()));
            }
        }
        return Optional.empty();
    }

    Optional<CommitId> current(String name) throws IOException {
        return Optional.ofNullable(repository.exactRef(name))
                .map(Ref::getObjectId)
                .map(CommitId::of);
    }

    private static Optional<PublishResult> refused(RefChange change, String why) {
        return Optional.of(new PublishResult.Refused(change.ref() + ": " + why));
    }

    /** JGit would ask the network for the name of this machine. */
    private static PersonIdent identity() {
        String user = System.getProperty("user.name", "modelgate").replaceAll("[<>\\p{Cntrl}]", "");
        return new PersonIdent(user, user + "@localhost");
    }

    static ObjectId id(Optional<CommitId> commit) {
        return commit.map(CommitId::toObjectId).orElse(ObjectId.zeroId());
    }
}
