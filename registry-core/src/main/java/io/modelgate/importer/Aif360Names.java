package io.modelgate.importer;

import static java.util.Map.entry;

import io.modelgate.evidence.FairnessMetric;
import java.util.Map;
import java.util.Optional;

/** What AIF360's names mean: the unprivileged compared with the privileged. */
final class Aif360Names {
    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            entry("statistical_parity_difference", Meaning.same(FairnessMetric.SELECTION_RATE_DIFFERENCE)),
            entry("mean_difference", Meaning.same(FairnessMetric.SELECTION_RATE_DIFFERENCE)),
            entry("disparate_impact", Meaning.same(FairnessMetric.DISPARATE_IMPACT_RATIO)),
            entry("equal_opportunity_difference", Meaning.same(FairnessMetric.EQUAL_OPPORTUNITY_DIFFERENCE)),
            entry("true_positive_rate_difference", Meaning.same(FairnessMetric.EQUAL_OPPORTUNITY_DIFFERENCE)),
            entry("equalized_odds_difference", Meaning.same(FairnessMetric.EQUALIZED_ODDS_DIFFERENCE)),
            entry("average_odds_difference", Meaning.same(FairnessMetric.AVERAGE_ODDS_DIFFERENCE)),
            entry("false_positive_rate_ratio", Meaning.same(FairnessMetric.FPR_RATIO)),
            entry("false_negative_rate_ratio", Meaning.same(FairnessMetric.FNR_RATIO)),
            entry("false_discovery_rate_difference", Meaning.negated(FairnessMetric.PREDICTIVE_PARITY_DIFFERENCE)),
            entry("false_omission_rate_difference", Meaning.negated(FairnessMetric.NPV_DIFFERENCE)),
            entry("error_rate_difference", Meaning.negated(FairnessMetric.ACCURACY_DIFFERENCE)));

    private Aif360Names() {}

    static Optional<Meaning> meaning(String name) {
        return Optional.ofNullable(MEANINGS.get(name));
    }
}
