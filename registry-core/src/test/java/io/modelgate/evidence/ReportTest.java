// Longer than 400 lines: one bad report after another, all on the same few lines of set-up.
package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fairness reports against what their own counts say. It is long since each case changes a few numbers of the same
 * report.
 */
class ReportTest {
    private static final Path ROOT = Path.of("src/test/resources/evidence");
    private static final Path SAMPLES = Path.of("../samples/credit-default-risk");
    private static final String FAIRNESS = "models/credit/default-risk/versions/1.0.0/fairness/fairlearn-test.yaml";
    private static final String EVALUATION = "models/credit/default-risk/versions/1.0.0/evaluations/test.yaml";
    private static final String SUBJECT = "subject: {model: credit/default-risk, version: %s, digest: sha256:"
            + "954d5a49fd70d9b8bcdb35d252267829957f7ef7fa6c74f88419bdc5e82209f4}\n";

    static Stream<Path> invalid() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("invalid"))) {
            return files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    /** Each file says in comments what is to be found in it: severity, line, column, rule and message. */
    @ParameterizedTest
    @MethodSource("invalid")
    void namesWhatIsWrongAndWhere(Path file) throws IOException {
        String text = Files.readString(file);
        String expected = text.lines()
                .filter(line -> line.startsWith("# expect "))
                .map(line -> line.substring("# expect ".length()))
                .sorted()
                .collect(Collectors.joining("\n"));
        List<Finding> findings = text.contains("kind: Evaluation")
                ? Evaluation.read(SourceFile.of(EVALUATION, text)).findings()
                : FairnessReport.read(SourceFile.of(FAIRNESS, text)).findings();
        assertThat(findings.stream().map(ReportTest::show).sorted().collect(Collectors.joining("\n")))
                .isEqualTo(expected)
                .isNotEmpty();
        assertThat(findings).noneMatch(each -> each.remedy().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "1.1.0", "1.2.0"})
    void agreesWithTheReportsOfRealTools(String version) throws IOException {
        for (String name : List.of("aif360-test", "fairlearn-test")) {
            FairnessReport report = fairness(version, name);
            assertThat(Recomputation.of(report).values())
                    .hasSameSizeAs(report.values())
                    .allMatch(Recomputation.Recomputed::recomputed);
        }
    }

    @Test
    void readsAFairnessReport() throws IOException {
        FairnessReport report = fairness("1.0.0", "fairlearn-test");
        assertThat(report.id()).isEqualTo("fairlearn-test");
        assertThat(report.subject().version()).hasToString("credit/default-risk@1.0.0");
        assertThat(report.measurement().tool().name()).isEqualTo("fairlearn");
        assertThat(report.measurement().createdAt()).contains(Instant.parse("2026-09-01T08:00:00Z"));
        assertThat(report.measurement().task()).isEqualTo(Task.BINARY_CLASSIFICATION);
        assertThat(report.measurement().rows()).isEqualTo(400);
        assertThat(report.favourable()).isEqualTo("1");
        assertThat(report.weighted()).isFalse();
        Attribute sex = report.attribute("sex").orElseThrow();
        assertThat(sex.reference()).contains("male");
        assertThat(sex.unassigned()).isZero();
        assertThat(sex.total()).isEqualTo(400);
        assertThat(sex.group("female").orElseThrow().counts()).contains(new Confusion(125, 74, 21, 22, 8));
        assertThat(sex.group("other")).isEmpty();
        FairnessValue value =
                report.value(FairnessMetric.TPR_RANGE, Comparison.all("age")).orElseThrow();
        assertThat(value.value()).isEqualTo(MetricValue.of(0.06702584238882303));
        assertThat(value.original().orElseThrow().name()).isEqualTo("true_positive_rate_difference");
        assertThat(value.place()).isEqualTo(Place.at(FAIRNESS, 47, 44));
        assertThat(report.values(FairnessMetric.TPR_RANGE, "sex")).hasSize(1);
        assertThat(report.values(FairnessMetric.TPR_RANGE, "sex")
                        .get(0)
                        .comparison()
                        .attribute())
                .isEqualTo("sex");
        assertThat(report.values(FairnessMetric.TPR_RATIO, "sex")).isEmpty();
        assertThat(report.value(FairnessMetric.TPR_RANGE, Comparison.of("age", "a", "b")))
                .isEmpty();
    }

    @Test
    void readsAnEvaluation() throws IOException {
        Evaluation evaluation =
                Evaluation.read(sample("1.0.0", "evaluations/test", EVALUATION)).get();
        assertThat(evaluation.id()).isEqualTo("test");
        assertThat(evaluation.role()).isEqualTo(DatasetRole.TEST);
        Metric auc = evaluation.metric("roc_auc", Map.of()).orElseThrow();
        assertThat(auc.value()).isEqualTo(MetricValue.of(0.7562500000000001));
        assertThat(auc.n()).contains(400L);
        assertThat(auc.place()).isEqualTo(Place.at(EVALUATION, 11, 26));
        assertThat(evaluation.metric("roc_auc", Map.of("sex", "female"))).isEmpty();
        assertThat(evaluation.metric("auc", Map.of())).isEmpty();
    }

    @Test
    void computesMetricsThatTheReportDoesNotGive() throws IOException {
        FairnessReport report = fairness("1.0.0", "fairlearn-test");
        Comparison sides = Comparison.of("age", "25-or-less", "over-25");
        assertThat(report.compute(FairnessMetric.DISPARATE_IMPACT_RATIO, sides)
                        .orElseThrow()
                        .number()
                        .getAsDouble())
                .isEqualTo(0.9195046439628483);
        Interval interval = report.interval(FairnessMetric.DISPARATE_IMPACT_RATIO, sides, 0.95)
                .orElseThrow();
        assertThat(interval.method()).isEqualTo("mover-r-wilson");
        assertThat(interval.contains(0.7746939683031361 + 1e-9)).isTrue();
        assertThat(interval.contains(0.7746939683031361 - 1e-9)).isFalse();
        assertThat(report.interval(FairnessMetric.TPR_RANGE, sides, 0.95)).isEmpty();
        assertThat(report.compute(FairnessMetric.TPR_RATIO, Comparison.of("race", "a", "b")))
                .isEmpty();
        assertThat(report.compute(FairnessMetric.TPR_RATIO, Comparison.of("age", "a", "over-25")))
                .isEmpty();
        assertThat(report.compute(FairnessMetric.TPR_RATIO, Comparison.all("age")))
                .isEmpty();
        Comparison women =
                new Comparison("sex*age", Set.of("female*25-or-less", "female*over-25"), Set.of("male*over-25"));
        assertThat(report.compute(FairnessMetric.SELECTION_RATE_DIFFERENCE, women)
                        .orElseThrow()
                        .number()
                        .getAsDouble())
                .isEqualTo(95.0 / 125 - 189.0 / 234);
    }

    @Test
    void believesWhatItCannotComputeAndSaysSo() {
        FairnessReport report = FairnessReport.of(root(valid("""
                attributes:
                  - name: sex
                    groups: [{name: female, n: 4, tp: 1, fp: 1, tn: 1, fn: 1}, {name: male, n: 6}]
                metrics:
                  - {id: disparate_impact_ratio, attribute: sex, left: [female], right: [male], value: 0.5}
                  - {id: demographic_parity_difference, attribute: sex, value: 0.25}
                  - {id: impact_ratio, attribute: sex, left: [female], value: 0.5}
                  - {id: class_imbalance, attribute: sex, left: [female], right: [male], value: 0.2}
                """)), "x.yaml").get();
        assertThat(Recomputation.of(report).values())
                .extracting(Recomputation.Recomputed::recomputed)
                .containsExactly(false, false, false, true);
    }

    @Test
    void takesWeightsForWhatTheyAre() {
        FairnessReport report = FairnessReport.of(root(valid("""
                weighted: true
                attributes:
                  - name: sex
                    groups:
                      - {name: female, n: 187.5, tp: 113.5, fp: 30.0, tn: 31.5, fn: 12.5}
                      - {name: male, n: 399.5, tp: 241.5, fp: 70.0, tn: 45.5, fn: 42.5000000001}
                metrics: []
                """)), "x.yaml").get();
        Comparison sides = Comparison.of("sex", "female", "male");
        assertThat(report.compute(FairnessMetric.TPR_RATIO, sides)).isPresent();
        assertThat(report.interval(FairnessMetric.TPR_RATIO, sides, 0.95)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aif360-test", "fairlearn-test"})
    void writesTheReportThatItRead(String name) throws IOException {
        FairnessReport report = fairness("1.0.0", name);
        SourceFile written = report.toFile();
        assertThat(written.path()).isEqualTo("models/credit/default-risk/versions/1.0.0/fairness/" + name + ".yaml");
        assertThat(FairnessReport.read(written).get().toFile().text()).isEqualTo(written.text());
        assertThat(FairnessReport.readTrusted(written).get().toNode()).isEqualTo(report.toNode());
    }

    @Test
    void writesEveryFieldOfAReport() {
        String text = """
                # yaml-language-server: $schema=https://modelgate.io/schemas/v1/fairness-report.schema.json
                apiVersion: modelgate.io/v1
                kind: FairnessReport
                id: fairlearn-test
                """ + SUBJECT.formatted("1.0.0") + """
                tool: {name: clarify, version: "1.0"}
                createdAt: 2026-11-23T10:00:00Z
                dataset:
                  name: german
                  role: test
                  digest: sha256:954d5a49fd70d9b8bcdb35d252267829957f7ef7fa6c74f88419bdc5e82209f4
                  rows: 10
                task: binary-classification
                favourable: "1"
                weighted: true
                attributes:
                  - name: sex
                    reference: b
                    unassigned: 0.5
                    groups:
                      - {name: a, n: 5, tp: 2, fp: 1, tn: 1, fn: 1}
                      - {name: b, n: 4.5}
                metrics:
                  - id: disparate_impact_ratio
                    attribute: sex
                    left: [a]
                    right: [b]
                    value: null
                    status: infinite
                    n: 10
                    interval: {level: 0.9, lower: 0.25, upper: null, method: bootstrap}
                    native: {name: DI, value: Infinity, conversion: as is}
                """;
        FairnessReport report =
                FairnessReport.read(SourceFile.of(FAIRNESS, text)).get();
        Interval interval = report.values().get(0).interval().orElseThrow();
        assertThat(interval.isBounded()).isFalse();
        assertThat(interval).hasToString("[0.25, no limit] (bootstrap, level 0.9)");
        FairnessReport again = FairnessReport.read(report.toFile()).get();
        assertThat(again.toNode()).isEqualTo(report.toNode());
        assertThat(report.toFile().text()).contains("status: infinite", "upper: null", "value: Infinity", "rows: 10");
        assertThat(report.toFile().text()).contains("n: 4.5", "unassigned: 0.5", "weighted: true");
    }

    @Test
    void writesEveryFieldOfAnEvaluation() {
        String text = "apiVersion: modelgate.io/v1\nkind: Evaluation\nid: test\n" + SUBJECT.formatted("1.0.0") + """
                tool: {name: scikit-learn, version: 1.9.1}
                dataset: {name: german, role: validation, rows: 10}
                task: other
                metrics:
                  - {id: a, value: 1e-9, n: 10, slice: {sex: f, age: old}, direction: lower-is-better,
                     interval: {level: 0.95, lower: -1, upper: 2, method: bootstrap}}
                  - {id: b, value: null, status: not-computed}
                """;
        Evaluation evaluation = Evaluation.read(SourceFile.of(EVALUATION, text)).get();
        Metric metric = evaluation.metric("a", Map.of("age", "old", "sex", "f")).orElseThrow();
        assertThat(metric.label()).isEqualTo("a {age=old, sex=f}");
        assertThat(metric.direction()).contains(Direction.LOWER_IS_BETTER);
        assertThat(metric.direction().orElseThrow().word()).isEqualTo("lower-is-better");
        assertThat(metric.interval().orElseThrow()).hasToString("[-1, 2] (bootstrap, level 0.95)");
        assertThat(evaluation.metrics().get(1).value()).isEqualTo(MetricValue.none(MetricStatus.NOT_COMPUTED));
        assertThat(Evaluation.read(evaluation.toFile()).get().toNode()).isEqualTo(evaluation.toNode());
        assertThat(Evaluation.readTrusted(evaluation.toFile()).get().toNode()).isEqualTo(evaluation.toNode());
        assertThat(evaluation.toFile().path()).isEqualTo(EVALUATION);
        assertThat(evaluation.toFile().text()).contains("role: validation", "task: other", "status: not-computed");
    }

    @Test
    void acceptsIntervalsThatTheCountsGive() {
        FairnessReport report = FairnessReport.of(root(valid("""
                attributes:
                  - name: sex
                    groups: [{name: a, n: 4, tp: 1, fp: 1, tn: 1, fn: 1}, {name: b, n: 6, tp: 0, fp: 0, tn: 5, fn: 1}]
                metrics: []
                """)), "x.yaml").get();
        Comparison sides = Comparison.of("sex", "a", "b");
        for (FairnessMetric metric : List.of(
                FairnessMetric.NPV_DIFFERENCE,
                FairnessMetric.TNR_RATIO,
                FairnessMetric.AVERAGE_ODDS_DIFFERENCE,
                FairnessMetric.TPR_RATIO)) {
            FairnessValue value = new FairnessValue(
                    metric,
                    sides,
                    report.compute(metric, sides).orElseThrow(),
                    Optional.empty(),
                    report.interval(metric, sides, 0.9),
                    Optional.empty(),
                    Place.NOWHERE);
            assertThat(Recomputation.of(with(report, value)).findings()).isEmpty();
            Interval interval = value.interval().orElseThrow();
            for (Interval wrong : List.of(
                    new Interval(0.9, interval.lower() - 1e-5, interval.upper(), interval.method()),
                    new Interval(0.9, interval.lower(), interval.lower() + 1e-3, interval.method()),
                    new Interval(0.95, interval.lower(), interval.upper(), interval.method()),
                    new Interval(0.9, interval.lower(), interval.upper(), "wilson"))) {
                FairnessValue other = new FairnessValue(
                        metric,
                        sides,
                        value.value(),
                        Optional.empty(),
                        Optional.of(wrong),
                        Optional.empty(),
                        Place.NOWHERE);
                assertThat(Recomputation.of(with(report, other)).findings())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.rule()).isEqualTo("fairness/interval"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1.0000009, true", "0.9999991, true", "1.0000011, false", "0.9999989, false"})
    void toleratesOneMillionth(double factor, boolean tolerated) {
        FairnessReport report = FairnessReport.of(root(valid("""
                attributes:
                  - name: sex
                    groups: [{name: a, n: 4, tp: 2, fp: 2, tn: 0, fn: 0}, {name: b, n: 6, tp: 1, fp: 0, tn: 4, fn: 1}]
                metrics: []
                """)), "x.yaml").get();
        Comparison sides = Comparison.of("sex", "a", "b");
        for (FairnessMetric metric : List.of(FairnessMetric.DISPARATE_IMPACT_RATIO, FairnessMetric.ACCURACY_RANGE)) {
            double exact = report.compute(metric, sides).orElseThrow().number().getAsDouble();
            double reported = exact > 1 ? exact * factor : exact + factor - 1;
            FairnessValue value = new FairnessValue(
                    metric,
                    sides,
                    MetricValue.of(reported),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Place.NOWHERE);
            assertThat(Recomputation.of(with(report, value)).findings().isEmpty())
                    .isEqualTo(tolerated);
        }
    }

    /** Policy tests and merged files are read without the schema. */
    @Test
    void refusesWrongFieldsWithoutTheSchemaToo() {
        String text = valid("""
                attributes:
                  - name: ' '
                    unassigned: -1
                    groups:
                      - {name: ' ', n: 1}
                      - {name: b, n: 1, tp: 1}
                      - {name: c, n: -1, tp: 1, fp: 0, tn: 0, fn: 0}
                      - {name: d, n: 1, tp: 2, fp: -1, tn: 0, fn: 0}
                metrics:
                  - {id: tpr_ratio, attribute: a, left: [b, b], right: [c], value: 1}
                  - {id: tpr_ratio, attribute: a, value: 1, status: error}
                  - {id: tpr_ratio, attribute: a, value: 1e400}
                  - {id: tpr_ratio, attribute: a, value: null}
                  - {id: tpr_ratio, attribute: a, value: null, status: ok}
                  - {id: tpr_ratio, attribute: a, value: null, status: bad}
                  - {id: tpr_ratio, attribute: a, value: null, status: 1}
                  - {id: bad, attribute: a, value: ok, status: ok}
                  - {id: tpr_ratio, attribute: a, value: 1, interval: {level: 2, lower: 0, upper: 1, method: x}}
                  - {id: tpr_ratio, attribute: a, value: 1, interval: {}}
                """).replace("rows: 10", "rows: -1");
        assertThat(FairnessReport.of(root(text), "x.yaml").findings().stream()
                        .map(ReportTest::show)
                        .collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo(Csv.text("loose-report.txt"));
        String evaluation = valid("""
                metrics:
                  - {id: ' ', value: 1}
                  - {id: a, value: 1, n: -1}
                """).replaceFirst("favourable.*\n", "");
        assertThat(Evaluation.of(root(evaluation), EVALUATION).findings().stream()
                        .map(ReportTest::show)
                        .collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo(Csv.text("loose-evaluation.txt"));
    }

    private static FairnessReport with(FairnessReport report, FairnessValue value) {
        return new FairnessReport(
                report.id(),
                report.measurement(),
                report.favourable(),
                report.weighted(),
                report.attributes(),
                List.of(value));
    }

    @Test
    void refusesTenThousandGroupsAndOne() {
        assertThat(FairnessReport.of(root(manyGroups(10_000)), "x.yaml").ok()).isTrue();
        assertThat(FairnessReport.of(root(manyGroups(10_001)), "x.yaml").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("fairness/limit");
                    assertThat(finding.message()).isEqualTo("there are 10001 groups, at most 10000 are allowed");
                });
    }

    private static String manyGroups(int groups) {
        String list = IntStream.range(0, groups)
                .mapToObj(i -> "      - {name: g" + i + ", n: 1}\n")
                .collect(Collectors.joining());
        return valid("attributes:\n  - name: a\n    groups:\n" + list + "metrics: []\n")
                .replace("rows: 10", "rows: " + groups);
    }

    private static String valid(String rest) {
        return "id: fairlearn-test\n" + SUBJECT.formatted("1.0.0") + """
                tool: {name: fairlearn, version: 0.15.0}
                dataset: {name: german, role: test, rows: 10}
                task: binary-classification
                favourable: "1"
                """ + rest;
    }

    private static Node.Mapping root(String yaml) {
        return (Node.Mapping) YamlReader.read(SourceFile.of("x.yaml", yaml)).get();
    }

    private static FairnessReport fairness(String version, String name) throws IOException {
        String path = "models/credit/default-risk/versions/" + version + "/fairness/" + name + ".yaml";
        Checked<FairnessReport> checked = FairnessReport.read(sample(version, "fairness/" + name, path));
        assertThat(checked.findings()).isEmpty();
        return checked.get();
    }

    /** A file of the samples, as registering it would complete it. */
    private static SourceFile sample(String version, String name, String path) throws IOException {
        String text = Files.readString(SAMPLES.resolve(version).resolve(name + ".yaml"));
        return SourceFile.of(path, text.replace("\ntool:", "\n" + SUBJECT.formatted(version) + "tool:"));
    }

    private static String show(Finding finding) {
        return Optional.of(finding.severity().word())
                        .filter(each -> !each.equals("block"))
                        .map(each -> each + " ")
                        .orElse("")
                + finding.place().line() + ":" + finding.place().column() + " " + finding.rule() + ": "
                + finding.message();
    }
}
