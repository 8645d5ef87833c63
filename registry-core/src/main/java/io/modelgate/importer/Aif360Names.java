package io.modelgate.importer;

import static java.util.Map.entry;

import io.modelgate.evidence.FairnessMetric;
import java.util.Map;
import java.util.Optional;

/** What AIF360's names mean: the unprivileged compared with the privileged. */
final class Aif360Names {
    /**
     * Our metric of a name.
     *
     * @param metric our metric
     * @param negated whether the tool's sign is the other one
     */
    record Meaning(FairnessMetric metric, boolean negated) {}

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            entry("statistical_parity_difference", same(FairnessMetric.SELECTION_RATE_DIFFERENCE)),
            entry("mean_difference", same(FairnessMetric.SELECTION_RATE_DIFFERENCE)),
            entry("disparate_impact", same(FairnessMetric.DISPARATE_IMPACT_RATIO)),
            entry("equal_opportunity_difference", same(FairnessMetric.EQUAL_OPPORTUNITY_DIFFERENCE)),
            entry("true_positive_rate_difference", same(FairnessMetric.EQUAL_OPPORTUNITY_DIFFERENCE)),
            entry("equalized_odds_difference", same(FairnessMetric.EQUALIZED_ODDS_DIFFERENCE)),
            entry("average_odds_difference", same(FairnessMetric.AVERAGE_ODDS_DIFFERENCE)),
            entry("false_positive_rate_ratio", same(FairnessMetric.FPR_RATIO)),
            entry("false_negative_rate_ratio", same(FairnessMetric.FNR_RATIO)),
            entry("false_discovery_rate_difference", negated(FairnessMetric.PREDICTIVE_PARITY_DIFFERENCE)),
            entry("false_omission_rate_difference", negated(FairnessMetric.NPV_DIFFERENCE)),
            entry("error_rate_difference", negated(FairnessMetric.ACCURACY_DIFFERENCE)));

    private Aif360Names() {}

    static Optional<Meaning> meaning(String name) {
        return Optional.ofNullable(MEANINGS.get(name));
    }

    private static Meaning same(FairnessMetric metric) {
        return new Meaning(metric, false);
    }

    private static Meaning negated(FairnessMetric metric) {
        return new Meaning(metric, true);
    }
}
