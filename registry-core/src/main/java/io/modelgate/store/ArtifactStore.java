package io.modelgate.store;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;

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

    /**
     * The bytes, to look into any part of them; they are not compared with their digest, so verify them first. Missing ones are
     * NOT_FOUND. The caller closes it.
     */
    SeekableByteChannel open(FileDigest file);

    /** Reads the bytes and compares them with their digest. */
    default Verification verify(FileDigest file) {
        return verify(file, Progress.NONE);
    }

    /** Verifies several at once; the answers are in the order of the files. */
    default List<Verification> verify(List<FileDigest> files, Progress progress) {
        progress.started(files.stream().mapToLong(FileDigest::size).sum());
        try {
            return Workers.map(files, file -> verify(file, progress));
        } finally {
            progress.finished();
        }
    }
}
