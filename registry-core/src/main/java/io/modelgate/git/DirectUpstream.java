package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Moves refs of a repository on this machine. Several refs move in one transaction of the packed refs, so that a process that
 * dies in between has moved all or none.
 */
final class DirectUpstream implements Upstream {
    private final Repository repository;

    DirectUpstream(Repository repository) {
        this.repository = repository;
    }

    @Override
    public void refresh() {}

    @Override
    public PublishResult publish(List<RefChange> changes) {
        BatchRefUpdate batch = repository.getRefDatabase().newBatchUpdate();
        batch.setAtomic(true);
        batch.setAllowNonFastForwards(true);
        batch.setRefLogMessage("modelgate", false);
        changes.forEach(change -> batch.addCommand(command(change)));
        try (RevWalk walk = new RevWalk(repository)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        } catch (IOException e) {
            throw RegistryException.environment(
                    "The refs of " + repository.getDirectory() + " cannot be written: " + e.getMessage(),
                    "Check its permissions and the free space of the disk.",
                    e);
        }
        for (ReceiveCommand command : batch.getCommands()) {
            if (command.getResult() == ReceiveCommand.Result.LOCK_FAILURE) {
                return new PublishResult.Lost(command.getRefName());
            }
        }
        return batch.getCommands().stream()
                .filter(command -> command.getResult() != ReceiveCommand.Result.OK)
                .findFirst()
                .<PublishResult>map(command -> command.getResult() == ReceiveCommand.Result.REJECTED_OTHER_REASON
                                && "transaction aborted".equals(command.getMessage())
                        ? new PublishResult.Lost(command.getRefName())
                        : new PublishResult.Refused(command.getRefName() + ": " + command.getResult() + " "
                                + String.valueOf(command.getMessage())))
                .orElseGet(PublishResult.Published::new);
    }

    static ReceiveCommand command(RefChange change) {
        return new ReceiveCommand(id(change.expected()), id(change.next()), change.ref());
    }

    private static ObjectId id(java.util.Optional<CommitId> commit) {
        return commit.<ObjectId>map(present -> ObjectId.fromString(present.hex()))
                .orElse(ObjectId.zeroId());
    }
}
