package io.modelgate.policy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** Numbers as people read them. */
final class Shown {
    private static final int DIGITS = 4;

    private Shown() {}

    /** {@code 7 days}, or ISO 8601 where it is no whole number of days. */
    static String duration(Duration time) {
        long days = time.toDays();
        return days > 0 && time.equals(Duration.ofDays(days)) ? days + (days == 1 ? " day" : " days") : time.toString();
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
