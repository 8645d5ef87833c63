package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time work on something: a lock of the operating system on a file, which ends with the process however
 * that ends. The file can hold a note about the work; whoever gets the lock and finds a note knows that the one before died.
 */
final class FileMutex implements AutoCloseable {
    private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();
    private static final long LONGEST_NAP_NANOS = 10_000_000;
    private static final int LONGEST_NOTE = 1 << 20;

    private final ReentrantLock local;
    private final FileChannel channel;

    private FileMutex(ReentrantLock local, FileChannel channel) {
        this.local = local;
        this.channel = channel;
    }

    /** Waits for the lock on a file, which is made if it is not there. */
    static FileMutex acquire(Path file, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        ReentrantLock local =
                IN_THIS_PROCESS.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new ReentrantLock());
        FileChannel channel = null;
        boolean locked = false;
        try {
            if (!local.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(file, patience);
            }
            locked = true;
            channel = open(file);
            while (tryLock(channel) == null) {
                if (System.nanoTime() > deadline) {
                    throw busy(file, patience);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_NAP_NANOS));
            }
            FileMutex mutex = new FileMutex(local, channel);
            channel = null;
            locked = false;
            return mutex;
        } catch (IOException e) {
            throw unusable(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(file, patience);
        } finally {
            release(locked ? local : null, channel);
        }
    }

    /** What the one before left behind, if it died. */
    Optional<String> note() {
        try {
            channel.position(0);
            String note = new String(Channels.newInputStream(channel).readNBytes(LONGEST_NOTE), StandardCharsets.UTF_8);
            return note.isEmpty() ? Optional.empty() : Optional.of(note);
        } catch (IOException e) {
            throw unusable(Path.of("lock"), e);
        }
    }

    /** Leaves a note for the case that this process dies before {@link #clear}. Replaces one of the same length at once. */
    void leave(String note) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
        channel.truncate(bytes.limit());
    }

    void clear() throws IOException {
        channel.truncate(0);
    }

    @Override
    public void close() {
        release(local, channel);
    }

    private static FileChannel open(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        return channel.tryLock();
    }

    private static void release(@Nullable ReentrantLock local, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        } finally {
            if (local != null) {
                local.unlock();
            }
        }
    }

    private static RegistryException busy(Path file, Duration patience) {
        return RegistryException.conflict(
                "Another process has held the lock " + file + " for more than " + patience.toSeconds() + " seconds.",
                "See what it does, end it if it hangs, and try again; the lock goes with it.");
    }

    private static RegistryException unusable(Path file, IOException cause) {
        return RegistryException.environment(
                "The lock file " + file + " cannot be used: " + Trouble.words(cause),
                "Check the permissions of its folder and the free space of the disk.",
                cause);
    }
}
