package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics follow from the confusion matrix; the numbers are scikit-learn's for the linear wine model. */
class ConfusionMatrixTest {
    private static final String WINE = """
            rows:
                - {label: "0", counts: [24, 0, 0]}
                - {label: "1", counts: [0, 28, 1]}
                - {label: "2", counts: [0, 0, 19]}""";
    private static final String CREDIT = """
            positive: "1"
              rows:
                - {label: "0", counts: [52, 68]}
                - {label: "1", counts: [38, 242]}""";

    @ParameterizedTest
    @CsvSource({
        "accuracy, '', 0.9861111111111112",
        "error_rate, '', 0.01388888888888884",
        "balanced_accuracy, '', 0.9885057471264368",
        "recall_macro, '', 0.9885057471264368",
        "precision_macro, '', 0.9833333333333334",
        "f1_macro, '', 0.9856050382366172",
        "precision, 2, 0.95",
        "recall, 1, 0.9655172413793104",
        "f1, 1, 0.9824561403508771",
        "f1, 2, 0.9743589743589743"
    })
    void computesWhatScikitLearnDoes(String metric, String label, double expected) {
        Map<String, String> slice = label.isEmpty() ? Map.of() : Map.of("class", label);
        assertThat(matrix(WINE).compute(metric, slice).orElseThrow().number().orElseThrow())
                .isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "precision, 0.7806451612903226",
        "recall, 0.8642857142857143",
        "f1, 0.8203389830508474",
        "specificity, 0.43333333333333335"
    })
    void takesThePositiveClassOfTwo(String metric, double expected) {
        assertThat(matrix(CREDIT)
                        .compute(metric, Map.of())
                        .orElseThrow()
                        .number()
                        .orElseThrow())
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void saysNothingOfOtherMetricsAndSlices() {
        assertThat(matrix(WINE).compute("roc_auc", Map.of())).isEmpty();
        assertThat(matrix(WINE).compute("precision", Map.of())).isEmpty();
        assertThat(matrix(WINE).compute("precision", Map.of("class", "7"))).isEmpty();
        assertThat(matrix(WINE).compute("precision", Map.of("class", "1", "sex", "f")))
                .isEmpty();
        assertThat(matrix(WINE).compute("specificity", Map.of("class", "1"))).isEmpty();
        assertThat(matrix(WINE).compute("accuracy", Map.of("class", "1"))).isEmpty();
    }

    @Test
    void leavesUndefinedWhatDividesByNothing() {
        ConfusionMatrix matrix = matrix("""
                rows:
                    - {label: a, counts: [10, 0]}
                    - {label: b, counts: [62, 0]}""");
        assertThat(matrix.compute("precision", Map.of("class", "b"))).contains(MetricValue.UNDEFINED);
        assertThat(matrix.compute("precision_macro", Map.of())).contains(MetricValue.UNDEFINED);
        assertThat(matrix.compute("recall", Map.of("class", "b")).orElseThrow().number())
                .hasValue(0);
    }

    @Test
    void givesSharesAnInterval() {
        Evaluation evaluation =
                read(WINE, "{id: accuracy, value: 0.9861111111111112}").get();
        Interval interval =
                evaluation.interval(evaluation.metrics().get(0), 0.95).orElseThrow();
        assertThat(interval.lower()).isCloseTo(0.9254339785, within(1e-9));
        assertThat(interval.upper()).isCloseTo(0.9975440481, within(1e-9));
        assertThat(evaluation
                        .interval(evaluation.metrics().get(0), 0.99)
                        .orElseThrow()
                        .lower())
                .isLessThan(interval.lower());
        Evaluation other = read(WINE, "{id: roc_auc, value: 0.9}").get();
        assertThat(other.interval(other.metrics().get(0), 0.95)).isEmpty();
    }

    @Test
    void refusesAMetricThatTheCountsDoNotGive() {
        assertThat(messages(read(WINE, "{id: accuracy, value: 0.99}")))
                .containsExactly("accuracy is reported as 0.99, but the confusion matrix gives 0.9861111111111112");
        assertThat(messages(read(WINE, "{id: recall, value: 0.5, slice: {class: \"1\"}}")))
                .singleElement()
                .asString()
                .contains("recall {class=1} is reported as 0.5");
        assertThat(messages(read(WINE, "{id: accuracy, value: null, status: undefined}")))
                .hasSize(1);
        assertThat(messages(read(WINE, "{id: accuracy, value: null, status: not-computed}")))
                .isEmpty();
        assertThat(messages(read(WINE, "{id: accuracy, value: 0.9861116}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "roc_auc, 7.5, 'roc_auc is 7.5, but can only be between 0 and 1'",
        "roc_auc, -0.1, 'roc_auc is -0.1, but can only be between 0 and 1'",
        "brier, -3.0, 'brier is -3, but can only be between 0 and 1'",
        "rmse, -1, 'rmse is -1, but can only be at least 0'",
        "r2, 1.5, 'r2 is 1.5, but can only be at most 1'",
    })
    void refusesWhatAMetricOfThatNameCannotBe(String metric, String value, String words) {
        assertThat(messages(read(WINE, "{id: " + metric + ", value: " + value + "}")))
                .containsExactly(words);
        assertThat(messages(read(WINE, "{id: our_own, value: " + value + "}"))).isEmpty();
    }

    @Test
    void refusesAValueOfNoRows() {
        assertThat(messages(read(WINE, "{id: roc_auc, value: 0.9, n: 0}")))
                .containsExactly("roc_auc has a value, but n is 0");
        assertThat(messages(read(WINE, "{id: roc_auc, value: null, status: undefined, n: 0}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"precision", "recall", "f1", "specificity"})
    void wantsToKnowWhichOfTwoClassesAMetricIsAbout(String metric) {
        String unsaid = CREDIT.replaceFirst("positive:.*\\n", "");

        assertThat(messages(read(unsaid, "{id: " + metric + ", value: 0.99}", 400)))
                .containsExactly(metric + " is about one of two classes, and the confusion matrix does not say which");
        assertThat(messages(read(unsaid, "{id: roc_auc, value: 0.9}", 400))).isEmpty();
    }

    @Test
    void believesNoIntervalThatTheCountsDoNotGive() {
        Evaluation evaluation = read(
                        WINE,
                        "{id: accuracy, value: 0.9861111111111112, "
                                + "interval: {level: 0.95, lower: 0.986, upper: 0.987, method: wilson}}")
                .get();

        assertThat(evaluation
                        .interval(evaluation.metrics().get(0), 0.95)
                        .orElseThrow()
                        .lower())
                .isCloseTo(0.9254339785, within(1e-9));
    }

    @Test
    void refusesCountsThatDoNotAddUp() {
        assertThat(messages(read(WINE.replace("28", "27"), "{id: roc_auc, value: 0.9}")))
                .containsExactly("the confusion matrix has 71 rows, but the dataset has 72");
    }

    @ParameterizedTest
    @CsvSource({
        "'[24, 0, 0]', '[24, 0]', does not have 3 counts",
        "'label: \"2\"', 'label: \"1\"', not those of two or more different classes",
        "'rows:', 'positive: \"1\"\n  rows:', positive is not one of two classes"
    })
    void refusesAMatrixThatIsNone(String part, String other, String words) {
        assertThat(messages(read(WINE.replace(part, other), "{id: roc_auc, value: 0.9}")))
                .anySatisfy(message -> assertThat(message).contains(words));
    }

    @Test
    void writesWhatItRead() {
        Evaluation evaluation = read(CREDIT, "{id: roc_auc, value: 0.9}", 400).get();
        assertThat(Evaluation.read(evaluation.toFile()).get().toFile().text())
                .isEqualTo(evaluation.toFile().text());
        assertThat(evaluation.toFile().text()).contains("positive: \"1\"", "counts: [38, 242]");
    }

    private static ConfusionMatrix matrix(String text) {
        int rows = text.contains("242") ? 400 : 72;
        return read(text, "{id: roc_auc, value: 0.9}", rows).get().confusion().orElseThrow();
    }

    private static List<String> messages(Checked<Evaluation> read) {
        return read.findings().stream().map(Finding::message).toList();
    }

    private static Checked<Evaluation> read(String confusion, String metric) {
        return read(confusion, metric, 72);
    }

    private static Checked<Evaluation> read(String confusion, String metric, int rows) {
        return Evaluation.read(SourceFile.of("models/wine/cultivar/versions/1.0.0/evaluations/test.yaml", """
                apiVersion: modelgate.io/v1
                kind: Evaluation
                id: test
                subject: {model: wine/cultivar, version: 1.0.0, digest: "%s"}
                tool: {name: scikit-learn, version: 1.9.1}
                dataset: {name: wine, role: test, rows: %d}
                task: multiclass-classification
                metrics:
                  - %s
                confusion:
                  %s
                """.formatted(
                        Digest.of("x"), rows, metric, confusion)));
    }
}
