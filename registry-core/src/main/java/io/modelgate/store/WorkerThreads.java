package io.modelgate.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Threads that move bytes and do not keep a process alive. */
public final class WorkerThreads {
    private static final long LONGEST_END_SECONDS = 90;

    private WorkerThreads() {}

    /** Starts up to so many threads of this name. */
    public static ExecutorService start(int most, String name) {
        return Executors.newFixedThreadPool(most, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes no more work and waits for what runs, so that nobody writes any more once the caller knows of a failure; 90 seconds at
     * most. An interrupt is kept for later.
     */
    public static void end(ExecutorService pool) {
        boolean interrupted = Thread.interrupted();
        pool.shutdown();
        try {
            pool.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
