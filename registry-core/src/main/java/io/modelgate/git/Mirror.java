package io.modelgate.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.RefSpec;

/** Makes the branches and the refs of Modelgate in a copy what they are on the other side. */
final class Mirror {
    private static final List<String> PREFIXES = List.of("refs/heads/", "refs/modelgate/");

    static final List<RefSpec> SPECS = PREFIXES.stream()
            .map(prefix -> new RefSpec("+" + prefix + "*:" + prefix + "*"))
            .toList();

    /** From this many refs on, they are written as one file. */
    private static final int BATCH_FROM = 100;

    private final Repository copy;

    Mirror(Repository copy) {
        this.copy = copy;
    }

    /** Fetches what is missing, then moves the refs of the copy. */
    void update(FetchConnection connection) throws IOException {
        SortedMap<String, Ref> theirs = new TreeMap<>();
        for (Ref ref : connection.getRefs()) {
            if (ref.getObjectId() != null
                    && PREFIXES.stream().anyMatch(ref.getName()::startsWith)
                    && RefNames.isValid(ref.getName())) {
                theirs.put(ref.getName(), ref);
            }
        }
        Set<Ref> wanted = new LinkedHashSet<>();
        for (Ref ref : theirs.values()) {
            if (!copy.getObjectDatabase().has(ref.getObjectId())) {
                wanted.add(ref);
            }
        }
        if (!wanted.isEmpty()) {
            connection.fetch(NullProgressMonitor.INSTANCE, wanted, Set.of());
        }
        move(changes(theirs));
    }

    /** Deletions come first: they make room for names that were in the way. */
    private List<ReceiveCommand> changes(SortedMap<String, Ref> theirs) throws IOException {
        SortedMap<String, ObjectId> ours = new TreeMap<>();
        for (String prefix : PREFIXES) {
            for (Ref ref : copy.getRefDatabase().getRefsByPrefix(prefix)) {
                ours.put(ref.getName(), Optional.ofNullable(ref.getObjectId()).orElse(ObjectId.zeroId()));
            }
        }
        List<ReceiveCommand> changes = new ArrayList<>();
        ours.forEach((name, id) -> {
            if (!theirs.containsKey(name)) {
                changes.add(new ReceiveCommand(id, ObjectId.zeroId(), name));
            }
        });
        theirs.forEach((name, ref) -> {
            ObjectId id = ours.getOrDefault(name, ObjectId.zeroId());
            if (!ref.getObjectId().equals(id)) {
                changes.add(new ReceiveCommand(id, ref.getObjectId(), name));
            }
        });
        return changes;
    }

    private void move(List<ReceiveCommand> changes) throws IOException {
        if (changes.size() >= BATCH_FROM) {
            moveAtOnce(changes);
            return;
        }
        for (ReceiveCommand change : changes) {
            RefUpdate update = copy.updateRef(change.getRefName(), true);
            update.setForceUpdate(true);
            update.disableRefLog();
            if (change.getType() == ReceiveCommand.Type.DELETE) {
                require(change, update.delete());
            } else {
                update.setNewObjectId(change.getNewId());
                require(change, update.update());
            }
        }
    }

    private static void require(ReceiveCommand change, RefUpdate.Result result) throws IOException {
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            default -> throw new CopyDamagedException(change.getRefName() + " cannot be moved: " + result);
        }
    }

    private void moveAtOnce(List<ReceiveCommand> changes) throws IOException {
        BatchRefUpdate batch = copy.getRefDatabase().newBatchUpdate();
        batch.setAtomic(true);
        batch.setAllowNonFastForwards(true);
        batch.disableRefLog();
        batch.addCommand(changes);
        try (RevWalk walk = new RevWalk(copy)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
        for (ReceiveCommand change : changes) {
            if (change.getResult() != ReceiveCommand.Result.OK) {
                throw new CopyDamagedException(change.getRefName() + " cannot be moved: " + change.getResult());
            }
        }
    }
}
