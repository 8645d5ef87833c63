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

    private static final Set<String> WRITTEN =
            Set.of("attribute_name", "attribute_value", "tp", "fp", "tn", "fn", "group_size", "total_entities");

    private static final Set<String> RUN = Set.of("model_id", "score_threshold", "k");

    private static final Set<String> COUNTED = Set.of(
            "accuracy",
            "fdr",
            "fnr",
            "for",
            "fpr",
            "group_label_neg",
            "group_label_pos",
            "npv",
            "pn",
            "pp",
            "ppr",
            "precision",
            "prev",
            "pprev",
            "tnr",
            "tpr");

    private static final String MASKED = "it was made True or False";
    private static final String UNKNOWN = "we have no metric of this meaning";

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

    /** Why a column is left out of the report; empty when it is not. */
    static Optional<String> reason(String column, Node.Mapping row, boolean otherLabel) {
        if (WRITTEN.contains(column)) {
            return Optional.empty();
        }
        if (RUN.contains(column)) {
            return Optional.of("it is about the run, of which a report does not tell");
        }
        if (COUNTED.contains(column)) {
            return Optional.of("the counts say the same");
        }
        if (column.endsWith("_significance")) {
            return Optional.of(
                    isMasked(row, column) ? MASKED : "Aequitas computes p-values with tests that do not suit shares");
        }
        if (column.endsWith(DISPARITY)) {
            return isMasked(row, column)
                    ? Optional.of(MASKED)
                    : metric(column, otherLabel).isPresent() ? Optional.empty() : Optional.of(UNKNOWN);
        }
        if (column.endsWith(REFERENCE)) {
            String disparity = column.substring(0, column.length() - REFERENCE.length()) + DISPARITY;
            return row.get(disparity).isPresent()
                            && reason(disparity, row, otherLabel).isEmpty()
                    ? Optional.empty()
                    : Optional.of("it belongs to a disparity that is left out");
        }
        return Optional.of(
                column.endsWith(" Parity") || column.endsWith(" Odds") || column.endsWith(" Fairness")
                        ? "it is a verdict, which policies make here"
                        : "it is no column of Aequitas that we know");
    }

    private static Optional<FairnessMetric> metric(String column, boolean otherLabel) {
        return column.endsWith(DISPARITY)
                ? Optional.ofNullable((otherLabel ? OTHER_LABEL : MEANINGS).get(rate(column)))
                : Optional.empty();
    }

    private static String rate(String column) {
        return column.endsWith(DISPARITY) ? column.substring(0, column.length() - DISPARITY.length()) : column;
    }

    private static boolean isMasked(Node.Mapping row, String column) {
        return row.get(column).filter(AequitasNames::isMasked).isPresent();
    }

    private static boolean isMasked(Node cell) {
        String text = Trees.text(cell).orElse("").toLowerCase(Locale.ROOT);
        return text.equals("true") || text.equals("false");
    }
}
