package io.modelgate.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people of one attribute, ready to be compared many times. */
public final class People {
    private final boolean weighted;
    private final Map<String, Group> groups = new HashMap<>();
    private final Optional<Compared> everybody;

    /** @param weighted whether the counts are sums of weights, for which there are no intervals */
    public People(Attribute attribute, boolean weighted) {
        this.weighted = weighted;
        attribute.groups().forEach(each -> groups.putIfAbsent(each.name(), each));
        this.everybody = attribute.hasCounts()
                ? Optional.of(Compared.groups(
                        Confusion.NOBODY,
                        attribute.groups().stream()
                                .flatMap(each -> each.counts().stream())
                                .toList()))
                : Optional.empty();
    }

    /** The group of this name. */
    public Optional<Group> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /** The metric computed from the counts; empty when counts of a group that it needs are unknown. */
    public Optional<MetricValue> compute(FairnessMetric metric, Comparison comparison) {
        return compared(metric, comparison).map(metric::compute);
    }

    /**
     * The interval computed from the counts; empty when they are unknown or weighted, and for metrics that have none.
     *
     * @param level confidence level such as 0.95
     */
    public Optional<Interval> interval(
            FairnessMetric metric, Comparison comparison, double level, IntervalMethod method) {
        return weighted || metric.sides() != Sides.PAIR
                ? Optional.empty()
                : compared(metric, comparison)
                        .flatMap(people -> metric.interval(people.left(), people.right(), level, method));
    }

    /** The people that a metric needs; empty when their counts are unknown or the sides do not suit the metric. */
    Optional<Compared> compared(FairnessMetric metric, Comparison comparison) {
        if (!comparison.suits(metric.sides())) {
            return Optional.empty();
        }
        if (comparison.left().isEmpty()) {
            return everybody;
        }
        Optional<Confusion> left = pooled(comparison.left(), metric.isAboutSizes());
        if (comparison.right().isEmpty()) {
            return left.flatMap(side -> everybody.map(all -> all.with(side)));
        }
        Optional<Confusion> right = pooled(comparison.right(), metric.isAboutSizes());
        return left.flatMap(one -> right.map(other -> Compared.pair(one, other)));
    }

    private Optional<Confusion> pooled(Collection<String> names, boolean sizesOnly) {
        List<Confusion> parts = new ArrayList<>();
        for (String name : names) {
            Group group = groups.get(name);
            if (group == null || (group.counts().isEmpty() && !sizesOnly)) {
                return Optional.empty();
            }
            parts.add(sizesOnly ? Confusion.people(group.n()) : group.counts().orElseThrow());
        }
        return Optional.of(Confusion.pooled(parts));
    }
}
