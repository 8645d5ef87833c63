package io.modelgate.evidence;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.FindingList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A report's metrics computed again from its counts.
 *
 * @param values every metric of the report, with what the counts say
 * @param findings where report and counts differ, and where nobody or everybody is predicted favourable
 */
public record Recomputation(List<Recomputed> values, List<Finding> findings) {
    static final String DIFFERENT = "fairness/recomputed";
    static final String INTERVAL = "fairness/interval";
    private static final double TOLERANCE = 1e-6;

    /**
     * One metric of the report.
     *
     * @param reported what the report says
     * @param computed what the counts say; empty when they are not given, so that the report can only be believed
     */
    public record Recomputed(FairnessValue reported, Optional<MetricValue> computed) {
        /** Whether the counts were there to compute it again. */
        public boolean recomputed() {
            return computed.isPresent();
        }
    }

    public Recomputation {
        values = List.copyOf(values);
        findings = List.copyOf(findings);
    }

    /** Computes every metric of the report whose counts are given. */
    public static Recomputation of(FairnessReport report) {
        Map<String, People> people = new HashMap<>();
        report.attributes().forEach(each -> people.putIfAbsent(each.name(), new People(each, report.weighted())));
        List<Recomputed> values = new ArrayList<>();
        FindingList findings = new FindingList();
        for (FairnessValue reported : report.values()) {
            Optional<Compared> compared = Optional.ofNullable(
                            people.get(reported.comparison().attribute()))
                    .flatMap(each -> each.compared(reported.metric(), reported.comparison()));
            Optional<MetricValue> computed = compared.map(reported.metric()::compute);
            values.add(new Recomputed(reported, computed));
            computed.ifPresent(value -> compareValue(reported, value, findings));
            reported.interval().ifPresent(interval -> compareInterval(report, reported, interval, compared, findings));
        }
        report.attributes().forEach(each -> checkSelection(each, findings));
        return new Recomputation(values, findings.list());
    }

    private static void compareValue(FairnessValue reported, MetricValue computed, FindingList findings) {
        boolean silent = reported.value().status() == MetricStatus.ERROR
                || reported.value().status() == MetricStatus.NOT_COMPUTED;
        if (silent || agree(reported.value(), computed)) {
            return;
        }
        String remedy = computed.ok()
                ? "Correct the value or the counts; the metric is "
                        + reported.metric().definition() + "."
                : "Write 'value: null' with 'status: " + computed.status().word() + "'.";
        findings.add(
                DIFFERENT,
                reported.place(),
                reported.label() + " is reported as " + reported.value() + ", but the counts give " + computed,
                remedy);
    }

    private static boolean agree(MetricValue one, MetricValue other) {
        boolean numbers = one.ok() && other.ok();
        return numbers
                ? close(one.number().getAsDouble(), other.number().getAsDouble())
                : one.status() == other.status();
    }

    private static boolean close(double reported, double computed) {
        return Double.isFinite(computed)
                ? Math.abs(reported - computed) <= TOLERANCE * Math.max(1, Math.abs(computed))
                : reported == computed;
    }

    private static void compareInterval(
            FairnessReport report,
            FairnessValue reported,
            Interval interval,
            Optional<Compared> people,
            FindingList findings) {
        if (!Intervals.METHODS.contains(interval.method())) {
            return;
        }
        if (report.weighted()) {
            findings.add(
                    INTERVAL,
                    reported.place(),
                    "the interval of " + reported.label() + " by " + interval.method() + " is from weighted counts",
                    "Leave it out: the method needs counts of people.");
            return;
        }
        if (people.isEmpty()) {
            return;
        }
        Optional<Interval> computed =
                reported.metric().interval(people.get().left(), people.get().right(), interval.level());
        boolean same = computed.filter(each -> each.method().equals(interval.method())
                        && close(interval.lower(), each.lower())
                        && close(interval.upper(), each.upper()))
                .isPresent();
        if (!same) {
            findings.add(
                    INTERVAL,
                    reported.place(),
                    "the interval of " + reported.label() + " is reported as " + interval + ", but the counts give "
                            + computed.map(Interval::toString).orElse("none"),
                    "Correct it, or leave it out.");
        }
    }

    private static void checkSelection(Attribute attribute, FindingList findings) {
        if (attribute.groups().isEmpty() || !attribute.hasCounts()) {
            return;
        }
        Proportion selected = Rate.SELECTION_RATE.of(Confusion.pooled(attribute.groups().stream()
                .flatMap(each -> each.counts().stream())
                .toList()));
        boolean nobody = selected.count() == 0;
        if (!selected.isDefined() || (!nobody && selected.count() < selected.total())) {
            return;
        }
        findings.warn(
                "fairness/selection",
                attribute.place(),
                (nobody ? "nobody" : "everybody") + " in " + attribute.name() + " is predicted favourable",
                "Check the favourable label and how scores became predictions.");
    }
}
