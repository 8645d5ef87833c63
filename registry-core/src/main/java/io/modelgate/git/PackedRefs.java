package io.modelgate.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.LockFile;

/** The one file into which {@code git gc} gathers refs. Modelgate never adds to it, and takes out what is deleted. */
final class PackedRefs implements AutoCloseable {
    private final Path file;
    private final LockFile lock;

    PackedRefs(Path common) {
        this.file = common.resolve("packed-refs");
        this.lock = new LockFile(file.toFile());
        lock.setFSync(true);
    }

    /** Takes the lock of the file; false when it is taken. */
    boolean lock() throws IOException {
        return lock.lock();
    }

    /** Takes out those of these refs that are in it. Call with the lock held. */
    void remove(Set<String> refs) throws IOException {
        List<String> lines = refs.isEmpty() ? List.of() : read();
        if (lines.stream().noneMatch(line -> refs.contains(refOf(line)))) {
            return;
        }
        StringBuilder kept = new StringBuilder();
        boolean dropping = false;
        for (String line : lines) {
            // A line that starts with ^ says what the tag in the line before it points to.
            dropping = line.startsWith("^") ? dropping : refs.contains(refOf(line));
            if (!dropping) {
                kept.append(line).append('\n');
            }
        }
        lock.write(kept.toString().getBytes(StandardCharsets.UTF_8));
        if (!lock.commit()) {
            throw new IOException("the file " + file + " cannot be replaced");
        }
    }

    private List<String> read() throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static String refOf(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    @Override
    public void close() {
        lock.unlock();
    }
}
