package io.modelgate.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Where refs really are: in the repository itself, or on another machine. */
interface Upstream extends AutoCloseable {
    /** Brings the latest refs and objects here. */
    void refresh();

    /** As {@link #refresh}, however fresh the copy is. */
    default void refreshNow() {
        refresh();
    }

    /** Brings what a ref of any name points to; empty when there is no such ref on another machine. */
    default Optional<CommitId> bring(String ref) {
        return Optional.empty();
    }

    /** The same from another repository on the same host. */
    default Optional<CommitId> bring(String path, String ref) {
        return Optional.empty();
    }

    /**
     * What every ref points to, by its name, with everything that is needed to read it brought here; asked for anew. USAGE where
     * nobody can be asked.
     */
    Map<String, ObjectId> everything();

    /** Moves refs, all or none. */
    PublishResult publish(List<RefChange> changes);

    /** The folder that the refs' own repository is in, when that is on this machine. */
    default Optional<Path> home(Path repository) {
        return Optional.of(repository.toAbsolutePath().normalize().resolveSibling(""));
    }

    @Override
    default void close() {}
}
