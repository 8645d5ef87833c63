package io.modelgate.policy;

import io.modelgate.evidence.FairnessMetric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * What stands for a metric over all groups (max - min, min / max) where an interval is asked for, since such a metric has none:
 * the same comparison for each pair of groups.
 *
 * @param metrics metrics of a pair; empty when there is none
 * @param ratio whether they are ratios
 * @param isDerived whether the metric itself is not one of a pair
 */
record PairwiseMetric(List<FairnessMetric> metrics, boolean ratio, boolean isDerived) {
    static PairwiseMetric of(FairnessMetric metric) {
        return switch (metric) {
            case DEMOGRAPHIC_PARITY_DIFFERENCE -> difference(FairnessMetric.SELECTION_RATE_DIFFERENCE);
            case TPR_RANGE -> difference(FairnessMetric.EQUAL_OPPORTUNITY_DIFFERENCE);
            case PPV_RANGE -> difference(FairnessMetric.PREDICTIVE_PARITY_DIFFERENCE);
            case NPV_RANGE -> difference(FairnessMetric.NPV_DIFFERENCE);
            case ACCURACY_RANGE -> difference(FairnessMetric.ACCURACY_DIFFERENCE);
            case DEMOGRAPHIC_PARITY_RATIO, IMPACT_RATIO -> ratio(FairnessMetric.DISPARATE_IMPACT_RATIO);
            case TPR_MIN_MAX_RATIO -> ratio(FairnessMetric.TPR_RATIO);
            case FPR_MIN_MAX_RATIO -> ratio(FairnessMetric.FPR_RATIO);
            case TNR_MIN_MAX_RATIO -> ratio(FairnessMetric.TNR_RATIO);
            case FNR_MIN_MAX_RATIO -> ratio(FairnessMetric.FNR_RATIO);
            case EQUALIZED_ODDS_DIFFERENCE,
                    FPR_RANGE,
                    TNR_RANGE,
                    FNR_RANGE,
                    PPV_MIN_MAX_RATIO,
                    NPV_MIN_MAX_RATIO,
                    ACCURACY_MIN_MAX_RATIO -> new PairwiseMetric(List.of(), false, true);
            default -> new PairwiseMetric(List.of(metric), metric.isRatio(), false);
        };
    }

    /** Bounds of a pair, whichever of the two stands first: at most d becomes -d to d, at least r becomes r to 1/r. */
    Bounds bounds(Bounds whole) {
        if (ratio) {
            Optional<BigDecimal> least = whole.atLeast().filter(bound -> bound.signum() > 0);
            return least.map(bound ->
                            new Bounds(least, Optional.of(BigDecimal.ONE.divide(bound, MathContext.DECIMAL64))))
                    .filter(bounds -> bounds.atLeast().orElseThrow().compareTo(BigDecimal.ONE) <= 0)
                    .orElse(whole);
        }
        return whole.atMost()
                .filter(bound -> bound.signum() >= 0)
                .map(bound -> new Bounds(Optional.of(bound.negate()), Optional.of(bound)))
                .orElse(whole);
    }

    private static PairwiseMetric difference(FairnessMetric metric) {
        return new PairwiseMetric(List.of(metric), false, true);
    }

    private static PairwiseMetric ratio(FairnessMetric metric) {
        return new PairwiseMetric(List.of(metric), true, true);
    }
}
