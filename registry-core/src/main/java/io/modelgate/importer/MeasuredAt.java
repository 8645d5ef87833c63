package io.modelgate.importer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When it was measured, as far as the user says it.
 *
 * @param given the time ({@code --created-at})
 * @param now what time it is: nothing was measured after it
 */
public record MeasuredAt(Optional<Instant> given, Instant now) {
    /** So far the clocks of two machines may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** Whether this time is yet to come. */
    boolean isToCome(Instant time) {
        return time.isAfter(now.plus(SKEW));
    }
}
