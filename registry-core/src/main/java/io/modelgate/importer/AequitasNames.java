package io.modelgate.importer;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the columns of Aequitas mean. Beware: {@code ppr} is a share of all people, {@code pprev} the selection rate. */
final class AequitasNames {
    private static final String DISPARITY = "_disparity";
    private static final String REFERENCE = "_ref_group_value";

    private static final Map<String, FairnessMetric> MEANINGS = Map.of(
            "pprev", FairnessMetric.DISPARATE_IMPACT_RATIO,
            "tpr", FairnessMetric.TPR_RATIO,
            "fpr", FairnessMetric.FPR_RATIO,
            "tnr", FairnessMetric.TNR_RATIO,
            "fnr", FairnessMetric.FNR_RATIO);

    /** With favourable label 0, what Aequitas calls positive is negative to us. */
    private static final Map<String, FairnessMetric> OTHER_LABEL = Map.of(
            "tpr", FairnessMetric.TNR_RATIO,
            "fpr", FairnessMetric.FNR_RATIO,
            "tnr", FairnessMetric.TPR_RATIO,
            "fnr", FairnessMetric.FPR_RATIO);

    private AequitasNames() {}

    /** The groups that a row is compared with. */
    static Set<String> references(Node.Mapping row) {
        return row.entries().keySet().stream()
                .filter(each -> each.endsWith(REFERENCE))
                .flatMap(each -> Trees.text(row, each).stream())
                .collect(Collectors.toSet());
    }

    /** The disparities of a row that are metrics of ours; a group is not compared with itself. */
    static List<Told> disparities(Node.Mapping row, String attribute, boolean otherLabel) {
        List<Told> told = new ArrayList<>();
        Optional<String> group = Trees.text(row, "attribute_value");
        for (String column : row.entries().keySet()) {
            Optional<FairnessMetric> metric = metric(column, otherLabel);
            Optional<String> reference = Trees.text(row, rate(column) + REFERENCE);
            Node cell = row.get(column).orElseThrow();
            if (metric.isPresent() && reference.isPresent() && !reference.equals(group) && !isMasked(cell)) {
                told.add(Told.of(
                        metric.get(),
                        Comparison.of(attribute, group.orElse(""), reference.get()),
                        column,
                        cell,
                        Trees.value(cell, MetricStatus.UNDEFINED),
                        otherLabel ? "as is; its label 1 is not the favourable one" : "as is"));
            }
        }
        return told;
    }

    /** Why a column is left out; empty when it is not, or when the counts say the same. */
    static Optional<String> reason(String column, Node cell, boolean otherLabel) {
        if (column.endsWith("_significance")) {
            return Optional.of(
                    isMasked(cell)
                            ? "it was made True or False"
                            : "Aequitas computes p-values with tests that do not suit shares");
        }
        if (column.endsWith(DISPARITY)) {
            if (isMasked(cell)) {
                return Optional.of("it was made True or False");
            }
            return metric(column, otherLabel).isPresent()
                    ? Optional.empty()
                    : Optional.of("we have no metric of this meaning");
        }
        return column.endsWith(" Parity") || column.endsWith(" Odds") || column.endsWith(" Fairness")
                ? Optional.of("it is a verdict, which policies make here")
                : Optional.empty();
    }

    private static Optional<FairnessMetric> metric(String column, boolean otherLabel) {
        return column.endsWith(DISPARITY)
                ? Optional.ofNullable((otherLabel ? OTHER_LABEL : MEANINGS).get(rate(column)))
                : Optional.empty();
    }

    private static String rate(String column) {
        return column.endsWith(DISPARITY) ? column.substring(0, column.length() - DISPARITY.length()) : column;
    }

    private static boolean isMasked(Node cell) {
        String text = Trees.text(cell).orElse("").toLowerCase(Locale.ROOT);
        return text.equals("true") || text.equals("false");
    }
}
