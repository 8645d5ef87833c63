package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A confidence interval.
 *
 * @param level confidence level, between 0 and 1, both excluded
 * @param lower lower limit
 * @param upper upper limit; infinite when a ratio has none, which files write as {@code null}
 * @param method how it was computed; our own are those of {@link Intervals}
 */
public record Interval(double level, double lower, double upper, String method) {
    public Interval {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level of an interval must be between 0 and 1, such as 0.95");
        }
        if (method.isBlank()) {
            throw new IllegalArgumentException("an interval must say its method");
        }
        if (!Double.isFinite(lower) || !(lower <= upper)) {
            throw new IllegalArgumentException("the lower limit of an interval must not be above the upper");
        }
    }

    /** Whether the value is inside, limits included. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    /** Whether there is an upper limit. */
    public boolean isBounded() {
        return upper < Double.POSITIVE_INFINITY;
    }

    /** For people: {@code [0.8, 1.25] (newcombe, level 0.95)}. */
    @Override
    public String toString() {
        String end = isBounded() ? Numbers.text(upper) : "no limit";
        return "[" + Numbers.text(lower) + ", " + end + "] (" + method + ", level " + Numbers.text(level) + ")";
    }

    /** Reads the fields; empty, with findings noted, when something is wrong. */
    static Optional<Interval> of(Fields fields) {
        double level = fields.number("level").doubleValue();
        double lower = fields.number("lower").doubleValue();
        double upper =
                fields.optionalNumber("upper").map(BigDecimal::doubleValue).orElse(Double.POSITIVE_INFINITY);
        String method = fields.text("method");
        try {
            return Optional.of(new Interval(level, lower, upper, method));
        } catch (IllegalArgumentException e) {
            if (fields.has("level") && fields.has("lower") && fields.has("method")) {
                fields.refuse("level", String.valueOf(e.getMessage()), "Correct the interval.");
            }
            return Optional.empty();
        }
    }

    Node.Mapping toNode() {
        MappingBuilder fields =
                new MappingBuilder().number("level", Numbers.decimal(level)).number("lower", Numbers.decimal(lower));
        Node end = isBounded() ? new Node.Decimal(Place.NOWHERE, Numbers.decimal(upper)) : new Node.Null(Place.NOWHERE);
        return fields.put("upper", end).text("method", method).build();
    }
}
