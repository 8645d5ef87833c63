package io.modelgate.policy;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.Interval;
import io.modelgate.finding.Place;
import java.util.Optional;

/**
 * One comparison of groups that was judged.
 *
 * @param comparison which groups
 * @param value the metric
 * @param interval its interval, in the modes that use one
 * @param place where it stands in the report
 */
record Examined(Comparison comparison, double value, Optional<Interval> interval, Place place) {
    /** The larger, the worse: distance from the bounds, then from the ideal. */
    double badness(Bounds bounds, double ideal) {
        double outside = bounds.distance(value);
        return outside > 0 ? 1_000 + outside : Math.abs(value - ideal);
    }

    String shown(FairnessRequirement.Mode mode) {
        String limits = mode == FairnessRequirement.Mode.POINT
                ? ""
                : interval.map(each -> " [" + Shown.number(each.lower()) + ", " + Shown.number(each.upper()) + "]")
                        .orElse("");
        return Shown.number(value) + limits + " " + comparison;
    }
}
