package io.modelgate.store.http;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How long to wait before a request is sent again: as long as the server says ({@code Retry-After}), else twice as long each time,
 * by a random amount. Gives up where that is longer than a person waits.
 */
final class Patience {
    private static final int MOST_TRIES = 6;
    private static final Duration FIRST = Duration.ofMillis(200);

    private final Duration most;
    private final Clock clock;
    private int tries;
    private Duration waited = Duration.ZERO;

    Patience(Duration most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Waits; false when there is no use in it. */
    boolean again(Optional<String> retryAfter) {
        Duration pause = retryAfter
                .flatMap(text -> RetryAfter.parse(text, clock.instant()))
                .orElseGet(this::own);
        if (++tries >= MOST_TRIES
                || waited.plus(pause).compareTo(most) > 0
                || Thread.currentThread().isInterrupted()) {
            return false;
        }
        waited = waited.plus(pause);
        LockSupport.parkNanos(pause.toNanos());
        return true;
    }

    private Duration own() {
        long longest = FIRST.toNanos() << tries;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }
}
