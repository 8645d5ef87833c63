package io.modelgate.evidence;

import java.util.Optional;

/**
 * A rate of one group compared with that of another: what stands for a metric over all groups where a confidence interval is
 * asked for, since a maximum or minimum has none.
 *
 * @param rate the rate
 * @param ratio whether it is divided; otherwise subtracted
 */
public record PairMetric(Rate rate, boolean ratio) {
    /** For people: {@code tpr difference}. */
    public String label() {
        return rate.word() + (ratio ? " ratio" : " difference");
    }

    /** The value of two groups with the same rate. */
    public double ideal() {
        return formula().scale().ideal();
    }

    /** Left compared with right. */
    public MetricValue compute(Confusion left, Confusion right) {
        return formula().compute(Compared.pair(left, right));
    }

    /**
     * Its interval, from counts of people; empty when a rate is undefined.
     *
     * @param level confidence level such as 0.95
     */
    public Optional<Interval> interval(Confusion left, Confusion right, double level) {
        return formula().interval(left, right, level);
    }

    /** Its interval by a method. */
    public Optional<Interval> interval(Confusion left, Confusion right, double level, IntervalMethod method) {
        return method == IntervalMethod.SCORE
                ? formula().scoreInterval(left, right, level)
                : formula().interval(left, right, level);
    }

    private Formula formula() {
        return ratio ? new Formula.Ratio(rate) : new Formula.Difference(rate);
    }
}
