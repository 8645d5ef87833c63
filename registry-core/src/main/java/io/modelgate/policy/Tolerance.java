package io.modelgate.policy;

import io.modelgate.evidence.Direction;
import io.modelgate.manifest.Fields;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much worse than the incumbent is still good.
 *
 * @param amount 0 or more, in units of the metric or as a part of the incumbent's value
 * @param relative whether it is a part
 * @param direction which way is better
 */
record Tolerance(BigDecimal amount, boolean relative, Direction direction) {
    static Optional<Tolerance> of(Fields fields, Direction direction) {
        Optional<BigDecimal> absolute = fields.optionalNumber("absolute");
        Optional<BigDecimal> relative = fields.optionalNumber("relative");
        if (absolute.isPresent() == relative.isPresent()) {
            fields.refuse("absolute", "The tolerance is not exactly one of absolute and relative.", "Write one.");
            return Optional.empty();
        }
        BigDecimal amount = absolute.or(() -> relative).orElseThrow();
        if (amount.signum() < 0) {
            fields.refuse("absolute", "The tolerance is negative.", "Write 0 or more.");
            return Optional.empty();
        }
        return Optional.of(new Tolerance(amount, relative.isPresent(), direction));
    }

    /** The value at which it becomes too bad. */
    Bounds around(double incumbent) {
        BigDecimal base = BigDecimal.valueOf(incumbent);
        BigDecimal allowance = relative ? base.abs().multiply(amount) : amount;
        return direction == Direction.HIGHER_IS_BETTER
                ? new Bounds(Optional.of(base.subtract(allowance)), Optional.empty())
                : new Bounds(Optional.empty(), Optional.of(base.add(allowance)));
    }

    @Override
    public String toString() {
        return amount.toPlainString() + (relative ? " of its value" : "");
    }
}
