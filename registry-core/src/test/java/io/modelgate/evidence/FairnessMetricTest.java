package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FairnessMetricTest {
    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "1.1.0", "1.2.0"})
    void agreesWithTheReferenceValuesOfRealModels(String version) {
        Node.Mapping groups = mapping(json("counts/" + version + ".json"), "groups");
        List<Map<String, String>> rows = Csv.rows("recomputed.csv").stream()
                .filter(row -> row.get("version").equals(version))
                .toList();
        assertThat(rows).hasSize(82);
        assertThat(rows).allSatisfy(row -> {
            FairnessMetric metric = FairnessMetric.parse(row.get("id"));
            People people = people(row.get("attribute"), mapping(groups, row.get("attribute")));
            Comparison comparison = comparison(row.get("attribute"), row.get("left"), row.get("right"));
            Compared compared = people.compared(metric, comparison).orElseThrow();
            assertThat(row.get("status")).isEqualTo("ok");
            assertThat(metric.compute(compared).number().orElseThrow())
                    .isCloseTo(Double.parseDouble(row.get("value")), within(TOLERANCE));
            Optional<Interval> interval =
                    row.get("right").equals("highest") || row.get("left").equals("all")
                            ? Optional.empty()
                            : metric.interval(compared.left(), compared.right(), 0.95);
            assertThat(interval.map(Interval::method).orElse("")).isEqualTo(row.get("method"));
            interval.ifPresent(each -> {
                assertThat(each.lower()).isCloseTo(Double.parseDouble(row.get("lower")), within(TOLERANCE));
                assertThat(each.upper()).isCloseTo(Double.parseDouble(row.get("upper")), within(TOLERANCE));
            });
        });
    }

    @Test
    void agreesWithTheCountsInEveryEdgeCaseOfEveryTool() {
        Set<String> ids =
                Arrays.stream(FairnessMetric.values()).map(FairnessMetric::id).collect(Collectors.toSet());
        List<Map<String, String>> rows = Csv.rows("edge/conventions.csv").stream()
                .filter(row -> ids.contains(row.get("id")))
                .filter(row -> !row.get("right").endsWith("(and the rows without a group)"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(300);
        assertThat(rows).allSatisfy(row -> {
            Node.Mapping file = json("edge/" + row.get("case") + ".json");
            People people = people(row.get("attribute"), mapping(file, "groups"));
            Comparison comparison = comparison(file, row);
            MetricValue value = FairnessMetric.parse(row.get("id"))
                    .compute(people.compared(FairnessMetric.parse(row.get("id")), comparison)
                            .orElseThrow());
            String expected = row.get("expected_from_counts");
            if (expected.equals("undefined") || expected.equals("infinite")) {
                assertThat(value.status().word()).isEqualTo(expected);
            } else {
                assertThat(value.number().orElseThrow()).isCloseTo(Double.parseDouble(expected), within(TOLERANCE));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "selection_rate_difference, PAIR, 0, selection_rate left - selection_rate right",
        "disparate_impact_ratio, PAIR, 1, selection_rate left / selection_rate right",
        "impact_ratio, HIGHEST, 1, selection_rate left / max selection_rate",
        "demographic_parity_difference, GROUPS, 0, max selection_rate - min selection_rate",
        "demographic_parity_ratio, GROUPS, 1, min selection_rate / max selection_rate",
        "equal_opportunity_difference, PAIR, 0, tpr left - tpr right",
        "equalized_odds_difference, GROUPS, 0, 'max(max tpr - min tpr, max fpr - min fpr)'",
        "average_odds_difference, PAIR, 0, ((fpr left - fpr right) + (tpr left - tpr right)) / 2",
        "predictive_parity_difference, PAIR, 0, ppv left - ppv right",
        "npv_difference, PAIR, 0, npv left - npv right",
        "accuracy_difference, PAIR, 0, accuracy left - accuracy right",
        "tpr_ratio, PAIR, 1, tpr left / tpr right",
        "fpr_ratio, PAIR, 1, fpr left / fpr right",
        "tnr_ratio, PAIR, 1, tnr left / tnr right",
        "fnr_ratio, PAIR, 1, fnr left / fnr right",
        "tpr_range, GROUPS, 0, max tpr - min tpr",
        "fpr_range, GROUPS, 0, max fpr - min fpr",
        "tnr_range, GROUPS, 0, max tnr - min tnr",
        "fnr_range, GROUPS, 0, max fnr - min fnr",
        "ppv_range, GROUPS, 0, max ppv - min ppv",
        "npv_range, GROUPS, 0, max npv - min npv",
        "accuracy_range, GROUPS, 0, max accuracy - min accuracy",
        "tpr_min_max_ratio, GROUPS, 1, min tpr / max tpr",
        "fpr_min_max_ratio, GROUPS, 1, min fpr / max fpr",
        "tnr_min_max_ratio, GROUPS, 1, min tnr / max tnr",
        "fnr_min_max_ratio, GROUPS, 1, min fnr / max fnr",
        "ppv_min_max_ratio, GROUPS, 1, min ppv / max ppv",
        "npv_min_max_ratio, GROUPS, 1, min npv / max npv",
        "accuracy_min_max_ratio, GROUPS, 1, min accuracy / max accuracy",
        "class_imbalance, PAIR, 0, (n right - n left) / (n right + n left)"
    })
    void saysWhatItIs(String id, Sides sides, double ideal, String definition) {
        FairnessMetric metric = FairnessMetric.parse(id);
        assertThat(metric.id()).isEqualTo(id);
        assertThat(metric.sides()).isEqualTo(sides);
        assertThat(metric.ideal()).isEqualTo(ideal);
        assertThat(metric.isRatio()).isEqualTo(ideal == 1);
        assertThat(metric.definition()).isEqualTo(definition);
        assertThat(metric.isAboutSizes()).isEqualTo(id.equals("class_imbalance"));
    }

    @ParameterizedTest
    @CsvSource({
        "selection_rate_difference, -1, 1, -1.01, 1.01",
        "class_imbalance, -1, 1, -1.01, 1.01",
        "average_odds_difference, -1, 1, -1.01, 1.01",
        "demographic_parity_difference, 0, 1, -0.01, 1.01",
        "equalized_odds_difference, 0, 1, -0.01, 1.01",
        "demographic_parity_ratio, 0, 1, -0.01, 1.01",
        "impact_ratio, 0, 1, -0.01, 1.01",
        "disparate_impact_ratio, 0, 1e300, -0.01, -1"
    })
    void knowsWhichValuesAreImpossible(String id, double lowest, double highest, double below, double above) {
        Scale scale = FairnessMetric.parse(id).scale();
        assertThat(scale.allows(lowest)).isTrue();
        assertThat(scale.allows(highest)).isTrue();
        assertThat(scale.allows(below)).isFalse();
        assertThat(scale.allows(above)).isFalse();
    }

    @Test
    void coversEveryIdOfTheTable() {
        assertThat(FairnessMetric.values()).hasSize(30);
    }

    @Test
    void leavesOutGroupsWithoutPeopleButNotUndefinedRates() {
        Confusion few = new Confusion(4, 1, 1, 1, 1);
        Confusion many = new Confusion(4, 2, 2, 0, 0);
        Confusion noNegatives = new Confusion(2, 1, 0, 0, 1);
        FairnessMetric parity = FairnessMetric.DEMOGRAPHIC_PARITY_DIFFERENCE;
        assertThat(parity.compute(List.of(few, Confusion.NOBODY, many))).isEqualTo(MetricValue.of(0.5));
        assertThat(FairnessMetric.FPR_RANGE.compute(List.of(few, many, noNegatives)))
                .isEqualTo(MetricValue.UNDEFINED);
        assertThat(parity.compute(few, Confusion.NOBODY)).isEqualTo(MetricValue.UNDEFINED);
    }

    @Test
    void isUndefinedForASingleGroup() {
        Confusion people = new Confusion(4, 1, 1, 1, 1);
        assertThat(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO.compute(List.of(people)))
                .isEqualTo(MetricValue.UNDEFINED);
        assertThat(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO.compute(List.of())).isEqualTo(MetricValue.UNDEFINED);
        assertThat(FairnessMetric.IMPACT_RATIO.compute(Compared.groups(people, List.of(people))))
                .isEqualTo(MetricValue.UNDEFINED);
    }

    @Test
    void hasNoIntervalWhereARateIsUndefined() {
        Confusion people = new Confusion(4, 1, 1, 1, 1);
        Confusion positives = new Confusion(2, 1, 0, 0, 1);
        Confusion negatives = new Confusion(2, 0, 1, 1, 0);
        assertThat(FairnessMetric.FPR_RATIO.interval(people, positives, 0.95)).isEmpty();
        assertThat(FairnessMetric.FPR_RATIO.interval(positives, people, 0.95)).isEmpty();
        assertThat(FairnessMetric.TPR_RATIO.interval(people, positives, 0.95)).isPresent();
        assertThat(FairnessMetric.AVERAGE_ODDS_DIFFERENCE.interval(people, positives, 0.95))
                .isEmpty();
        assertThat(FairnessMetric.AVERAGE_ODDS_DIFFERENCE.interval(negatives, people, 0.95))
                .isEmpty();
        assertThat(FairnessMetric.SELECTION_RATE_DIFFERENCE.interval(people, Confusion.NOBODY, 0.95))
                .isEmpty();
        assertThat(FairnessMetric.DEMOGRAPHIC_PARITY_RATIO.interval(people, people, 0.95))
                .isEmpty();
        assertThat(FairnessMetric.CLASS_IMBALANCE.interval(people, people, 0.95))
                .isEmpty();
    }

    @Test
    void namesTheNearestIdForOneThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FairnessMetric.parse("disparate_impact_ration"))
                .withMessage("'disparate_impact_ration' is not a fairness metric; did you mean"
                        + " disparate_impact_ratio?");
    }

    private static Comparison comparison(Node.Mapping file, Map<String, String> row) {
        String attribute = row.get("attribute");
        if (row.get("right").startsWith("not ")) {
            Set<String> others = mapping(file, "groups").entries().keySet().stream()
                    .filter(each -> !each.equals(row.get("left")))
                    .collect(Collectors.toSet());
            return new Comparison(attribute, Set.of(row.get("left")), others);
        }
        return row.get("left").contains("+")
                ? new Comparison(attribute, Set.of(row.get("left").split("\\+")), Set.of(row.get("right")))
                : comparison(attribute, row.get("left"), row.get("right"));
    }

    private static Comparison comparison(String attribute, String left, String right) {
        if (left.startsWith("all")) {
            return Comparison.all(attribute);
        }
        return right.equals("highest")
                ? Comparison.withHighest(attribute, left)
                : Comparison.of(attribute, left, right);
    }

    private static People people(String attribute, Node.Mapping groups) {
        return new People(
                new Attribute(
                        attribute,
                        Optional.empty(),
                        0,
                        groups.entries().entrySet().stream()
                                .map(each -> Group.of(each.getKey(), confusion((Node.Mapping) each.getValue())))
                                .toList(),
                        groups.place()),
                false);
    }

    private static Confusion confusion(Node.Mapping counts) {
        return new Confusion(
                number(counts, "n"),
                number(counts, "tp"),
                number(counts, "fp"),
                number(counts, "tn"),
                number(counts, "fn"));
    }

    private static double number(Node.Mapping counts, String key) {
        return ((Node.Decimal) counts.get(key).orElseThrow()).value().doubleValue();
    }

    private static Node.Mapping json(String resource) {
        return (Node.Mapping)
                YamlReader.read(SourceFile.of(resource, Csv.text(resource))).get();
    }

    private static Node.Mapping mapping(Node.Mapping parent, String key) {
        return (Node.Mapping) parent.get(key).orElseThrow();
    }
}
