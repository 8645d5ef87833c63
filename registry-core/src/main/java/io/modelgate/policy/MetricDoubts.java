package io.modelgate.policy;

import io.modelgate.evidence.Direction;
import io.modelgate.evidence.KnownMetric;
import io.modelgate.manifest.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is hardly meant in a rule about a metric. */
final class MetricDoubts {
    private MetricDoubts() {}

    static List<Doubt> of(MetricRequirement rule, Measured measured) {
        Optional<KnownMetric> known = KnownMetric.of(rule.metric());
        Optional<Doubt> unmeasured = measured.metric(rule);
        if (known.isEmpty()) {
            return unmeasured
                    .or(() -> Suggestion.nearest(rule.metric(), KnownMetric.names())
                            .filter(near -> !measured.knowsMetrics())
                            .map(near -> new Doubt(
                                    "unknown-metric",
                                    "is about '" + rule.metric() + "', which is no usual name; did you mean " + near
                                            + "?",
                                    "Write the name that the evaluations use.")))
                    .stream()
                    .toList();
        }
        List<Doubt> doubts = new ArrayList<>();
        unmeasured.ifPresent(doubts::add);
        rule.bounds().ifPresent(bounds -> bounds(bounds, known.get(), doubts));
        rule.tolerance().ifPresent(tolerance -> tolerance(tolerance, known.get(), doubts));
        return doubts;
    }

    private static void bounds(Bounds bounds, KnownMetric metric, List<Doubt> doubts) {
        if (bounds.holdWithin(metric.lowest(), metric.highest())) {
            doubts.add(Doubt.neverFails(metric.id() + " is always " + range(metric)));
        }
        if (bounds.missAllOf(metric.lowest(), metric.highest())) {
            doubts.add(Doubt.neverPasses(metric.id() + " is always " + range(metric)));
        }
        boolean wrong = metric.direction() == Direction.HIGHER_IS_BETTER
                ? bounds.atLeast().isEmpty()
                : bounds.atMost().isEmpty();
        if (wrong) {
            boolean higher = metric.direction() == Direction.HIGHER_IS_BETTER;
            doubts.add(new Doubt(
                    "direction",
                    "refuses good values and accepts bad ones: " + metric.id() + " is better when it is "
                            + (higher ? "higher" : "lower") + ".",
                    "Write " + (higher ? "atLeast" : "atMost") + "."));
        }
    }

    private static void tolerance(Tolerance tolerance, KnownMetric metric, List<Doubt> doubts) {
        if (tolerance.direction() != metric.direction()) {
            doubts.add(new Doubt(
                    "direction",
                    "takes " + tolerance.direction().word() + " for " + metric.id() + ", which is "
                            + metric.direction().word() + ".",
                    "Write direction: " + metric.direction().word() + "."));
        }
        boolean wide = tolerance.relative()
                ? tolerance.direction() == Direction.HIGHER_IS_BETTER
                        && metric.lowest() >= 0
                        && tolerance.amount().compareTo(BigDecimal.ONE) >= 0
                : tolerance.amount().doubleValue() >= metric.highest() - metric.lowest();
        if (wide) {
            doubts.add(Doubt.neverFails("the tolerance " + tolerance + " is as wide as the metric"));
        }
    }

    private static String range(KnownMetric metric) {
        if (Double.isInfinite(metric.highest())) {
            return "at least " + Shown.number(metric.lowest());
        }
        return Double.isInfinite(metric.lowest())
                ? "at most " + Shown.number(metric.highest())
                : "between " + Shown.number(metric.lowest()) + " and " + Shown.number(metric.highest());
    }
}
