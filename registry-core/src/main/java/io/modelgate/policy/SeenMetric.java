package io.modelgate.policy;

import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.Interval;
import io.modelgate.evidence.Metric;
import io.modelgate.manifest.DatasetRole;
import java.util.Map;

/**
 * What an evaluation measures, without the value.
 *
 * @param id the metric
 * @param role what the data was used for
 * @param slice which part of the data
 * @param level up to which level there is an interval; 0 without one, 1 where it can be computed at any
 */
record SeenMetric(String id, DatasetRole role, Map<String, String> slice, double level) {
    private static final double ALMOST_SURE = 0.999999;

    static SeenMetric of(Evaluation evaluation, Metric metric) {
        double level = evaluation.interval(metric, ALMOST_SURE).isPresent()
                ? 1
                : metric.interval()
                        .map(Interval::level)
                        .filter(reported ->
                                evaluation.interval(metric, reported).isPresent())
                        .orElse(0.0);
        return new SeenMetric(metric.id(), evaluation.role(), metric.slice(), level);
    }
}
