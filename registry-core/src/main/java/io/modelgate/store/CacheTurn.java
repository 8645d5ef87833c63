package io.modelgate.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one process at a time say what it needs of a cache, or take away from it what nobody needs; the lock ends with the process. */
final class CacheTurn {
    private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    /** What is done in a turn. */
    interface Work<T> {
        T run() throws IOException;
    }

    private CacheTurn() {}

    /** Waits for the turn, in which nobody stays for long. */
    static <T> T in(Path folder, Work<T> work) throws IOException {
        Path file = folder.resolve("turn").toAbsolutePath();
        ReentrantLock local = IN_THIS_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        local.lock();
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            channel.lock();
            return work.run();
        } finally {
            local.unlock();
        }
    }
}
