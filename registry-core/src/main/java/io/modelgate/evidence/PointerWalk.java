package io.modelgate.evidence;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.EntryMode;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import java.util.Iterator;
import java.util.Optional;

/**
 * Walks back from a commit over first parents and says what a stage pointer was at each. Where the folder of the pointers
 * did not change, nothing below it is read again.
 */
final class PointerWalk implements Iterator<PointerWalk.Step> {
    private static final String FOLDER = "stages";

    private final RegistryRepository repository;
    private final Iterator<CommitFacts> commits;
    private final String path;
    private Optional<TreeEntry> folder = Optional.empty();
    private Optional<TreeEntry> file = Optional.empty();
    private Optional<StagePointer> pointer = Optional.empty();

    /** A commit with the pointer that it had; empty when there was none that can be read. */
    record Step(CommitFacts commit, Optional<StagePointer> pointer) {
        /** Whether the same bytes were in the stage. */
        boolean isSame(Optional<StagePointer> other) {
            return pointer.map(StagePointer::target).equals(other.map(StagePointer::target));
        }
    }

    PointerWalk(RegistryRepository repository, CommitId tip, Stage stage, ModelName model) {
        this.repository = repository;
        this.commits = repository.firstParents(tip).iterator();
        this.path = new RegistryPath.PointerFile(stage, model).path();
    }

    @Override
    public boolean hasNext() {
        return commits.hasNext();
    }

    @Override
    public Step next() {
        CommitFacts commit = commits.next();
        Snapshot snapshot = repository.snapshot(commit.id());
        Optional<TreeEntry> now = snapshot.entry(FOLDER);
        if (!now.equals(folder)) {
            folder = now;
            read(snapshot);
        }
        return new Step(commit, pointer);
    }

    private void read(Snapshot snapshot) {
        Optional<TreeEntry> now = snapshot.entry(path).filter(each -> each.mode() == EntryMode.FILE);
        if (!now.equals(file)) {
            file = now;
            pointer = now.flatMap(
                    each -> StagePointer.readTrusted(snapshot.read(each)).value());
        }
    }
}
