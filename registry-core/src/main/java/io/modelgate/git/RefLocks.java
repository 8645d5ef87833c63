package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The lock files by which Git processes take turns at refs. They stay behind when a process is killed; those of a killed
 * Modelgate are known from its note and removed, those of anybody else are named to the user.
 */
final class RefLocks {
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final long NAP_NANOS = 20_000_000;

    private final Path common;

    RefLocks(Path common) {
        this.common = common;
    }

    /** Removes the lock files that the writer of a note left behind. Call with the mutex held. */
    void removeThoseOf(RefNote note) throws IOException {
        long deadline = System.nanoTime() + GRACE.toNanos();
        boolean deletes = false;
        for (RefChange change : note.changes()) {
            deletes |= change.next().isEmpty();
            removeIfLeft(lockOf(change.ref()), change.next().map(id -> id + "\n"), deadline);
        }
        if (deletes) {
            removeIfLeft(packedLock(), Optional.empty(), deadline);
        }
    }

    /** The lock file that is in the way of these changes, if any. */
    Optional<Path> inTheWay(List<RefChange> changes) {
        return Stream.concat(changes.stream().map(change -> lockOf(change.ref())), Stream.of(packedLock()))
                .filter(Files::exists)
                .findFirst();
    }

    /** What to tell about a lock file that does not go away. */
    static RegistryException stale(Path lock) {
        return RegistryException.environment(
                "The registry is locked: the file " + lock + " has been there " + age(lock) + ".",
                "If no Git process is at work there, one died: delete that file and try again.",
                null);
    }

    private static String age(Path lock) {
        try {
            Instant made = Files.getLastModifiedTime(lock).toInstant();
            long seconds = Math.max(
                    0, Duration.between(made, Clock.systemUTC().instant()).toSeconds());
            return seconds < 120 ? "for " + seconds + " seconds" : "for " + seconds / 60 + " minutes";
        } catch (IOException e) {
            return "all the time";
        }
    }

    private Path lockOf(String ref) {
        return common.resolve(ref + ".lock");
    }

    private Path packedLock() {
        return common.resolve("packed-refs.lock");
    }

    /**
     * What holds the id that the dead process wanted to write is its own. An empty file may belong to another program that
     * is quick, and gets a moment to go on.
     */
    private static void removeIfLeft(Path lock, Optional<String> content, long deadline) throws IOException {
        while (Files.isRegularFile(lock)) {
            long size = Files.size(lock);
            boolean ours = content.isPresent()
                    && size == content.get().length()
                    && Files.readString(lock, StandardCharsets.ISO_8859_1).equals(content.get());
            boolean another = size > 0 && content.isPresent() && !ours;
            if (another) {
                return;
            }
            if (ours || System.nanoTime() > deadline) {
                Files.deleteIfExists(lock);
                return;
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
    }
}
