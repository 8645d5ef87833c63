package io.modelgate.policy;

import io.modelgate.manifest.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads durations of rules: not negative, and so short that they can be added to a date. */
final class Durations {
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /** Whether a time is not longer ago than that, and not to come, as far as clocks agree. */
    static boolean isWithin(Instant time, Duration limit, Instant now) {
        return !time.isBefore(now.minus(limit)) && !time.isAfter(now.plus(CLOCKS_DIFFER));
    }

    /** Whether whatever has this greatest age is too old as soon as it is merged. */
    static boolean isTooShort(Duration age) {
        return age.compareTo(CLOCKS_DIFFER) < 0;
    }

    static Optional<Duration> bounded(Fields fields, String key) {
        Optional<Duration> duration = fields.optionalDuration(key);
        if (duration.filter(each -> each.isNegative() || each.compareTo(LONGEST) > 0)
                .isPresent()) {
            fields.refuse(key, key + " is negative or more than 100 years.", "Write a duration like P7D.");
            return Optional.empty();
        }
        return duration;
    }
}
