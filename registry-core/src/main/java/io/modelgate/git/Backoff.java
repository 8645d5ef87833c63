package io.modelgate.git;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Waits a little longer after each lost race, by a random amount, and gives up in the end. */
public final class Backoff {
    private static final int MOST_TRIES = 60;
    private static final long FIRST_NANOS = 5_000_000;
    private static final long LONGEST_NANOS = 500_000_000;

    private int tries;

    /** Waits; false when it has been tried often enough. */
    public boolean again() {
        if (++tries >= MOST_TRIES) {
            return false;
        }
        long most = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(tries, 10));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
        return true;
    }
}
