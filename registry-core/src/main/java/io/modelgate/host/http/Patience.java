package io.modelgate.host.http;

import io.modelgate.store.http.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How long to wait before a request is sent again: as long as the host says ({@code Retry-After}, or the end of a rate limit's
 * window), else twice as long each time, by a random amount. Gives up where that is longer than a person waits.
 */
final class Patience {
    private static final int MOST_TRIES = 4;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration FIRST = Duration.ofMillis(250);

    private final Clock clock;
    private int tries;
    private Duration waited = Duration.ZERO;

    Patience(Clock clock) {
        this.clock = clock;
    }

    /** Waits; false when there is no use in it. */
    boolean again(Optional<Answer> answer) {
        Duration pause = answer.flatMap(this::asked).orElseGet(this::own);
        if (++tries >= MOST_TRIES || waited.plus(pause).compareTo(LONGEST) > 0) {
            return false;
        }
        waited = waited.plus(pause);
        LockSupport.parkNanos(pause.toNanos());
        return true;
    }

    private Duration own() {
        long most = FIRST.toNanos() << tries;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
    }

    /** What the host asks for, in seconds or as a date (RFC 9110, 10.2.3), or the second at which its rate limit starts anew. */
    Optional<Duration> asked(Answer answer) {
        Optional<String> header = answer.headers().firstValue("retry-after");
        if (header.isPresent()) {
            return RetryAfter.parse(header.get(), clock.instant());
        }
        boolean spent = Exhaustion.of(answer);
        return spent
                ? Exhaustion.reset(answer).map(at -> positive(Duration.between(clock.instant(), at)))
                : Optional.empty();
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
