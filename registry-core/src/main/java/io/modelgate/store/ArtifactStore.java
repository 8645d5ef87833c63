package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.VersionId;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the bytes of artifacts are, addressed by their digest. Every implementation passes the same contract test. */
public interface ArtifactStore {
    /** The name of the store in {@code registry.yaml}. */
    String name();

    /**
     * Makes the store hold these bytes. What is there already and right is kept; what is there and wrong is replaced. Several
     * processes may put the same bytes at once.
     *
     * @param file the digest and size that the bytes must have; others are an INTEGRITY exception and nothing is kept
     */
    void put(FileDigest file, Path source, Progress progress);

    /**
     * Writes the bytes to a file that does not exist yet or is replaced whole; verified while they stream. Wrong bytes are an
     * INTEGRITY exception, missing ones NOT_FOUND, and then the target is untouched. Folders above the target are made.
     */
    void get(FileDigest file, Path target, Progress progress);

    /** Reads the bytes and compares them with their digest. */
    Verification verify(FileDigest file, Progress progress);

    /** The same for whoever opens it afterwards: each byte is hashed twice, so that the file need not be read whole again. */
    default Verification verifyToOpen(FileDigest file) {
        return verify(file);
    }

    /** Verifies several at once to open them afterwards; the answers are in the order of the files. */
    default List<Verification> verifyToOpen(List<FileDigest> files) {
        return Workers.map(files, atOnce(), this::verifyToOpen);
    }

    /**
     * The bytes, to look into any part of them; verify them first. What comes over a network is compared with what was verified,
     * and read whole if nothing was: other bytes are INTEGRITY. Missing ones are NOT_FOUND. The caller closes it.
     */
    SeekableByteChannel open(FileDigest file);

    /** Reads the bytes and compares them with their digest. */
    default Verification verify(FileDigest file) {
        return verify(file, Progress.NONE);
    }

    /** Verifies several at once; the answers are in the order of the files. */
    default List<Verification> verify(List<FileDigest> files, Progress progress) {
        progress.started("verifying", files.stream().mapToLong(FileDigest::size).sum());
        try {
            return Workers.map(files, atOnce(), file -> verify(file, progress));
        } finally {
            progress.finished();
        }
    }

    /** The part of the store that is for one model; the whole of it where models share their bytes. */
    default ArtifactStore of(ModelName model) {
        return this;
    }

    /**
     * Is told that the files of a version are all there. A store that keeps together what belongs together (a manifest that
     * people can pull with their own tools, and without which bytes would be taken for rubbish) writes that down.
     */
    default void complete(VersionId version, List<FileDigest> files) {}

    /**
     * Keeps something about a version beside its files, where a store can do that in a way that other tools understand; all
     * files must be there. Others do nothing: what matters is in Git.
     */
    default void attach(VersionId version, List<FileDigest> files, Attachment attachment) {}

    /**
     * Names everything that the store has, in no order; each object at least once.
     *
     * @return whether the store can tell at all; if not, nothing was named
     */
    default boolean list(Consumer<StoredObject> each) {
        return false;
    }

    /** What people must do to take objects away, a sentence, where that cannot be done from here. */
    default Optional<String> removedByHand() {
        return Optional.empty();
    }

    /**
     * Takes an object away for good, unless it was put there again since it was seen. USAGE where the store cannot do that.
     *
     * @return whether it is gone
     */
    default boolean remove(StoredObject seen) {
        throw RegistryException.usage(
                "Nothing can be taken out of store " + name() + " from here.", "Use the means of its server.");
    }

    /** The store as far as its bytes lie on a disk of this machine, so that a copy of them beside it would gain nothing. */
    default Optional<ArtifactStore> here() {
        return Optional.empty();
    }

    /** Whether it never asks another machine. */
    default boolean isHere() {
        return false;
    }

    /**
     * How many bytes of disk it takes to bring a file into a folder.
     *
     * @param folder is there
     */
    default long needs(FileDigest file, Path folder) {
        return file.size();
    }

    /** How many files to move at once, at most. */
    default int atOnce() {
        return Runtime.getRuntime().availableProcessors();
    }
}
