package io.modelgate.policy;

import io.modelgate.evidence.Interval;
import io.modelgate.evidence.MetricValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Numbers as people read them. */
final class Shown {
    private static final int DIGITS = 4;
    private static final int BOUND_DIGITS = 8;

    private Shown() {}

    /** {@code 7 days}, or ISO 8601 where it is no whole number of days. */
    static String duration(Duration time) {
        long days = time.toDays();
        return days > 0 && time.equals(Duration.ofDays(days)) ? days + (days == 1 ? " day" : " days") : time.toString();
    }

    /** {@code 2026-11-23}, in UTC. */
    static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** A bound as the policy says it; one that was computed has at most eight significant digits. */
    static String bound(BigDecimal bound) {
        return bound.precision() <= BOUND_DIGITS
                ? bound.toPlainString()
                : bound.round(new MathContext(BOUND_DIGITS, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** A value with at most four significant digits, or why there is none. */
    static String value(MetricValue value) {
        return value.ok()
                ? number(value.number().getAsDouble())
                : value.status().word();
    }

    /** {@code [0.7716, 1.096] (mover-r-wilson, level 0.95)}. */
    static String interval(Interval interval) {
        return "[" + number(interval.lower()) + ", " + (interval.isBounded() ? number(interval.upper()) : "no limit")
                + "] (" + interval.method() + ", level " + number(interval.level()) + ")";
    }

    /** At most four significant digits, never in exponent form. */
    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
