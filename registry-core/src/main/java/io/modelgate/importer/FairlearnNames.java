package io.modelgate.importer;

import static java.util.Map.entry;

import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.Rate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Fairlearn's names mean. Some are names of other metrics elsewhere: all of these are highest minus or over lowest. */
final class FairlearnNames {
    /** Columns that are about how many, not about rates. */
    static final Set<String> COUNTS = Set.of("count", "tp", "fp", "tn", "fn");

    private static final Map<String, Rate> RATES = Map.ofEntries(
            entry("selection_rate", Rate.SELECTION_RATE),
            entry("true_positive_rate", Rate.TPR),
            entry("recall", Rate.TPR),
            entry("recall_score", Rate.TPR),
            entry("false_positive_rate", Rate.FPR),
            entry("true_negative_rate", Rate.TNR),
            entry("false_negative_rate", Rate.FNR),
            entry("precision", Rate.PPV),
            entry("precision_score", Rate.PPV),
            entry("accuracy", Rate.ACCURACY),
            entry("accuracy_score", Rate.ACCURACY));

    private static final Map<Rate, List<FairnessMetric>> OVER_GROUPS = Map.of(
            Rate.SELECTION_RATE,
            List.of(FairnessMetric.DEMOGRAPHIC_PARITY_DIFFERENCE, FairnessMetric.DEMOGRAPHIC_PARITY_RATIO),
            Rate.TPR,
            List.of(FairnessMetric.TPR_RANGE, FairnessMetric.TPR_MIN_MAX_RATIO),
            Rate.FPR,
            List.of(FairnessMetric.FPR_RANGE, FairnessMetric.FPR_MIN_MAX_RATIO),
            Rate.TNR,
            List.of(FairnessMetric.TNR_RANGE, FairnessMetric.TNR_MIN_MAX_RATIO),
            Rate.FNR,
            List.of(FairnessMetric.FNR_RANGE, FairnessMetric.FNR_MIN_MAX_RATIO),
            Rate.PPV,
            List.of(FairnessMetric.PPV_RANGE, FairnessMetric.PPV_MIN_MAX_RATIO),
            Rate.ACCURACY,
            List.of(FairnessMetric.ACCURACY_RANGE, FairnessMetric.ACCURACY_MIN_MAX_RATIO));

    private FairlearnNames() {}

    /** The rate of a column. */
    static Optional<Rate> rate(String name) {
        return Optional.ofNullable(RATES.get(name));
    }

    /** A metric of {@code difference} (highest minus lowest) or {@code ratio} (lowest over highest). */
    static Optional<FairnessMetric> overGroups(String name, boolean ratio) {
        return rate(name)
                .flatMap(each -> Optional.ofNullable(OVER_GROUPS.get(each)))
                .map(both -> both.get(ratio ? 1 : 0));
    }

    /** A function of Fairlearn, such as {@code demographic_parity_ratio}. */
    static Optional<FairnessMetric> function(String name) {
        return switch (name) {
            case "demographic_parity_difference" -> Optional.of(FairnessMetric.DEMOGRAPHIC_PARITY_DIFFERENCE);
            case "demographic_parity_ratio" -> Optional.of(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO);
            case "equalized_odds_difference" -> Optional.of(FairnessMetric.EQUALIZED_ODDS_DIFFERENCE);
            case "equal_opportunity_difference" -> Optional.of(FairnessMetric.TPR_RANGE);
            case "equal_opportunity_ratio" -> Optional.of(FairnessMetric.TPR_MIN_MAX_RATIO);
            default -> generated(name);
        };
    }

    /** Fairlearn makes a {@code _difference} and a {@code _ratio} of every rate. */
    private static Optional<FairnessMetric> generated(String name) {
        int end = name.lastIndexOf('_');
        String kind = end < 0 ? "" : name.substring(end + 1);
        return kind.equals("difference") || kind.equals("ratio")
                ? overGroups(name.substring(0, end), kind.equals("ratio"))
                : Optional.empty();
    }
}
