package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Tool;
import io.modelgate.manifest.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that exist are right. */
class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "selection_rate, 3, 10",
        "tpr, 1, 5",
        "fpr, 2, 5",
        "tnr, 3, 5",
        "fnr, 4, 5",
        "ppv, 1, 3",
        "npv, 3, 7",
        "accuracy, 4, 10"
    })
    void computesEveryRate(String word, double count, double total) {
        Rate rate = Rate.valueOf(word.toUpperCase(java.util.Locale.ROOT));
        Confusion people = new Confusion(10, 1, 2, 3, 4);
        assertThat(rate.of(people)).isEqualTo(new Proportion(count, total));
        assertThat(rate.value(people)).isEqualTo(MetricValue.of(count / total));
        assertThat(rate.value(Confusion.NOBODY)).isEqualTo(MetricValue.UNDEFINED);
        assertThat(rate.word()).isEqualTo(word);
    }

    @Test
    void dividesByNothing() {
        assertThat(MetricValue.ratio(0, 0)).isEqualTo(MetricValue.none(MetricStatus.UNDEFINED));
        assertThat(MetricValue.ratio(1, 0)).isEqualTo(MetricValue.none(MetricStatus.INFINITE));
        assertThat(MetricValue.of(0.5).dividedBy(MetricValue.of(0))).isEqualTo(MetricValue.INFINITE);
        assertThat(MetricValue.of(0.5).dividedBy(MetricValue.UNDEFINED)).isEqualTo(MetricValue.UNDEFINED);
        assertThat(MetricValue.UNDEFINED.dividedBy(MetricValue.of(1))).isEqualTo(MetricValue.UNDEFINED);
        assertThat(MetricValue.of(1).with(MetricValue.INFINITE, Double::sum)).isEqualTo(MetricValue.UNDEFINED);
        assertThat(MetricValue.INFINITE.with(MetricValue.of(1), Double::sum)).isEqualTo(MetricValue.UNDEFINED);
        assertThat(MetricValue.of(1).with(MetricValue.of(2), Double::sum)).isEqualTo(MetricValue.of(3));
    }

    @Test
    void showsANumberOrWhyThereIsNone() {
        assertThat(MetricValue.of(1e-7)).hasToString("0.00000010");
        assertThat(MetricValue.of(-2)).hasToString("-2");
        assertThat(MetricValue.of(0.1)).hasToString("0.1");
        assertThat(MetricValue.none(MetricStatus.NOT_COMPUTED)).hasToString("not-computed");
    }

    @Test
    void hasAValueExactlyWhenAllIsWell() {
        assertThatIllegalArgumentException().isThrownBy(() -> MetricValue.none(MetricStatus.OK));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricValue(OptionalDouble.of(1), MetricStatus.ERROR));
        assertThatIllegalArgumentException().isThrownBy(() -> MetricValue.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> MetricValue.of(Double.POSITIVE_INFINITY));
        assertThat(MetricValue.of(0).ok()).isTrue();
        assertThat(MetricValue.UNDEFINED.ok()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 1, 2, 3, 5",
        "-1, 0, 0, 0, -1",
        "10, -1, 2, 4, 5",
        "10, 11, -1, 0, 0",
        "10, 1, 12, -3, 0",
        "10, 5, 5, 1, -1",
        "NaN, 1, 2, 3, 4",
        "1e17, 1e17, 0, 0, 0",
        "1000000000000, 999999999999, 0, 0, 0",
        "10.5, 1.5, 2, 3, 4.00000002"
    })
    void refusesCountsThatAreNone(double n, double tp, double fp, double tn, double fn) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Confusion(n, tp, fp, tn, fn));
    }

    @Test
    void takesWeightedCountsThatNearlyAddUp() {
        Confusion weighted = new Confusion(10.5, 1.5, 2, 3, 4.000000002);
        assertThat(weighted.isEmpty()).isFalse();
        Confusion pooled = Confusion.pooled(List.of(weighted, weighted, new Confusion(10, 1, 2, 3, 4)));
        assertThat(pooled.n()).isEqualTo(pooled.tp() + pooled.fp() + pooled.tn() + pooled.fn());
        assertThat(pooled.tp()).isEqualTo(4);
        assertThat(Confusion.pooled(List.of())).isEqualTo(Confusion.NOBODY);
        assertThat(Confusion.NOBODY.isEmpty()).isTrue();
        assertThat(Confusion.people(7).n()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, m",
        "1, 0, 1, m",
        "NaN, 0, 1, m",
        "0.95, 1, 0, m",
        "0.95, NaN, 1, m",
        "0.95, 0, NaN, m",
        "0.95, -Infinity, 1, m",
        "0.95, 0, 1, ' '"
    })
    void refusesIntervalsThatAreNone(double level, double lower, double upper, String method) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(level, lower, upper, method));
    }

    @Test
    void knowsWhatAnIntervalContains() {
        Interval interval = new Interval(0.95, 0.5, 0.5, "m");
        assertThat(interval.contains(0.5)).isTrue();
        assertThat(interval.contains(Math.nextUp(0.5))).isFalse();
        assertThat(interval.contains(Math.nextDown(0.5))).isFalse();
        assertThat(interval.isBounded()).isTrue();
        assertThat(new Interval(0.95, 0.5, Double.POSITIVE_INFINITY, "m").contains(1e300))
                .isTrue();
    }

    @Test
    void comparesSidesWhateverTheirOrder() {
        Comparison one = new Comparison("sex", Set.of("a", "b"), Set.of("d", "c"));
        assertThat(one).isEqualTo(new Comparison("sex", Set.of("b", "a"), Set.of("c", "d")));
        assertThat(one).hasToString("sex: a + b / c + d");
        assertThat(Comparison.all("sex")).hasToString("sex: all groups");
        assertThat(Comparison.withHighest("sex", "a")).hasToString("sex: a / highest");
        assertThat(one.isDisjoint()).isTrue();
        assertThat(Comparison.of("sex", "a", "a").isDisjoint()).isFalse();
    }

    @Test
    void knowsWhichSidesAMetricNeeds() {
        Comparison right = new Comparison("sex", Set.of(), Set.of("a"));
        assertThat(right.suits(Sides.PAIR)).isFalse();
        assertThat(right.suits(Sides.GROUPS)).isFalse();
        assertThat(right.suits(Sides.HIGHEST)).isFalse();
        assertThat(Comparison.of("sex", "a", "b").suits(Sides.GROUPS)).isTrue();
        assertThat(Comparison.of("sex", "a", "b").suits(Sides.HIGHEST)).isFalse();
        assertThat(Comparison.withHighest("sex", "a").suits(Sides.PAIR)).isFalse();
        assertThat(Comparison.withHighest("sex", "a").suits(Sides.HIGHEST)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void readsTheTasksItWrites(Task task) {
        assertThat(Task.parse(task.word())).isEqualTo(task);
    }

    @ParameterizedTest
    @EnumSource(MetricStatus.class)
    void readsTheStatusesItWrites(MetricStatus status) {
        assertThat(MetricStatus.parse(status.word())).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void refusesAMeasurementOnNobodyKnowsHowManyRows(long rows) {
        Subject subject = new Subject(VersionId.parse("credit/default-risk@1.0.0"), Digest.of("x"));
        for (Optional<Long> each : List.of(Optional.of(rows), Optional.<Long>empty())) {
            Dataset dataset = new Dataset("german", DatasetRole.TEST, Optional.empty(), each);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Measurement(
                            subject, new Tool("a", "1"), Optional.empty(), dataset, Task.OTHER, Place.NOWHERE));
        }
    }

    @Test
    void refusesThingsWithoutAName() {
        Confusion people = new Confusion(4, 1, 1, 1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> Group.of(" ", people));
        assertThatIllegalArgumentException().isThrownBy(() -> new Group("a", 5, Optional.of(people), Place.NOWHERE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Attribute(" ", Optional.empty(), 0, List.of(), Place.NOWHERE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Metric(
                        " ",
                        MetricValue.UNDEFINED,
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Place.NOWHERE));
    }
}
