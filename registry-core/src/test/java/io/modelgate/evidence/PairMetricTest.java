package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands for a metric over all groups where an interval is asked for. */
class PairMetricTest {
    private static final Confusion LEFT = new Confusion(50, 10, 10, 20, 10);
    private static final Confusion RIGHT = new Confusion(50, 30, 10, 0, 10);

    @Test
    void comparesTheRatesOfTwoGroups() {
        PairMetric difference = new PairMetric(Rate.TPR, false);
        assertThat(difference.label()).isEqualTo("tpr difference");
        assertThat(difference.ideal()).isZero();
        assertThat(difference.compute(LEFT, RIGHT)).hasToString("-0.25");
        assertThat(difference.interval(LEFT, RIGHT, 0.95))
                .isEqualTo(FairnessMetric.EQUAL_OPPORTUNITY_DIFFERENCE.interval(LEFT, RIGHT, 0.95))
                .isPresent();
        PairMetric ratio = new PairMetric(Rate.SELECTION_RATE, true);
        assertThat(ratio.label()).isEqualTo("selection_rate ratio");
        assertThat(ratio.ideal()).isEqualTo(1);
        assertThat(ratio.compute(LEFT, RIGHT)).hasToString("0.5");
        assertThat(ratio.interval(LEFT, RIGHT, 0.95))
                .isEqualTo(FairnessMetric.DISPARATE_IMPACT_RATIO.interval(LEFT, RIGHT, 0.95))
                .isPresent();
    }

    @Test
    void standsForEveryMetricOverAllGroups() {
        assertThat(pairs(FairnessMetric.DEMOGRAPHIC_PARITY_DIFFERENCE)).containsExactly("selection_rate difference");
        assertThat(pairs(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO)).containsExactly("selection_rate ratio");
        assertThat(pairs(FairnessMetric.EQUALIZED_ODDS_DIFFERENCE)).containsExactly("tpr difference", "fpr difference");
        assertThat(pairs(FairnessMetric.IMPACT_RATIO)).containsExactly("selection_rate ratio");
        assertThat(pairs(FairnessMetric.DISPARATE_IMPACT_RATIO)).isEmpty();
    }

    @Test
    void comparesOneGroupWithTheHighestOfAll() {
        assertThat(FairnessMetric.IMPACT_RATIO.compute(LEFT, List.of(LEFT, RIGHT)))
                .hasToString("0.5");
        assertThat(FairnessMetric.IMPACT_RATIO.compute(RIGHT, List.of(LEFT, RIGHT)))
                .hasToString("1");
    }

    @Test
    void knowsUsualMetricsAndNothingOfOthers() {
        assertThat(KnownMetric.of("rmse").map(KnownMetric::direction)).contains(Direction.LOWER_IS_BETTER);
        assertThat(KnownMetric.of("gini").map(KnownMetric::lowest)).contains(-1.0);
        assertThat(KnownMetric.of("a_measure_of_our_own")).isEmpty();
        assertThat(KnownMetric.names()).isSorted().contains("auc", "rmse").doesNotHaveDuplicates();
    }

    private static List<String> pairs(FairnessMetric metric) {
        return metric.pairwise().stream().map(PairMetric::label).toList();
    }
}
