package io.modelgate.policy;

import io.modelgate.evidence.Direction;
import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.Interval;
import io.modelgate.evidence.Metric;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Place;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.StagePointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a metric wherever it was measured: a bad measurement is not made good by another. */
final class MetricExamination {
    private final MetricRequirement rule;
    private final JudgeContext context;
    private final List<Judgement.Problem> problems = new ArrayList<>();
    private final List<Found> judged = new ArrayList<>();

    MetricExamination(MetricRequirement rule, JudgeContext context) {
        this.rule = rule;
        this.context = context;
    }

    /** A measured value, what is required of it, and how far it is from that: 0 inside, infinite without a value. */
    private record Found(MeasuredMetric measured, String required, double distance, double margin) {
        private static final Comparator<Found> FROM_BAD_TO_GOOD =
                Comparator.comparingDouble(Found::distance).reversed().thenComparingDouble(Found::margin);
    }

    Judgement judgement() {
        List<MeasuredMetric> found = rule.find(context.evidence());
        if (found.isEmpty()) {
            return Judgement.fail(
                    "not measured",
                    rule.bound(),
                    Place.file(RegistryPath.directory(context.evidence().id()) + "/evaluations"),
                    "No evaluation on " + rule.dataset().word() + " data has the metric " + rule.metric()
                            + rule.slices() + ".",
                    "Measure it and add the evaluation to the version.");
        }
        found.forEach(this::examine);
        if (rule.slices().areSeveral()) {
            found.stream().map(MeasuredMetric::evaluation).distinct().forEach(this::cover);
        }
        Found worst = judged.stream().min(Found.FROM_BAD_TO_GOOD).orElseThrow();
        boolean alone = rule.tolerance().isPresent() && context.incumbent().isEmpty();
        Metric shown = worst.measured().metric();
        return Judgement.of(
                Shown.value(shown.value())
                        + (rule.slices().areSeveral() ? " " + shown.slice() : "")
                        + (alone ? whyAlone() : ""),
                worst.required(),
                shown.place(),
                problems);
    }

    /** A part of the data that is left out could be the bad one: the parts must make up the whole. */
    private void cover(Evaluation evaluation) {
        List<Metric> parts = evaluation.metrics().stream()
                .filter(each -> each.id().equals(rule.metric()) && rule.slices().include(each.slice()))
                .toList();
        if (parts.stream().anyMatch(each -> each.n().isEmpty())) {
            problems.add(Judgement.Problem.of(
                    parts.get(0).place(),
                    rule.metric() + rule.slices() + " does not say on how many rows each part was measured.",
                    "Write n beside each value."));
            return;
        }
        long covered = parts.stream().mapToLong(each -> each.n().orElse(0L)).sum();
        long rows = evaluation.measurement().rows();
        if (covered < rows) {
            problems.add(Judgement.Problem.of(
                    parts.get(0).place(),
                    rule.metric() + rule.slices() + " was measured on " + covered + " of " + rows + " rows.",
                    "Measure it on every part of the data."));
        }
    }

    private String whyAlone() {
        return context.occasion().reason() == StagePointer.Reason.ROLLBACK
                ? ", a roll-back is not compared"
                : ", nothing in " + context.stage() + " to compare with";
    }

    private void examine(MeasuredMetric each) {
        Metric metric = each.metric();
        if (!metric.value().ok()) {
            problems.add(Judgement.Problem.of(
                    metric.place(),
                    metric.label() + " is " + metric.value().status().word() + ", and such a value never passes.",
                    "Measure it on data where it is defined."));
            judged.add(new Found(each, rule.bound(), Double.POSITIVE_INFINITY, 0));
            return;
        }
        double value = metric.value().number().getAsDouble();
        Optional<Bounds> relative = againstIncumbent(each);
        rule.bounds().ifPresent(absolute -> check(each, value, absolute, "required"));
        relative.ifPresent(limit -> check(each, value, limit, "what the version in " + context.stage() + " allows"));
        Optional<Bounds> nearest = Stream.concat(rule.bounds().stream(), relative.stream())
                .max(Comparator.comparingDouble((Bounds limit) -> limit.distance(value))
                        .thenComparingDouble(limit -> -limit.margin(value)));
        judged.add(new Found(
                each,
                nearest.map(limit -> rule.certainty().shown(limit.toString())).orElse(rule.bound()),
                nearest.map(limit -> limit.distance(value)).orElse(0.0),
                nearest.map(limit -> limit.margin(value)).orElse(Double.POSITIVE_INFINITY)));
    }

    /**
     * The strictest of what the incumbent's evaluations on the same data allow: evidence may be added to it by anybody, and
     * must never make room for a worse version.
     */
    private Optional<Bounds> againstIncumbent(MeasuredMetric mine) {
        if (rule.tolerance().isEmpty() || context.incumbent().isEmpty()) {
            return Optional.empty();
        }
        Checked<Evidence> incumbent = context.incumbent().get();
        if (!incumbent.ok()) {
            problems.add(Judgement.Problem.of(
                    incumbent.findings().get(0).place(),
                    "The version in " + context.stage() + " cannot be compared with: "
                            + incumbent.findings().get(0).message(),
                    "Ask for a waiver of this rule: what is merged of that version cannot be mended."));
            return Optional.empty();
        }
        Tolerance tolerance = rule.tolerance().get();
        Optional<Bounds> strictest = rule.find(incumbent.get()).stream()
                .filter(theirs -> theirs.isOnSameData(mine) && theirs.isOfSameSlice(mine))
                .flatMap(theirs -> theirs.metric().value().number().stream().boxed())
                .max(
                        tolerance.direction() == Direction.HIGHER_IS_BETTER
                                ? Comparator.naturalOrder()
                                : Comparator.reverseOrder())
                .map(tolerance::around);
        if (strictest.isEmpty()) {
            problems.add(Judgement.Problem.of(
                    mine.metric().place(),
                    "The version in " + context.stage() + " has no "
                            + mine.metric().label() + " on the data set "
                            + mine.dataset().name() + " to compare with.",
                    "Measure both versions on the same data."));
        }
        return strictest;
    }

    private void check(MeasuredMetric measured, double value, Bounds limit, String whose) {
        Metric metric = measured.metric();
        if (rule.certainty().isPoint()) {
            if (!limit.contain(value)) {
                double by = limit.distance(value);
                refuse(metric, limit, whose, "", by > 0 ? ": off by " + Shown.number(by) : "");
            }
            return;
        }
        Optional<Interval> interval =
                measured.evaluation().interval(metric, rule.certainty().level());
        if (interval.isEmpty()) {
            problems.add(Judgement.Problem.of(
                    metric.place(),
                    metric.label() + " has no confidence interval around its value of level "
                            + Shown.number(rule.certainty().level()) + " or more.",
                    "Report the interval, such as a bootstrap's, with its method."));
        } else if (!rule.certainty().accepts(limit, interval.get())) {
            refuse(
                    metric,
                    limit,
                    whose,
                    ", interval " + Shown.interval(interval.get()),
                    rule.certainty().offBy(limit, interval.get()));
        }
    }

    private void refuse(Metric metric, Bounds limit, String whose, String interval, String by) {
        problems.add(Judgement.Problem.of(
                metric.place(),
                metric.label() + " is " + Shown.value(metric.value()) + interval + ", " + whose + " is " + limit + by
                        + ".",
                "Improve the model, or propose another bound in the policy."));
    }
}
