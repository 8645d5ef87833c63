package io.modelgate.store.http;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How often one question is asked again, and after which pause: as long as the server says ({@code Retry-After}), else twice as
 * long each time, by a random amount. Gives up where all pauses together are longer than a person waits.
 */
public final class Patience {
    /** Nothing was done. */
    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
    /** May pass too, but something may have been done. */
    private static final Set<Integer> TROUBLED = Set.of(408, 409, 425, 500);

    private static final int MOST_TRIES = 6;
    /** Fewer, since each may have been waited for as long as the limits allow. */
    private static final int MOST_BREAKS = 4;

    private final Limits limits;
    private final Clock clock;
    private int tries;
    private int breaks;
    private Duration waited = Duration.ZERO;

    /** @param limits how long all pauses may be together, and the first one */
    public Patience(Limits limits) {
        this(limits, Clock.systemUTC());
    }

    Patience(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Whether the same question may have a better answer a little later, and did nothing. */
    public static boolean isBusy(int status) {
        return BUSY.contains(status);
    }

    /** Whether a question that may be asked twice may have a better answer a little later. */
    public static boolean mayPass(int status) {
        return isBusy(status) || TROUBLED.contains(status);
    }

    /**
     * Waits after an answer that may pass; false when there is no use in it.
     *
     * @param retryAfter the header of that name
     */
    public boolean again(Optional<String> retryAfter) {
        Duration pause = retryAfter
                .flatMap(text -> RetryAfter.parse(text, clock.instant()))
                .orElseGet(this::own);
        if (++tries >= MOST_TRIES
                || waited.plus(pause).compareTo(limits.pause()) > 0
                || Thread.currentThread().isInterrupted()) {
            return false;
        }
        waited = waited.plus(pause);
        rest(pause.toNanos());
        return true;
    }

    /** Waits after a connection that broke, or that there never was; false when there is no use in it. */
    public boolean againAfterBreak() {
        return ++breaks < MOST_BREAKS && again(Optional.empty());
    }

    /** A thread may be woken for something that is long over. */
    private static void rest(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private Duration own() {
        long longest = limits.firstPause().toNanos() << tries;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }
}
