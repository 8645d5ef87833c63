package io.modelgate.evidence;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Documents about one version that do not fit together. Fairness reports that count the same decisions on the same data
 * differently are refused. Worth a look, since each may be right and either could hide a difference between groups: reports that
 * take different outcomes for the favourable one (tools write labels differently), and counts by which the model is right more
 * or less often than an evaluation of the same data says (they may have been made at another threshold).
 */
final class Disagreements {
    private static final double TOLERANCE = 1e-3;

    private Disagreements() {}

    static List<Finding> find(List<Evaluation> evaluations, List<FairnessReport> reports) {
        List<Finding> findings = new ArrayList<>();
        Map<List<Object>, SameDecisions> known = new LinkedHashMap<>();
        for (FairnessReport report : reports) {
            favourable(report, reports.get(0)).ifPresent(findings::add);
            if (!report.weighted()) {
                known.computeIfAbsent(key(report), key -> new SameDecisions()).add(report);
            }
            accuracy(report)
                    .ifPresent(accuracy -> evaluations.stream()
                            .filter(each -> isOfSameRows(each.measurement(), report.measurement()))
                            .flatMap(each -> otherAccuracy(each, accuracy).stream()
                                    .mapToObj(other -> accuracy(report, accuracy, each, other)))
                            .forEach(findings::add));
        }
        known.values().forEach(each -> findings.addAll(each.findings()));
        return findings;
    }

    private static List<Object> key(FairnessReport report) {
        Dataset dataset = report.measurement().dataset();
        return List.of(
                dataset.name(),
                dataset.role(),
                report.measurement().rows(),
                dataset.digest().map(Object::toString).orElse(""),
                report.favourable());
    }

    private static Optional<Finding> favourable(FairnessReport report, FairnessReport first) {
        return report.favourable().equals(first.favourable())
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        "evidence/favourable",
                        report.measurement().place(),
                        "Here the outcome " + report.favourable() + " is favourable, in the report " + first.id()
                                + " it is " + first.favourable() + ".",
                        "Make sure that both are what people want; a policy can name it by 'favourable'."));
    }

    private static Finding accuracy(FairnessReport report, double counted, Evaluation evaluation, double said) {
        return Finding.warn(
                "evidence/accuracy",
                report.measurement().place(),
                "By the counts of the groups accuracy is " + Numbers.text(counted) + ", by the evaluation "
                        + evaluation.id() + " of the same data it is " + Numbers.text(said) + ".",
                "Measure both with the same threshold, or say in the card why they differ.");
    }

    private static OptionalDouble otherAccuracy(Evaluation evaluation, double counted) {
        return evaluation.metrics().stream()
                .filter(each -> each.label().equals("accuracy"))
                .flatMapToDouble(each -> each.value().number().stream())
                .filter(said -> Math.abs(said - counted) > TOLERANCE)
                .findFirst();
    }

    private static boolean isOfSameRows(Measurement one, Measurement other) {
        Dataset mine = one.dataset();
        Dataset theirs = other.dataset();
        boolean bytes = mine.digest().isEmpty()
                || theirs.digest().isEmpty()
                || mine.digest().equals(theirs.digest());
        return bytes && mine.name().equals(theirs.name()) && mine.role() == theirs.role() && one.rows() == other.rows();
    }

    /**
     * How often the model is right, whichever outcome is favourable: (tp + tn) / n over all groups of the first attribute whose
     * counts are those of all rows; its others have the same sums. Empty where there is none, and for more than two outcomes.
     */
    private static Optional<Double> accuracy(FairnessReport report) {
        return report.measurement().task() != Task.BINARY_CLASSIFICATION || report.weighted()
                ? Optional.empty()
                : report.attributes().stream()
                        .filter(each -> each.unassigned() == 0)
                        .flatMap(each -> each.sum().stream())
                        .findFirst()
                        .filter(all -> all.n() > 0)
                        .map(all -> (all.tp() + all.tn()) / all.n());
    }
}
