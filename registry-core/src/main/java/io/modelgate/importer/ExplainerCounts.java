package io.modelgate.importer;

import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.manifest.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which counts of an AIF360 explainer belong to its metric. In names, {@code ?} stands for the side. Several spellings are
 * AIF360's own: it writes numPositivePrivileged in one explainer and numPositiveaPrivileged in another.
 */
final class ExplainerCounts {
    private static final Map<String, ExplainerCounts> KNOWN = Map.of(
            "disparate_impact", rate(true, "numPositivePredictions?", "num?"),
            "statistical_parity_difference", rate(false, "numPositives?", "numInstances?"),
            "mean_difference", rate(false, "numPositives?", "numInstances?"),
            "true_positive_rate_difference", rate(false, "numTruePositives?", "numPositives?"),
            "equal_opportunity_difference", rate(false, "numTruePositives?", "numPositives?"),
            "false_positive_rate_ratio", rate(true, "numFalsePositives?", "numNegatives?"),
            "false_negative_rate_ratio", rate(true, "numFalseNegatives?", "numPositivea?|numPositives?"),
            "false_discovery_rate_difference",
                    rate(false, "numFalsePositives?", "numTruePositives?", "numFalsePositives?"),
            "average_odds_difference", new ExplainerCounts(false, "", List.of(), true, false),
            "error_rate_difference", new ExplainerCounts(false, "", List.of(), true, true));

    private static final String UNPRIVILEGED = "Unprivileged";
    private static final String PRIVILEGED = "Privileged";

    private final boolean ratio;
    private final String top;
    private final List<String> bottom;
    private final boolean matrix;
    private final boolean errors;

    private ExplainerCounts(boolean ratio, String top, List<String> bottom, boolean matrix, boolean errors) {
        this.ratio = ratio;
        this.top = top;
        this.bottom = bottom;
        this.matrix = matrix;
        this.errors = errors;
    }

    private static ExplainerCounts rate(boolean ratio, String top, String... bottom) {
        return new ExplainerCounts(ratio, top, List.of(bottom), false, false);
    }

    /** The counts of a metric, whose name is written with underscores. */
    static Optional<ExplainerCounts> of(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    /** Whether the counts are of favourable outcomes among all people. */
    boolean isSelection() {
        return !matrix && (bottom.contains("num?") || bottom.contains("numInstances?"));
    }

    /** The metric, with the sign of AIF360, from the counts; empty when one of them is not there. */
    Optional<MetricValue> compute(Node.Mapping explainer) {
        if (matrix) {
            return matrix(explainer, UNPRIVILEGED)
                    .flatMap(left -> matrix(explainer, PRIVILEGED)
                            .map(right -> errors
                                    ? Trees.negated(FairnessMetric.ACCURACY_DIFFERENCE.compute(left, right))
                                    : FairnessMetric.AVERAGE_ODDS_DIFFERENCE.compute(left, right)));
        }
        return rate(explainer, UNPRIVILEGED)
                .flatMap(left -> rate(explainer, PRIVILEGED).map(right -> compare(left, right)));
    }

    /** The favourable share of the unprivileged, for {@link #isSelection}. */
    Optional<Double> selection(Node.Mapping explainer) {
        return rate(explainer, UNPRIVILEGED)
                .filter(MetricValue::ok)
                .map(each -> each.number().getAsDouble());
    }

    /** The people of a side, as far as the counts tell. */
    Aif360Sides.Counted side(Node.Mapping explainer, boolean unprivileged) {
        String side = unprivileged ? UNPRIVILEGED : PRIVILEGED;
        Optional<Double> n = isSelection() ? sum(explainer, side) : Optional.empty();
        return new Aif360Sides.Counted(n, matrix ? matrix(explainer, side) : Optional.empty(), explainer.place());
    }

    private MetricValue compare(MetricValue left, MetricValue right) {
        if (!left.ok() || !right.ok()) {
            return MetricValue.none(MetricStatus.UNDEFINED);
        }
        double a = left.number().getAsDouble();
        double b = right.number().getAsDouble();
        return ratio ? divided(a, b) : MetricValue.of(a - b);
    }

    private Optional<MetricValue> rate(Node.Mapping explainer, String side) {
        return number(explainer, top, side).flatMap(a -> sum(explainer, side).map(b -> divided(a, b)));
    }

    private static MetricValue divided(double a, double b) {
        if (b == 0) {
            return MetricValue.none(a == 0 ? MetricStatus.UNDEFINED : MetricStatus.INFINITE);
        }
        return MetricValue.of(a / b);
    }

    private Optional<Double> sum(Node.Mapping explainer, String side) {
        List<Double> parts = bottom.stream()
                .flatMap(each -> number(explainer, each, side).stream())
                .toList();
        return parts.size() == bottom.size()
                ? Optional.of(parts.stream().mapToDouble(Double::doubleValue).sum())
                : Optional.empty();
    }

    private Optional<Confusion> matrix(Node.Mapping explainer, String side) {
        Optional<Double> tp = number(explainer, "numTruePositives?", side);
        Optional<Double> positives = number(explainer, "numPositives?|numPositive?", side);
        Optional<Double> negatives = number(explainer, "numNegatives?|numNegative?", side);
        Optional<Double> other = number(explainer, errors ? "numTrueNegatives?" : "numFalsePositives?", side);
        if (tp.isEmpty() || positives.isEmpty() || negatives.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        double fn = positives.get() - tp.get();
        double rest = negatives.get() - other.get();
        double fp = errors ? rest : other.get();
        double tn = errors ? other.get() : rest;
        return tp.get() < 0 || fn < 0 || fp < 0 || tn < 0
                ? Optional.empty()
                : Optional.of(new Confusion(positives.get() + negatives.get(), tp.get(), fp, tn, fn));
    }

    private static Optional<Double> number(Node.Mapping explainer, String spellings, String side) {
        return Arrays.stream(spellings.split("\\|", -1))
                .flatMap(each -> Trees.number(explainer, each.replace("?", side)).stream())
                .filter(each -> each >= 0 && each < 1e15)
                .findFirst();
    }
}
