package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {
    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @ValueSource(strings = {"wilson", "newcombe", "mover-r-wilson"})
    void agreesWithTheReferenceValues(String method) {
        List<Map<String, String>> rows = Csv.rows("intervals.csv").stream()
                .filter(row -> row.get("method").equals(method))
                .toList();
        assertThat(rows).hasSize(102);
        assertThat(rows).allSatisfy(row -> {
            Proportion first = proportion(row, "count1", "n1");
            double level = number(row.get("level"));
            Interval interval = switch (method) {
                case "wilson" -> Intervals.wilson(first, level);
                case "newcombe" -> Intervals.newcombe(first, proportion(row, "count2", "n2"), level);
                default -> Intervals.moverR(first, proportion(row, "count2", "n2"), level);
            };
            assertInterval(interval, row, method);
        });
    }

    @ParameterizedTest
    @CsvSource({"difference, miettinen-nurminen", "ratio, koopman"})
    void agreesWithTheReferenceValuesOfScoreIntervals(String quantity, String method) {
        List<Map<String, String>> rows = Csv.rows("intervals.csv").stream()
                .filter(row ->
                        row.get("method").equals(method) && row.get("quantity").equals(quantity))
                .toList();
        assertThat(rows).hasSize(102);
        assertThat(rows).allSatisfy(row -> {
            Proportion left = proportion(row, "count1", "n1");
            Proportion right = proportion(row, "count2", "n2");
            double level = number(row.get("level"));
            Interval interval = quantity.equals("ratio")
                    ? ScoreIntervals.koopman(left, right, level)
                    : ScoreIntervals.miettinenNurminen(left, right, level);
            assertThat(interval.method()).isEqualTo(method);
            assertClose(interval.lower(), number(row.get("lower")), row);
            assertClose(interval.upper(), number(row.get("upper")), row);
        });
    }

    private static void assertClose(double limit, double expected, Map<String, String> row) {
        if (Double.isInfinite(expected)) {
            assertThat(limit).as("%s", row).isInfinite();
        } else {
            assertThat(limit).as("%s", row).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void agreesWithTheReferenceValuesOfAverageOdds() {
        List<Map<String, String>> rows = Csv.rows("intervals-average-odds.csv");
        assertThat(rows).hasSize(16);
        assertThat(rows).allSatisfy(row -> {
            Confusion left = confusion(row, "u");
            Confusion right = confusion(row, "p");
            Interval interval = Intervals.moverAverageOdds(left, right, number(row.get("level")));
            assertInterval(interval, row, "mover-wilson");
            assertThat(FairnessMetric.AVERAGE_ODDS_DIFFERENCE
                            .compute(left, right)
                            .number()
                            .getAsDouble())
                    .isCloseTo(number(row.get("estimate")), within(TOLERANCE));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.674489750196081743",
        "0.9, 1.64485362695147271",
        "0.95, 1.95996398454005423",
        "0.99, 2.57582930354890076",
        "0.999999, 4.89163847569859"
    })
    void knowsTheQuantilesOfTheNormalDistribution(double level, double quantile) {
        assertThat(Intervals.quantile(level)).isCloseTo(quantile, within(1e-11));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
    void refusesALevelThatIsNone(double level) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Intervals.wilson(new Proportion(1, 2), level))
                .withMessageContaining("0.95");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 3", "4, 3", "NaN, 3"})
    void refusesARateThatIsNone(double count, double total) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Intervals.wilson(new Proportion(count, total), 0.95))
                .withMessageContaining("nobody");
    }

    @Test
    void namesItsMethods() {
        Confusion people = new Confusion(4, 1, 1, 1, 1);
        Proportion half = new Proportion(1, 2);
        assertThat(Intervals.METHODS)
                .containsExactlyInAnyOrder(
                        Intervals.wilson(half, 0.9).method(),
                        Intervals.newcombe(half, half, 0.9).method(),
                        Intervals.moverR(half, half, 0.9).method(),
                        Intervals.moverAverageOdds(people, people, 0.9).method());
    }

    @Test
    void isDefinedForEveryTableAndHoldsTheEstimate() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            Proportion left = proportion(random);
            Proportion right = proportion(random);
            double level = 0.5 + random.nextDouble() * 0.4999;
            Interval difference = Intervals.newcombe(left, right, level);
            Interval ratio = Intervals.moverR(left, right, level);
            double a = left.count() / left.total();
            double b = right.count() / right.total();
            assertThat(difference.contains(a - b)).as("%s - %s", left, right).isTrue();
            assertThat(difference.lower()).isGreaterThanOrEqualTo(-1 - 1e-12);
            assertThat(difference.upper()).isLessThanOrEqualTo(1 + 1e-12);
            assertThat(ratio.lower()).isGreaterThanOrEqualTo(0);
            assertThat(ratio.isBounded()).isEqualTo(b > 0);
            if (b > 0) {
                assertThat(ratio.lower()).isLessThanOrEqualTo(a / b * (1 + 1e-12));
                assertThat(ratio.upper()).isGreaterThanOrEqualTo(a / b * (1 - 1e-12));
            }
        }
    }

    @Test
    void turnsWithItsSides() {
        Proportion left = new Proportion(8, 10);
        Proportion right = new Proportion(3, 31);
        Interval there = Intervals.newcombe(left, right, 0.95);
        Interval back = Intervals.newcombe(right, left, 0.95);
        assertThat(back.lower()).isCloseTo(-there.upper(), within(TOLERANCE));
        assertThat(back.upper()).isCloseTo(-there.lower(), within(TOLERANCE));
        Interval ratio = Intervals.moverR(left, right, 0.95);
        Interval inverse = Intervals.moverR(right, left, 0.95);
        assertThat(inverse.lower()).isCloseTo(1 / ratio.upper(), within(TOLERANCE));
        assertThat(inverse.upper()).isCloseTo(1 / ratio.lower(), within(TOLERANCE));
    }

    private static void assertInterval(Interval interval, Map<String, String> row, String method) {
        double lower = number(row.get("lower"));
        double upper = number(row.get("upper"));
        assertThat(interval.method()).isEqualTo(method);
        assertThat(interval.lower()).isCloseTo(lower, within(TOLERANCE * Math.max(1, Math.abs(lower))));
        if (Double.isInfinite(upper)) {
            assertThat(interval.isBounded()).isFalse();
        } else {
            assertThat(interval.upper()).isCloseTo(upper, within(TOLERANCE * Math.max(1, Math.abs(upper))));
        }
    }

    private static Proportion proportion(Random random) {
        int total = 1 + random.nextInt(random.nextBoolean() ? 5 : 5000);
        return new Proportion(random.nextInt(total + 1), total);
    }

    private static Proportion proportion(Map<String, String> row, String count, String total) {
        return new Proportion(number(row.get(count)), number(row.get(total)));
    }

    private static Confusion confusion(Map<String, String> row, String side) {
        double tp = number(row.get("tp_" + side));
        double positives = number(row.get("positives_" + side));
        double fp = number(row.get("fp_" + side));
        double negatives = number(row.get("negatives_" + side));
        return new Confusion(positives + negatives, tp, fp, negatives - fp, positives - tp);
    }

    private static double number(String text) {
        return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
