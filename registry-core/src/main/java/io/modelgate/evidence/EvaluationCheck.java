package io.modelgate.evidence;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.FindingList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with an evaluation although its fields are all right. */
final class EvaluationCheck {
    private static final double TOLERANCE = 1e-6;

    private final Evaluation evaluation;
    private final FindingList findings = new FindingList();

    private EvaluationCheck(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    static List<Finding> of(Evaluation evaluation) {
        EvaluationCheck check = new EvaluationCheck(evaluation);
        check.metrics();
        evaluation.confusion().ifPresent(check::total);
        return check.findings.list();
    }

    private void metrics() {
        Set<String> seen = new HashSet<>();
        long rows = evaluation.measurement().rows();
        for (Metric metric : evaluation.metrics()) {
            if (!seen.add(metric.label())) {
                findings.add(
                        "evaluation/duplicate",
                        metric.place(),
                        metric.label() + " is given twice",
                        "Keep one of them, or name the slice of each.");
                continue;
            }
            if (metric.n().orElse(0L) > rows) {
                findings.add(
                        "evaluation/rows",
                        metric.place(),
                        metric.label() + " has n " + metric.n().get() + ", but the dataset has " + rows + " rows",
                        "Correct n, or the rows of the dataset.");
            }
            range(metric);
            evaluation.confusion().ifPresent(matrix -> positive(matrix, metric));
            evaluation
                    .confusion()
                    .flatMap(matrix -> matrix.compute(metric.id(), metric.slice()))
                    .ifPresent(computed -> compare(metric, computed));
        }
    }

    /** A value that a metric of that name cannot have would pass any bound, and no later version could match it. */
    private void range(Metric metric) {
        Optional<KnownMetric> known = KnownMetric.of(metric.id());
        metric.value()
                .number()
                .ifPresent(value -> known.filter(each -> !each.allows(value))
                        .ifPresent(each -> findings.add(
                                "evaluation/impossible",
                                metric.place(),
                                metric.label() + " is " + Numbers.text(value) + ", but can only be " + each.range(),
                                "Check which metric this is; give another one another name.")));
        metric.value()
                .number()
                .ifPresent(value -> metric.interval()
                        .filter(each -> !each.contains(value))
                        .ifPresent(each -> findings.warn(
                                "evaluation/interval",
                                metric.place(),
                                metric.label() + " is " + Numbers.text(value) + ", outside of its interval " + each,
                                "Correct the value or the interval.")));
        if (metric.value().ok() && metric.n().filter(rows -> rows == 0).isPresent()) {
            findings.add(
                    "evaluation/rows",
                    metric.place(),
                    metric.label() + " has a value, but n is 0",
                    "Correct n, or write 'value: null' with 'status: undefined'.");
        }
    }

    private void positive(ConfusionMatrix matrix, Metric metric) {
        if (matrix.positive().isEmpty()
                && matrix.labels().size() == 2
                && metric.slice().isEmpty()
                && ConfusionMatrix.ABOUT_ONE_CLASS.contains(metric.id())) {
            findings.add(
                    "evaluation/positive",
                    metric.place(),
                    metric.label() + " is about one of two classes, and the confusion matrix does not say which",
                    "Write 'positive' beside its rows, or the slice 'class' beside the metric.");
        }
    }

    private void total(ConfusionMatrix matrix) {
        if (matrix.total() != evaluation.measurement().rows()) {
            findings.add(
                    "evaluation/rows",
                    matrix.place(),
                    "the confusion matrix has " + matrix.total() + " rows, but the dataset has "
                            + evaluation.measurement().rows(),
                    "Correct the counts, or the rows of the dataset.");
        }
    }

    private void compare(Metric metric, MetricValue computed) {
        MetricValue reported = metric.value();
        boolean silent = reported.status() == MetricStatus.ERROR || reported.status() == MetricStatus.NOT_COMPUTED;
        if (!silent && !agree(reported, computed)) {
            findings.add(
                    "evaluation/recomputed",
                    metric.place(),
                    metric.label() + " is reported as " + reported + ", but the confusion matrix gives " + computed,
                    computed.ok()
                            ? "Correct the value or the counts."
                            : "Write 'value: null' with 'status: "
                                    + computed.status().word() + "'.");
        }
    }

    private static boolean agree(MetricValue one, MetricValue other) {
        Optional<Double> difference = one.ok() && other.ok()
                ? Optional.of(
                        Math.abs(one.number().getAsDouble() - other.number().getAsDouble()))
                : Optional.empty();
        return difference.map(by -> by <= TOLERANCE).orElse(one.status() == other.status());
    }
}
