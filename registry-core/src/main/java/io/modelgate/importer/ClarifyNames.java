package io.modelgate.importer;

import io.modelgate.evidence.FairnessMetric;
import java.util.Map;
import java.util.Optional;

/** What SageMaker Clarify's names mean. Most are the others minus the facet, so their sign is the other one. */
final class ClarifyNames {
    private static final Map<String, Meaning> AFTER_TRAINING = Map.of(
            "DPPL", Meaning.negated(FairnessMetric.SELECTION_RATE_DIFFERENCE),
            "DI", Meaning.same(FairnessMetric.DISPARATE_IMPACT_RATIO),
            "RD", Meaning.negated(FairnessMetric.EQUAL_OPPORTUNITY_DIFFERENCE),
            "DAR", Meaning.negated(FairnessMetric.PREDICTIVE_PARITY_DIFFERENCE),
            "DRR", Meaning.same(FairnessMetric.NPV_DIFFERENCE),
            "AD", Meaning.negated(FairnessMetric.ACCURACY_DIFFERENCE));

    /** Before training there is no prediction; CI is class imbalance there, not a confidence interval. */
    private static final Map<String, Meaning> BEFORE_TRAINING =
            Map.of("CI", Meaning.same(FairnessMetric.CLASS_IMBALANCE));

    private ClarifyNames() {}

    static Optional<Meaning> meaning(String name, boolean afterTraining) {
        return Optional.ofNullable((afterTraining ? AFTER_TRAINING : BEFORE_TRAINING).get(name));
    }
}
