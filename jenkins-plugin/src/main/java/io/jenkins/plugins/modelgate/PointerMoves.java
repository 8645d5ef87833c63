package io.jenkins.plugins.modelgate;

import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeChange;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.StagePointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which stages point to other versions than they did. */
final class PointerMoves {
    private PointerMoves() {}

    /** As the later commit has them, by path. A pointer that is gone, or has only another note, did not move. */
    static List<StagePointer> between(RegistryRepository repository, CommitId before, CommitId after) {
        Snapshot was = repository.snapshot(before);
        Snapshot is = repository.snapshot(after);
        List<StagePointer> moved = new ArrayList<>();
        for (TreeChange change : was.changesTo(is)) {
            if (RegistryPath.of(change.path()) instanceof RegistryPath.PointerFile) {
                Optional<StagePointer> old = read(was, change.path());
                read(is, change.path())
                        .filter(now -> old.filter(then -> then.target().equals(now.target()))
                                .isEmpty())
                        .ifPresent(moved::add);
            }
        }
        return moved;
    }

    private static Optional<StagePointer> read(Snapshot snapshot, String path) {
        return snapshot.read(path)
                .flatMap(file -> StagePointer.readTrusted(file).value());
    }
}
