package io.modelgate.evidence;

/**
 * Some of many: the numerator and denominator of a rate.
 *
 * @param count how many of them
 * @param total of how many
 */
public record Proportion(double count, double total) {
    /** The rate; undefined when there is nobody. */
    public MetricValue value() {
        return MetricValue.ratio(count, total);
    }

    /** Whether there is somebody to take a share of. */
    boolean isDefined() {
        return total > 0;
    }
}
