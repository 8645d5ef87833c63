package io.modelgate.policy;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.Interval;
import io.modelgate.finding.Place;
import java.util.Optional;

/**
 * One comparison of groups that was judged.
 *
 * @param what the metric and the groups, for people
 * @param value the metric
 * @param interval its interval, in the modes that use one
 * @param required where it must be
 * @param place where it stands in the report
 */
record ExaminedGroups(What what, double value, Optional<Interval> interval, Bounds required, Place place) {
    /**
     * What was compared.
     *
     * @param metric id of a metric
     * @param comparison which groups
     * @param ideal the value of groups that are treated alike
     */
    record What(String metric, Comparison comparison, double ideal) {
        @Override
        public String toString() {
            return metric + " of " + comparison;
        }
    }

    /** The larger, the worse: distance from the bounds, then from the ideal. */
    double badness() {
        double outside = required.distance(value);
        return outside > 0 ? 1_000 + outside : Math.abs(value - what.ideal());
    }

    /** What is wrong with it, if it is. */
    Optional<Judgement.Problem> problem(Certainty certainty, String whyNoInterval) {
        if (certainty.isPoint()) {
            double by = required.distance(value);
            return required.contain(value)
                    ? Optional.empty()
                    : Optional.of(outside("", by > 0 ? ": off by " + Shown.number(by) : ""));
        }
        if (interval.isEmpty()) {
            return Optional.of(Judgement.Problem.of(
                    place,
                    what + " has no confidence interval: " + whyNoInterval + ".",
                    "Report unweighted counts of each group."));
        }
        return certainty.accepts(required, interval.get())
                ? Optional.empty()
                : Optional.of(outside(
                        ", interval " + Shown.interval(interval.get()), certainty.offBy(required, interval.get())));
    }

    private Judgement.Problem outside(String limits, String by) {
        return Judgement.Problem.of(
                place,
                what + " is " + Shown.number(value) + limits + ", required is " + required + by + ".",
                interval.isPresent() && required.contain(value)
                        ? "Retrain or correct the model, or measure on more people: the interval becomes narrower."
                        : "Retrain or correct the model.");
    }

    String shown(Certainty certainty) {
        String limits = certainty.isPoint()
                ? ""
                : interval.map(each -> " [" + Shown.number(each.lower()) + ", " + Shown.number(each.upper()) + "]")
                        .orElse("");
        return Shown.number(value) + limits + " " + what.comparison();
    }
}
