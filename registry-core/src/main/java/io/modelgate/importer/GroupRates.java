package io.modelgate.importer;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.evidence.PairMetric;
import io.modelgate.evidence.Rate;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rates of groups without counts: enough to see what a metric over them must be, and to make others of them. */
final class GroupRates {
    private static final MetricValue UNDEFINED = MetricValue.none(MetricStatus.UNDEFINED);

    /** A rate as the tool wrote it. */
    private record Written(String name, Node node, MetricValue value) {}

    private record Pair(FairnessMetric metric, Rate rate) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair(FairnessMetric.SELECTION_RATE_DIFFERENCE, Rate.SELECTION_RATE),
            new Pair(FairnessMetric.DISPARATE_IMPACT_RATIO, Rate.SELECTION_RATE),
            new Pair(FairnessMetric.EQUAL_OPPORTUNITY_DIFFERENCE, Rate.TPR),
            new Pair(FairnessMetric.TPR_RATIO, Rate.TPR),
            new Pair(FairnessMetric.FPR_RATIO, Rate.FPR),
            new Pair(FairnessMetric.TNR_RATIO, Rate.TNR),
            new Pair(FairnessMetric.FNR_RATIO, Rate.FNR),
            new Pair(FairnessMetric.PREDICTIVE_PARITY_DIFFERENCE, Rate.PPV),
            new Pair(FairnessMetric.ACCURACY_DIFFERENCE, Rate.ACCURACY));

    private final Map<String, Map<Rate, Written>> groups = new LinkedHashMap<>();

    /** Adds a rate of a group that has people. */
    void add(String group, Rate rate, String name, Node node) {
        groups.computeIfAbsent(group, key -> new LinkedHashMap<>())
                .put(rate, new Written(name, node, Trees.value(node, MetricStatus.UNDEFINED)));
    }

    /** What a metric over all groups must be; empty when a rate that it needs is not there. */
    Optional<MetricValue> compute(FairnessMetric metric) {
        List<PairMetric> parts = metric.pairwise();
        if (parts.isEmpty() || groups.size() < 2) {
            return Optional.empty();
        }
        List<MetricValue> values = new ArrayList<>();
        for (PairMetric part : parts) {
            if (groups.values().stream().anyMatch(each -> !each.containsKey(part.rate()))) {
                return Optional.empty();
            }
            values.add(extremes(part));
        }
        return values.stream().allMatch(MetricValue::ok)
                ? Optional.of(MetricValue.of(values.stream()
                        .mapToDouble(each -> each.number().getAsDouble())
                        .max()
                        .getAsDouble()))
                : Optional.of(UNDEFINED);
    }

    private MetricValue extremes(PairMetric part) {
        List<MetricValue> all =
                groups.keySet().stream().map(each -> value(each, part.rate())).toList();
        if (!all.stream().allMatch(MetricValue::ok)) {
            return UNDEFINED;
        }
        DoubleSummaryStatistics statistics =
                all.stream().mapToDouble(each -> each.number().getAsDouble()).summaryStatistics();
        double low = statistics.getMin();
        double high = statistics.getMax();
        return part.ratio() ? ratio(low, high) : MetricValue.of(high - low);
    }

    /** A rate, undefined where it and the rate that makes it up to 1 are both 0: the tool wrote 0 for 0/0. */
    private MetricValue value(String group, Rate rate) {
        Map<Rate, Written> rates = groups.getOrDefault(group, Map.of());
        Written written = rates.get(rate);
        if (written == null) {
            return UNDEFINED;
        }
        Rate other = switch (rate) {
            case TPR -> Rate.FNR;
            case FNR -> Rate.TPR;
            case FPR -> Rate.TNR;
            case TNR -> Rate.FPR;
            default -> rate;
        };
        Written complement = rates.get(other);
        boolean empty = other != rate && complement != null && isZero(written) && isZero(complement);
        return empty ? UNDEFINED : written.value();
    }

    private static boolean isZero(Written written) {
        return written.value().ok() && written.value().number().getAsDouble() == 0;
    }

    /** What the rates say of our metrics where the file does not say it itself. */
    List<Told> derived(String attribute, Optional<String> reference) {
        List<Told> told = new ArrayList<>();
        Optional<MetricValue> highest = max();
        for (String group : groups.keySet()) {
            highest.flatMap(max -> share(attribute, group, max)).ifPresent(told::add);
            reference
                    .filter(each -> groups.containsKey(each) && !each.equals(group))
                    .ifPresent(each -> {
                        for (Pair pair : PAIRS) {
                            pair(attribute, group, each, pair).ifPresent(told::add);
                        }
                    });
        }
        return told;
    }

    private Optional<Told> share(String attribute, String group, MetricValue highest) {
        return written(group, Rate.SELECTION_RATE)
                .map(rate -> Told.of(
                        FairnessMetric.IMPACT_RATIO,
                        Comparison.withHighest(attribute, group),
                        "by_group." + rate.name(),
                        rate.node(),
                        divided(value(group, Rate.SELECTION_RATE), highest),
                        "divided by the highest"));
    }

    private Optional<Told> pair(String attribute, String group, String reference, Pair pair) {
        if (written(reference, pair.rate()).isEmpty()) {
            return Optional.empty();
        }
        MetricValue left = value(group, pair.rate());
        MetricValue right = value(reference, pair.rate());
        boolean ratio = pair.metric().isRatio();
        return written(group, pair.rate())
                .map(rate -> Told.of(
                        pair.metric(),
                        Comparison.of(attribute, group, reference),
                        "by_group." + rate.name(),
                        rate.node(),
                        ratio ? divided(left, right) : minus(left, right),
                        ratio ? "divided by that of the right side" : "minus that of the right side"));
    }

    private Optional<Written> written(String group, Rate rate) {
        return Optional.ofNullable(groups.getOrDefault(group, Map.of()).get(rate));
    }

    private Optional<MetricValue> max() {
        List<MetricValue> all = groups.keySet().stream()
                .map(each -> value(each, Rate.SELECTION_RATE))
                .toList();
        return groups.size() > 1 && all.stream().allMatch(MetricValue::ok)
                ? Optional.of(MetricValue.of(all.stream()
                        .mapToDouble(each -> each.number().getAsDouble())
                        .max()
                        .getAsDouble()))
                : Optional.empty();
    }

    private static MetricValue minus(MetricValue left, MetricValue right) {
        return left.ok() && right.ok()
                ? MetricValue.of(left.number().getAsDouble() - right.number().getAsDouble())
                : UNDEFINED;
    }

    private static MetricValue divided(MetricValue left, MetricValue right) {
        return left.ok() && right.ok()
                ? ratio(left.number().getAsDouble(), right.number().getAsDouble())
                : UNDEFINED;
    }

    private static MetricValue ratio(double a, double b) {
        if (b == 0) {
            return a == 0 ? UNDEFINED : MetricValue.none(MetricStatus.INFINITE);
        }
        return MetricValue.of(a / b);
    }
}
