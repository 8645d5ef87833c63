package io.modelgate.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.ConfusionMatrix;
import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.Metric;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.SourceFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationsTest {
    private static final String RUN = """
            {"run": {"info": {"run_id": "a1", "end_time": 1764000000000}, "data": {"metrics": [
              {"key": "accuracy_score", "value": 0.735, "timestamp": 1, "step": 0},
              {"key": "loss", "value": 0.9, "timestamp": 1, "step": 0},
              {"key": "loss", "value": 0.4, "timestamp": 1, "step": 7},
              {"key": "loss", "value": 0.6, "timestamp": 1, "step": 3},
              {"key": "training_f1_score", "value": 0.99, "timestamp": 1, "step": 0},
              {"key": "test_f1_score", "value": 0.8, "timestamp": 1, "step": 0},
              {"key": "r2", "value": NaN, "timestamp": 1, "step": 0},
              {"key": "a metric", "value": 1, "timestamp": 1, "step": 0},
              {"key": "example_count", "value": 400, "timestamp": 1, "step": 0}]}}}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "1.1.0", "1.2.0"})
    void readsAClassificationReport(String version) {
        Evaluation evaluation = evaluation("sklearn/" + version + "/sklearn-classification-report.json");
        assertThat(evaluation.measurement().rows()).isEqualTo(400);
        assertThat(evaluation.measurement().tool().name()).isEqualTo("scikit-learn");
        assertThat(evaluation.metrics()).hasSize(13);
        assertThat(evaluation
                        .metric("recall", Map.of("class", "1"))
                        .orElseThrow()
                        .n())
                .contains(280L);
        double accuracy = value(evaluation, "accuracy");
        assertThat(value(evaluation("mlflow/" + version + "/metrics.json"), "accuracy"))
                .isEqualTo(accuracy);
        assertThat(value(evaluation, "recall_weighted")).isEqualTo(accuracy);
        assertThat(evaluation.metric("f1_macro", Map.of())).isPresent();
    }

    @Test
    void takesZeroOfNobodyAsUndefined() {
        Checked<Imported> read = read("""
                {"0": {"precision": 0.0, "recall": 0.0, "f1-score": 0.0, "support": 0},
                 "1": {"precision": 0.0, "recall": 0.0, "f1-score": 0.0, "support": 9},
                 "macro avg": {"precision": 0.0, "recall": 0.0, "f1-score": 0.0, "support": 9}, "accuracy": 75.0}
                """);
        Evaluation evaluation = read.get().evaluations().get(0);
        assertThat(evaluation
                        .metric("recall", Map.of("class", "0"))
                        .orElseThrow()
                        .value())
                .isEqualTo(MetricValue.none(MetricStatus.UNDEFINED));
        assertThat(read.get().dropped()).contains("accuracy: 75 is no share between 0 and 1.");
        assertThat(read.findings()).extracting(Finding::rule).contains("import/zero");
    }

    @Test
    void readsARun() {
        Checked<Imported> read = read(RUN);
        Evaluation evaluation = read.get().evaluations().get(0);
        assertThat(evaluation.metrics().stream().map(Metric::id)).containsExactly("accuracy", "loss", "f1", "r2");
        assertThat(evaluation.measurement().createdAt()).contains(Instant.ofEpochMilli(1764000000000L));
        assertThat(value(evaluation, "loss")).isEqualTo(0.4);
        assertThat(value(evaluation, "f1")).isEqualTo(0.8);
        assertThat(evaluation.metric("r2", Map.of()).orElseThrow().value().status())
                .isEqualTo(MetricStatus.UNDEFINED);
        assertThat(read.get().dropped())
                .contains("training_f1_score: it was measured on train data, the dataset is test.")
                .contains("a metric: it cannot be the id of a metric.");
        Evaluation described = read("{\"info\": {}, \"data\": {\"metrics\": {\"roc_auc\": 0.75}, \"params\": {}}}")
                .get()
                .evaluations()
                .get(0);
        assertThat(value(described, "roc_auc")).isEqualTo(0.75);
    }

    @Test
    void namesEveryValueThatIsNoNumber() {
        StringBuilder many = new StringBuilder("{\"accuracy\": 0.7, \"loss\": Infinity, \"n\": 400");
        for (int i = 0; i < 30; i++) {
            many.append(", \"m").append(i).append("\": NaN");
        }
        Checked<Imported> read = read(many.append("}").toString());
        assertThat(read.findings())
                .filteredOn(each -> each.rule().equals("import/no-number"))
                .hasSize(31)
                .extracting(Finding::message)
                .contains("loss is Infinity in the file: written as infinite")
                .contains(
                        "m0 is NaN in the file: written as undefined", "m29 is NaN in the file: written as undefined");
    }

    @Test
    void refusesWhatIsYetToBeMeasured() {
        Checked<Imported> read = read(RUN.replace("1764000000000", "4070908800000"));
        assertThat(read.findings())
                .anyMatch(each -> each.blocks()
                        && each.message()
                                .equals("the file says that it was measured at 2099-01-01T00:00:00Z, which is yet to"
                                        + " come: it is 2026-12-01T00:00:00Z"));
        assertThat(given(Samples.NOW.plusSeconds(299)).ok()).isTrue();
        assertThat(given(Samples.NOW.plusSeconds(301)).findings())
                .anyMatch(each -> each.rule().equals("import/future")
                        && each.message().startsWith("--created-at says that it was measured at "));
    }

    @Test
    void saysWhenNothingSaysWhenItWasMeasured() {
        assertThat(read("{\"accuracy\": 0.7, \"n\": 400}").findings())
                .extracting(Finding::message)
                .containsExactly("no --created-at: rules on age will refuse this report");
        assertThat(read(RUN).findings()).extracting(Finding::rule).doesNotContain("import/undated");
    }

    private static Checked<Imported> given(Instant time) {
        ImportContext known = Samples.credit();
        ImportContext dated = new ImportContext(
                known.id(),
                known.subject(),
                known.datasets(),
                known.task(),
                new MeasuredAt(Optional.of(time), Samples.NOW),
                known.toolVersion(),
                known.population());
        return Importer.read(ImportTool.AUTO, Samples.text(RUN), dated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.json", "describe.json"})
    void readsTheCountsOfMlflowsEvaluator(String name) {
        Evaluation evaluation = evaluation("mlflow/real/" + name);
        assertThat(evaluation.measurement().rows()).isEqualTo(228);
        assertThat(evaluation.metrics().stream().map(Metric::id))
                .contains("accuracy", "recall", "precision", "f1")
                .doesNotContain("true_positives", "example_count");
        ConfusionMatrix matrix = evaluation.confusion().orElseThrow();
        assertThat(matrix.labels()).containsExactly("0", "1");
        assertThat(matrix.positive()).contains("1");
        assertThat(matrix.counts()).containsExactly(List.of(65L, 8L), List.of(3L, 152L));
        assertThat(Evaluation.read(evaluation.toFile()).findings()).isEmpty();
    }

    @Test
    void comparesWhatMlflowSaysWithItsCounts() {
        String real = new String(Samples.bytes("/importer/mlflow/real/metrics.json"), UTF_8);
        assertThat(read(real.replace("\"precision_score\": 0.95", "\"precision_score\": 0.96"), Optional.empty())
                        .findings())
                .anyMatch(each -> each.blocks()
                        && each.message().equals("precision is reported as 0.96, but the confusion matrix gives 0.95"));
        assertThat(read(real.replace("\"example_count\": 228", "\"example_count\": 229"), Optional.empty())
                        .findings())
                .anyMatch(each -> each.rule().equals("evaluation/rows"));
        Evaluation weighted = read(real.replace(": 65,", ": 65.5,"), Optional.empty())
                .get()
                .evaluations()
                .get(0);
        assertThat(weighted.confusion()).isEmpty();
        assertThat(value(weighted, "true_negatives")).isEqualTo(65.5);
        Evaluation uncounted = read(real.replace("\"example_count\": 228, ", ""), Optional.of("good"))
                .get()
                .evaluations()
                .get(0);
        assertThat(uncounted.measurement().rows()).isEqualTo(228);
        assertThat(uncounted.confusion().orElseThrow().labels()).containsExactly("0", "good");
        assertThat(read(real, Optional.of("0"))
                        .get()
                        .evaluations()
                        .get(0)
                        .confusion()
                        .orElseThrow()
                        .labels())
                .containsExactly("1", "0");
    }

    private static Checked<Imported> read(String text, Optional<String> favourable) {
        return Importer.read(
                ImportTool.AUTO,
                Samples.text(text),
                Samples.context(Optional.empty(), new Population(favourable, false, List.of())));
    }

    @Test
    void takesNamesAndNumbersForMlflowsOnlyWhenTheyAreItsOwn() {
        String any = "{\"accuracy\": 0.7, \"n\": 400}";
        assertThat(read(any, Optional.empty()).findings())
                .extracting(Finding::toString)
                .containsExactly("file: the file could be one of mlflow, but many tools write such names and numbers."
                        + " If mlflow wrote it, name it instead of auto: 'modelgate evidence import mlflow <file>'.");
        assertThat(read(any).ok()).isTrue();
        for (String its : List.of(
                "{\"accuracy_score\": 0.7, \"n\": 1}",
                "{\"example_count\": 10, \"r2_score\": 0.7}",
                "{\"example_count\": 10, \"mean_squared_error\": 7}",
                "{\"true_negatives\": 1, \"false_positives\": 1, \"false_negatives\": 1, \"true_positives\": 1, \"a\": 1}")) {
            assertThat(read(its, Optional.empty()).ok()).as(its).isTrue();
        }
        assertThat(read("{\"example_count\": 10, \"a\": 7}", Optional.empty()).ok())
                .isFalse();
    }

    @Test
    void findsRowsThatAreNotThoseOfTheDataset() {
        assertThat(read("{\"accuracy\": 0.7, \"n\": 399}").findings())
                .anyMatch(
                        each -> each.message().contains("about 399 rows, but german-credit-test is said to have 400"));
        assertThat(Importer.read(ImportTool.MLFLOW, Samples.text("{\"accuracy\": 0.7}"), Samples.NOTHING)
                        .findings())
                .extracting(Finding::remedy)
                .contains("Say --rows <number>.");
    }

    @Test
    void readsAModelCard() {
        Evaluation evaluation = Importer.read(
                        ImportTool.AUTO,
                        new SourceFile("card.md", Samples.bytes("/evidence/cards/card.md")),
                        Samples.credit())
                .get()
                .evaluations()
                .get(0);
        assertThat(evaluation.metrics().stream().map(Metric::id)).containsExactly("roc_auc", "brier", "accuracy");
        assertThat(evaluation.role()).isEqualTo(DatasetRole.TEST);
        assertThat(evaluation.metrics().get(0).place().line()).isEqualTo(21);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sample_no_metadata.md",
                "sample_simple.md",
                "sample_invalid_card_data.md",
                "sample_windows_line_breaks.md",
                "skops-card.md",
                "template-card.md"
            })
    void findsCardsWithoutResults(String name) {
        Checked<Imported> read = Importer.read(
                ImportTool.AUTO, new SourceFile(name, Samples.bytes("/evidence/cards/" + name)), Samples.credit());
        assertThat(read.ok()).isFalse();
        assertThat(read.findings()).allMatch(each -> !each.remedy().isEmpty());
    }

    @Test
    void makesAnEvaluationOfEachDatasetThatIsKnown() {
        String card = """
                ---
                model-index:
                - name: m
                  results:
                  - task: {type: text-classification}
                    dataset: {name: A, type: a, split: validation}
                    metrics:
                    - {type: accuracy, value: 0.5}
                    - {type: accuracy, value: 0.6, config: strict}
                    - {type: f1, value: 71.5}
                    - {type: rouge, value: {rouge1: 1}}
                  - task: {type: text-classification}
                    dataset: {name: B, type: b}
                    metrics: [{type: accuracy, value: 0.7}]
                  - task: {type: text-classification}
                    dataset: {name: C, type: c}
                    metrics: [{type: accuracy, value: 0.8}]
                ---
                # m
                """;
        ImportContext some = Samples.credit();
        ImportContext context = new ImportContext(
                "hub",
                some.subject(),
                List.of(
                        new Dataset("A", DatasetRole.TEST, Optional.empty(), Optional.of(10L)),
                        new Dataset("c", DatasetRole.TEST, Optional.empty(), Optional.of(20L))),
                some.task(),
                some.measuredAt(),
                Optional.empty(),
                Population.UNKNOWN);
        Imported imported = Importer.read(ImportTool.HUGGINGFACE, Samples.text(card), context)
                .get();
        assertThat(imported.evaluations()).extracting(Evaluation::id).containsExactly("hub", "hub-2");
        assertThat(imported.evaluations().get(0).role()).isEqualTo(DatasetRole.VALIDATION);
        assertThat(imported.evaluations().get(0).metrics()).hasSize(2);
        assertThat(imported.evaluations().get(1).measurement().rows()).isEqualTo(20);
        assertThat(imported.dropped())
                .contains("f1: 71.5 is no share between 0 and 1.", "rouge: it is no number.")
                .anyMatch(each -> each.startsWith("results on B: "));
    }

    private static double value(Evaluation evaluation, String metric) {
        return evaluation
                .metric(metric, Map.of())
                .orElseThrow()
                .value()
                .number()
                .getAsDouble();
    }

    private static Checked<Imported> read(String text) {
        boolean report = text.contains("support");
        return Importer.read(
                report ? ImportTool.AUTO : ImportTool.MLFLOW,
                Samples.text(text),
                Samples.context(report ? Optional.empty() : Optional.of(400L), Population.UNKNOWN));
    }

    private static Evaluation evaluation(String file) {
        boolean named = file.endsWith("metrics.json") && !file.contains("real");
        Checked<Imported> read = Importer.read(
                named ? ImportTool.MLFLOW : ImportTool.AUTO,
                Samples.file(file),
                Samples.context(Optional.empty(), Population.UNKNOWN));
        return read.get().evaluations().get(0);
    }
}
