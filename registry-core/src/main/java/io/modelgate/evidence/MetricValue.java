package io.modelgate.evidence;

import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

/**
 * A finite number, or the reason why there is none.
 *
 * @param number the value; present exactly when the status is {@link MetricStatus#OK}
 * @param status whether there is a value
 */
public record MetricValue(OptionalDouble number, MetricStatus status) {
    static final MetricValue UNDEFINED = none(MetricStatus.UNDEFINED);
    static final MetricValue INFINITE = none(MetricStatus.INFINITE);

    public MetricValue {
        if (number.isPresent() != (status == MetricStatus.OK)) {
            throw new IllegalArgumentException("a value exactly when the status is ok");
        }
        if (!Double.isFinite(number.orElse(0))) {
            throw new IllegalArgumentException("a value must be a finite number");
        }
    }

    /** This value. */
    public static MetricValue of(double value) {
        return new MetricValue(OptionalDouble.of(value), MetricStatus.OK);
    }

    /** No value, for this reason. */
    public static MetricValue none(MetricStatus status) {
        return new MetricValue(OptionalDouble.empty(), status);
    }

    /** {@code a / b}: 0/0 is undefined, x/0 is infinite. */
    static MetricValue ratio(double a, double b) {
        if (b == 0) {
            return a == 0 ? UNDEFINED : INFINITE;
        }
        return of(a / b);
    }

    /** Whether there is a value. */
    public boolean ok() {
        return status == MetricStatus.OK;
    }

    /** Both numbers together; undefined when one of them is missing. */
    MetricValue with(MetricValue other, DoubleBinaryOperator operation) {
        return ok() && other.ok()
                ? of(operation.applyAsDouble(number.getAsDouble(), other.number.getAsDouble()))
                : UNDEFINED;
    }

    /** This divided by the other; undefined when one of them is missing. */
    MetricValue dividedBy(MetricValue other) {
        return ok() && other.ok() ? ratio(number.getAsDouble(), other.number.getAsDouble()) : UNDEFINED;
    }

    /** The number, or the word of the status. */
    @Override
    public String toString() {
        return ok() ? Numbers.text(number.getAsDouble()) : status.word();
    }
}
