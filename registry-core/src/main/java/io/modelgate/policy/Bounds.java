package io.modelgate.policy;

import io.modelgate.evidence.Interval;
import io.modelgate.manifest.Fields;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * A closed range of numbers, open to one side where only one bound is given.
 *
 * @param atLeast the smallest number that is good
 * @param atMost the largest number that is good
 */
record Bounds(Optional<BigDecimal> atLeast, Optional<BigDecimal> atMost) {
    /** A bound that is met exactly is met, whatever the last digit of a division says: 0.6 / 0.75 is 0.8. */
    private static final double ROUNDING = 1e-12;

    Bounds {
        if (atLeast.isPresent() && atMost.isPresent() && atLeast.get().compareTo(atMost.get()) > 0) {
            throw new IllegalArgumentException("the lower bound is above the upper bound");
        }
    }

    /** Whether a rule names a bound, be it a good one or not. */
    static boolean areIn(Fields fields) {
        return fields.has("between") || fields.has("atLeast") || fields.has("atMost");
    }

    /** Reads {@code atLeast}, {@code atMost} or {@code between: [a, b]}; empty when none is there or something is wrong. */
    static Optional<Bounds> of(Fields fields) {
        if (fields.has("between")) {
            List<BigDecimal> pair = fields.numbers("between");
            if (pair.size() != 2 || pair.get(0).compareTo(pair.get(1)) > 0) {
                fields.refuse("between", "between is not two numbers in order.", "Write [lower, upper].");
                return Optional.empty();
            }
            return Optional.of(new Bounds(Optional.of(pair.get(0)), Optional.of(pair.get(1))));
        }
        Optional<BigDecimal> least = fields.optionalNumber("atLeast");
        Optional<BigDecimal> most = fields.optionalNumber("atMost");
        if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
            fields.refuse("atLeast", "atLeast is above atMost.", "Exchange them.");
            return Optional.empty();
        }
        return least.isEmpty() && most.isEmpty() ? Optional.empty() : Optional.of(new Bounds(least, most));
    }

    /** Reads a whole number that the schema bounds as well; empty, with a finding noted, when it is out of range. */
    static Optional<Long> integer(Fields fields, String key, long least, long most) {
        Optional<Long> number = fields.has(key) ? Optional.of(fields.integer(key)) : Optional.empty();
        if (number.filter(each -> each < least || each > most).isPresent()) {
            fields.refuse(
                    key,
                    key + " is " + number.get() + ", must be between " + least + " and " + most + ".",
                    "Correct it.");
            return Optional.empty();
        }
        return number;
    }

    boolean contain(double value) {
        return isAbove(value) && isBelow(value);
    }

    /** Whether the whole interval is good. */
    boolean contain(Interval interval) {
        return contain(interval.lower()) && (atMost.isEmpty() || (interval.isBounded() && contain(interval.upper())));
    }

    /** Whether some of the interval is good. */
    boolean touch(Interval interval) {
        return isAbove(interval.upper()) && isBelow(interval.lower());
    }

    private boolean isAbove(double value) {
        return atLeast.map(BigDecimal::doubleValue)
                .filter(bound -> value < bound - slack(bound))
                .isEmpty();
    }

    private boolean isBelow(double value) {
        return atMost.map(BigDecimal::doubleValue)
                .filter(bound -> value > bound + slack(bound))
                .isEmpty();
    }

    private static double slack(double bound) {
        return ROUNDING * Math.abs(bound);
    }

    /** Whether every value of this range is good. */
    boolean holdWithin(double lowest, double highest) {
        return contain(lowest) && contain(highest);
    }

    /** Whether no value of this range is good. */
    boolean missAllOf(double lowest, double highest) {
        return atLeast.filter(bound -> bound.doubleValue() > highest).isPresent()
                || atMost.filter(bound -> bound.doubleValue() < lowest).isPresent();
    }

    /** How far a value is outside; 0 inside. */
    double distance(double value) {
        double below = atLeast.map(bound -> bound.doubleValue() - value).orElse(0.0);
        double above = atMost.map(bound -> value - bound.doubleValue()).orElse(0.0);
        return Math.max(0, Math.max(below, above));
    }

    /** How far the worse end of an interval is outside; infinite where it has no end. */
    double distance(Interval interval) {
        return Math.max(distance(interval.lower()), distance(interval.upper()));
    }

    /** How far an interval must move until it touches what is good. */
    double gap(Interval interval) {
        return touch(interval) ? 0 : Math.min(distance(interval.lower()), distance(interval.upper()));
    }

    /** How far a value inside is from the nearest bound. */
    double margin(double value) {
        double above = atLeast.map(bound -> value - bound.doubleValue()).orElse(Double.POSITIVE_INFINITY);
        double below = atMost.map(bound -> bound.doubleValue() - value).orElse(Double.POSITIVE_INFINITY);
        return Math.min(below, above);
    }

    /**
     * The bounds of a pair of groups, whichever of the two stands first: at most d becomes -d to d, at least r becomes r to
     * 1/r.
     */
    Bounds ofPairs(boolean ratio) {
        if (ratio) {
            return atLeast.filter(bound -> bound.signum() > 0 && bound.compareTo(BigDecimal.ONE) <= 0)
                    .map(bound -> new Bounds(atLeast, Optional.of(BigDecimal.ONE.divide(bound, MathContext.DECIMAL64))))
                    .orElse(this);
        }
        return atMost.filter(bound -> bound.signum() >= 0)
                .map(bound -> new Bounds(Optional.of(bound.negate()), atMost))
                .orElse(this);
    }

    /** For people: {@code ≥ 0.7}, {@code ≤ 0.2} or {@code 0.8 to 1.25}. */
    @Override
    public String toString() {
        if (atLeast.isPresent() && atMost.isPresent()) {
            return Shown.bound(atLeast.get()) + " to " + Shown.bound(atMost.get());
        }
        return atLeast.map(bound -> "≥ " + Shown.bound(bound))
                .orElseGet(() -> "≤ " + atMost.map(Shown::bound).orElse(""));
    }
}
