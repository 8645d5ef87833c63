package io.modelgate.evidence;

import java.math.BigDecimal;

/** How numbers are written: without loss, and whole numbers without a point. */
final class Numbers {
    /** Beyond this, a double no longer holds every whole number. */
    static final double LARGEST_COUNT = 9_007_199_254_740_992.0;

    private Numbers() {}

    /** The shortest decimal that reads back as the same double. */
    static BigDecimal decimal(double value) {
        return isWhole(value) ? BigDecimal.valueOf((long) value) : BigDecimal.valueOf(value);
    }

    static String text(double value) {
        return decimal(value).toPlainString();
    }

    static boolean isWhole(double value) {
        return Math.abs(value) <= LARGEST_COUNT && value == Math.rint(value);
    }
}
