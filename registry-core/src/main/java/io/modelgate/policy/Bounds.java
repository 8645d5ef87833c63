package io.modelgate.policy;

import io.modelgate.evidence.Interval;
import io.modelgate.manifest.Fields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A closed range of numbers, open to one side where only one bound is given.
 *
 * @param atLeast the smallest number that is good
 * @param atMost the largest number that is good
 */
record Bounds(Optional<BigDecimal> atLeast, Optional<BigDecimal> atMost) {
    Bounds {
        if (atLeast.isPresent() && atMost.isPresent() && atLeast.get().compareTo(atMost.get()) > 0) {
            throw new IllegalArgumentException("the lower bound is above the upper bound");
        }
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

    boolean contain(double value) {
        return atLeast.filter(bound -> value < bound.doubleValue()).isEmpty()
                && atMost.filter(bound -> value > bound.doubleValue()).isEmpty();
    }

    /** Whether the whole interval is good. */
    boolean contain(Interval interval) {
        return contain(interval.lower()) && (atMost.isEmpty() || (interval.isBounded() && contain(interval.upper())));
    }

    /** Whether some of the interval is good. */
    boolean touch(Interval interval) {
        return atLeast.filter(bound -> interval.upper() < bound.doubleValue()).isEmpty()
                && atMost.filter(bound -> interval.lower() > bound.doubleValue())
                        .isEmpty();
    }

    /** How far a value is outside; 0 inside. */
    double distance(double value) {
        double below = atLeast.map(bound -> bound.doubleValue() - value).orElse(0.0);
        double above = atMost.map(bound -> value - bound.doubleValue()).orElse(0.0);
        return Math.max(0, Math.max(below, above));
    }

    /** For people: {@code ≥ 0.7}, {@code ≤ 0.2} or {@code 0.8 to 1.25}. */
    @Override
    public String toString() {
        if (atLeast.isPresent() && atMost.isPresent()) {
            return atLeast.get().toPlainString() + " to " + atMost.get().toPlainString();
        }
        return atLeast.map(bound -> "≥ " + bound.toPlainString())
                .orElseGet(() -> "≤ " + atMost.map(BigDecimal::toPlainString).orElse(""));
    }
}
