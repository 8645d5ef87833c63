package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.modelgate.evidence.Direction;
import io.modelgate.evidence.Interval;
import io.modelgate.evidence.IntervalMethod;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds, tolerances and levels of certainty, and how numbers are shown. */
class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0.8, , 0.8, 0, 0",
        "0.8, , 0.79, 0.01, -0.01",
        "0.8, , 1, 0, 0.2",
        ", 0.2, 0.2, 0, 0",
        ", 0.2, 0.3, 0.1, -0.1",
        ", 0.2, 0.1, 0, 0.1",
        "0.8, 1.25, 0.8, 0, 0",
        "0.8, 1.25, 1.25, 0, 0",
        "0.8, 1.25, 1.5, 0.25, -0.25",
        "0.8, 1.25, 0.5, 0.3, -0.3",
        "0.8, 1.25, 1, 0, 0.2",
        "0.8, 1.25, 1.2, 0, 0.05",
    })
    void tellsHowFarAValueIsOutsideOrInside(String least, String most, double value, double distance, double margin) {
        Bounds bounds = bounds(least, most);
        assertThat(bounds.contain(value)).isEqualTo(distance == 0);
        assertThat(bounds.distance(value)).isEqualTo(distance, offset(1e-9));
        assertThat(bounds.margin(value)).isEqualTo(margin, offset(1e-9));
    }

    @Test
    void meetsABoundThatOnlyTheLastDigitOfADivisionMisses() {
        assertThat(0.6 / 0.75).isLessThan(0.8);
        assertThat(bounds("0.8", null).contain(0.6 / 0.75)).isTrue();
        assertThat(bounds("0.8", null).contain(0.8 - 1e-11)).isFalse();
        assertThat(bounds(null, "0.3").contain(0.1 + 0.2)).isTrue();
        assertThat(bounds(null, "0.3").contain(0.3 + 1e-11)).isFalse();
        assertThat(bounds("-0.3", null).contain(-0.1 - 0.2)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0.8, , 0.8, 0.9, true, true",
        "0.8, , 0.7, 0.9, false, true",
        "0.8, , 0.7, 0.8, false, true",
        "0.8, , 0.7, 0.79, false, false",
        "0.8, , 0.9, Infinity, true, true",
        ", 0.2, 0.1, 0.2, true, true",
        ", 0.2, 0.1, 0.3, false, true",
        ", 0.2, 0.2, 0.3, false, true",
        ", 0.2, 0.21, 0.3, false, false",
        ", 0.2, 0.1, Infinity, false, true",
        "0.8, 1.25, 0.7, 1.3, false, true",
        "0.8, 1.25, 0.9, 1.3, false, true",
    })
    void asksOfAnIntervalThatAllOrSomeOfItIsGood(
            String least, String most, double lower, double upper, boolean all, boolean some) {
        Interval interval = new Interval(0.95, lower, upper, "bootstrap");
        Bounds bounds = bounds(least, most);
        assertThat(bounds.contain(interval)).isEqualTo(all);
        assertThat(bounds.touch(interval)).isEqualTo(some);
        assertThat(new Certainty(Certainty.Mode.CI_BOUND, 0.95, IntervalMethod.WILSON).accepts(bounds, interval))
                .isEqualTo(all);
        assertThat(new Certainty(Certainty.Mode.CI_NOT_SIGNIFICANT, 0.95, IntervalMethod.WILSON)
                        .accepts(bounds, interval))
                .isEqualTo(some);
    }

    @ParameterizedTest
    @CsvSource({
        "0.8, , true, 0.8 to 1.25",
        "1, , true, 1 to 1",
        "1.1, , true, ≥ 1.1",
        "0, , true, ≥ 0",
        "0.7, , true, 0.7 to 1.4285714",
        ", 1.25, true, ≤ 1.25",
        ", 0.1, false, -0.1 to 0.1",
        ", 0, false, 0 to 0",
        ", -0.1, false, ≤ -0.1",
        "0.1, , false, ≥ 0.1",
    })
    void holdsForAPairWhicheverGroupStandsFirst(String least, String most, boolean ratio, String pairs) {
        assertThat(bounds(least, most).ofPairs(ratio)).hasToString(pairs);
    }

    @Test
    void knowsWhetherARangeIsAllGoodOrAllBad() {
        assertThat(bounds("0", "1").holdWithin(0, 1)).isTrue();
        assertThat(bounds("0.1", "1").holdWithin(0, 1)).isFalse();
        assertThat(bounds("0", "0.9").holdWithin(0, 1)).isFalse();
        assertThat(bounds("1", null).missAllOf(0, 1)).isFalse();
        assertThat(bounds("1.1", null).missAllOf(0, 1)).isTrue();
        assertThat(bounds(null, "0").missAllOf(0, 1)).isFalse();
        assertThat(bounds(null, "-0.1").missAllOf(0, 1)).isTrue();
    }

    @Test
    void refusesBoundsThatNothingCanMeet() {
        assertThatThrownBy(() -> bounds("1", "0.9")).hasMessage("the lower bound is above the upper bound");
        assertThat(bounds("1", "1").contain(1)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "NaN", "-0.1"})
    void refusesALevelThatIsNone(double level) {
        assertThatThrownBy(() -> new Certainty(Certainty.Mode.POINT, level, IntervalMethod.WILSON))
                .hasMessage("a level is between 0 and 1, such as 0.95");
    }

    @ParameterizedTest
    @CsvSource({
        "0.02, false, HIGHER_IS_BETTER, 0.8, ≥ 0.78, 0.02",
        "0.02, false, LOWER_IS_BETTER, 0.8, ≤ 0.82, 0.02",
        "0.1, true, HIGHER_IS_BETTER, 0.8, ≥ 0.72, 0.1 of its value",
        "0.1, true, LOWER_IS_BETTER, 0.8, ≤ 0.88, 0.1 of its value",
        "0.1, true, HIGHER_IS_BETTER, -0.5, ≥ -0.55, 0.1 of its value",
    })
    void allowsSomewhatLessThanTheIncumbent(
            BigDecimal amount, boolean relative, Direction direction, double incumbent, String bound, String words) {
        Tolerance tolerance = new Tolerance(amount, relative, direction);
        assertThat(tolerance.around(incumbent)).hasToString(bound);
        assertThat(tolerance).hasToString(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "12345, 12340",
        "0.00012345, 0.0001234",
        "1.50, 1.5",
        "100, 100",
        "-2.5, -2.5",
        "1e9, 1000000000",
        "Infinity, ∞",
        "-Infinity, -∞",
    })
    void showsNumbersWithFourDigits(double value, String shown) {
        assertThat(Shown.number(value)).isEqualTo(shown);
    }

    @Test
    void showsWhyThereIsNoNumber() {
        assertThat(Shown.value(MetricValue.of(0.25))).isEqualTo("0.25");
        assertThat(Shown.value(MetricValue.none(MetricStatus.UNDEFINED))).isEqualTo("undefined");
    }

    @ParameterizedTest
    @CsvSource({"0.80, 0.80", "12345678, 12345678", "123456789, 123456790", "1E+2, 100", "1.42857142857, 1.4285714"})
    void showsABoundAsThePolicySaysIt(BigDecimal bound, String shown) {
        assertThat(Shown.bound(bound)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"P1D, 1 day", "P7D, 7 days", "PT24H, 1 day", "PT36H, PT36H", "PT0S, PT0S", "PT1H, PT1H"})
    void showsWholeDaysAsDays(Duration time, String shown) {
        assertThat(Shown.duration(time)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-16T10:00:00Z, true",
        "2026-11-16T09:59:59Z, false",
        "2026-11-23T10:05:00Z, true",
        "2026-11-23T10:05:01Z, false",
    })
    void countsATimeAsLongAsClocksMayDiffer(Instant time, boolean within) {
        assertThat(Durations.isWithin(time, Duration.ofDays(7), Given.NOW)).isEqualTo(within);
    }

    private static Bounds bounds(String least, String most) {
        return new Bounds(
                Optional.ofNullable(least).map(BigDecimal::new),
                Optional.ofNullable(most).map(BigDecimal::new));
    }
}
