package io.modelgate.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;

/**
 * A file that comes in parts, in any order, under a temporary name; beside it is written which parts are there, so that a later
 * run can go on. What is written there is a hint only: the whole file is hashed before it gets its name.
 */
final class PartialFile implements AutoCloseable {
    private static final String NOTES = ".parts";
    private static final Set<OpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final Path notes;
    private final FileChannel bytes;
    private final FileChannel noted;

    private PartialFile(Path path) throws IOException {
        this.path = path;
        this.notes = path.resolveSibling(path.getFileName() + NOTES);
        this.bytes = FileChannel.open(path, OPTIONS);
        try {
            this.noted = FileChannel.open(notes, OPTIONS);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * Goes on with what an earlier run left for the same bytes; begins a file of its own when that run is still alive, or when
     * what is there is somebody else's.
     */
    static PartialFile in(Path folder, FileDigest file) throws IOException {
        Path shared = folder.resolve(NewFile.PREFIX + file.digest().hex());
        if (isOursOrNobodys(shared)) {
            PartialFile partial = new PartialFile(shared);
            if (partial.lock() && isOursOrNobodys(shared)) {
                return partial;
            }
            partial.closeChannels();
        }
        return new PartialFile(folder.resolve(NewFile.PREFIX + UUID.randomUUID()));
    }

    /** About how many bytes an earlier run left; what it noted is believed, for it only decides how much room is asked for. */
    static long bytesIn(Path folder, FileDigest file) {
        try {
            Path notes = folder.resolve(NewFile.PREFIX + file.digest().hex() + NOTES);
            if (!Files.isRegularFile(notes, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(notes) > file.size() / Download.PART + 1) {
                return 0;
            }
            long there = 0;
            for (byte part : Files.readAllBytes(notes)) {
                there += part == 1 ? Download.PART : 0;
            }
            return Math.min(there, file.size());
        } catch (IOException e) {
            return 0;
        }
    }

    /** Where everybody may write, somebody else could have made the file, to change it afterwards. */
    private static boolean isOursOrNobodys(Path shared) throws IOException {
        if (!Files.exists(shared, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (NewFile probe = NewFile.in(shared.resolveSibling(""))) {
            return Files.isRegularFile(shared, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(shared, LinkOption.NOFOLLOW_LINKS).equals(probe.owner());
        }
    }

    private boolean lock() {
        try {
            return noted.tryLock() != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false; // Another thread of this process has it, or it is a file system without locks.
        }
    }

    FileChannel bytes() {
        return bytes;
    }

    /** Whether an earlier run, or this one, noted that a part is there. */
    boolean has(int part) throws IOException {
        ByteBuffer mark = ByteBuffer.allocate(1);
        return noted.read(mark, part) == 1 && mark.get(0) == 1;
    }

    /** Notes that all bytes of a part are written. */
    void note(int part) throws IOException {
        noted.write(ByteBuffer.wrap(new byte[] {1}), part);
    }

    /** Forgets everything that is there. */
    void clear() throws IOException {
        noted.truncate(0);
        bytes.truncate(0);
    }

    /** Gives the file its name; what had that name is replaced. */
    void becomes(Path target) throws IOException {
        bytes.close();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(notes);
    }

    /** Takes it away for good. */
    void remove() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(notes);
    }

    /** What is there stays for a later run. */
    @Override
    public void close() throws IOException {
        closeChannels();
    }

    private void closeChannels() throws IOException {
        try {
            bytes.close();
        } finally {
            noted.close();
        }
    }
}
