package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.PolicyBench;
import io.modelgate.Session;
import io.modelgate.finding.Finding;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about names that no report uses, in the sample registry, whose live version measures roc_auc, sex and age. */
class MeasuredTest {
    private static final Path SAMPLE = Path.of("../sample-registry-repo");
    private static final Session SESSION = new Session(
            Optional.empty(), Clock.fixed(Given.NOW, ZoneOffset.UTC), Map.of(), Path.of("unused"), Progress.NONE);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            metric: {metric: foo, dataset: test, atLeast: 0.7} | the metric foo, which no version that is live measures.
            metric: {metric: gini, dataset: test, atLeast: 0.7} | the metric gini, which no version that is live measures.
            metric: {metric: roc_auk, dataset: test, atLeast: 0.7} | the metric roc_auk, which no version that is live measures; did you mean roc_auc?
            fairness: {attributes: [gender], metric: disparate_impact_ratio, atLeast: 0.8} | the attribute gender, which no version that is live measures.
            fairness: {attributes: [sxe], metric: disparate_impact_ratio, atLeast: 0.8} | the attribute sxe, which no version that is live measures; did you mean sex?
            fairness: {attributes: [age*sex], metric: disparate_impact_ratio, atLeast: 0.8} | the attribute age*sex, which no version that is live measures; did you mean sex*age?
            metric: {metric: roc_auc, dataset: production, atLeast: 0.7} | roc_auc on production data, which no version that is live measures; it is measured on test data.
            metric: {metric: roc_auc, dataset: test, slice: {sex: female}, atLeast: 0.7} | roc_auc {sex=female} on test data, which no version that is live measures.
            metric: {metric: roc_auc, dataset: test, bySlice: [region], atLeast: 0.7} | roc_auc by region on test data, which no version that is live measures.
            metric: {metric: roc_auc, dataset: test, mode: ci-bound, atLeast: 0.7} | the interval of roc_auc on test data at level 0.95, which no version that is live reports, and no confusion matrix gives.
            freshness: {evaluation: P90D, dataset: production} | an evaluation on production data, which no version that is live measures; there are some on test data.
            fairness: {attributes: [sex], dataset: validation, metric: disparate_impact_ratio, atLeast: 0.8} | a fairness report on validation data, which no version that is live measures; there are some on test data.
            fairness: {attributes: [sex], references: {sex: men}, metric: disparate_impact_ratio, atLeast: 0.8} | the group men of sex, which no version that is live measures.
            """)
    void warnsOfNamesThatNoReportUses(String rule, String message) throws IOException {
        assertThat(lint(rule))
                .filteredOn(each -> each.rule().equals("lint/unmeasured"))
                .singleElement()
                .satisfies(each -> assertThat(each.message()).isEqualTo("The rule own/x asks for " + message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            explainability: {global: 1, methods: [sharp]} | counts the method sharp, by which no version that is live explains itself; known are LinearExplainer, TreeExplainer, linear terms.
            explainability: {global: 1, methods: [TreeExplaner, LinearExplainer]} | counts the method TreeExplaner, by which no version that is live explains itself; did you mean TreeExplainer?
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, minGroupSize: 100000} | judges only groups of 100000 people or more, and the largest of sex that a version that is live measures has
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, minGroupSize: 100000, belowMinGroupSize: ignore} | judges only groups of 100000 people or more
            """)
    void warnsOfWhatNoReportIsLike(String rule, String message) throws IOException {
        assertThat(lint(rule))
                .filteredOn(each -> each.severity().word().equals("warn"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.rule()).isEqualTo("lint/unmeasured");
                    assertThat(each.message()).startsWith("The rule own/x " + message);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            metric: {metric: roc_auc, dataset: test, atLeast: 0.7}
            metric: {metric: accuracy, dataset: test, mode: ci-bound, atLeast: 0.7}
            explainability: {global: 1, methods: [TreeExplainer, "integrated gradients"]}
            freshness: {evaluation: P90D, dataset: test}
            fairness: {attributes: [sex, "sex*age"], references: {sex: male}, metric: disparate_impact_ratio, atLeast: 0.8}
            fairness: {attributes: [SEX], metric: disparate_impact_ratio, atLeast: 0.8}
            """)
    void doubtsNoNameThatReportsUse(String rule) throws IOException {
        assertThat(lint(rule)).extracting(Finding::rule).doesNotContain("lint/unmeasured", "lint/unknown-metric");
    }

    @Test
    void findsOnlyHarmlessThingsInTheSample() throws IOException {
        copy();
        assertThat(lint())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.severity().word()).isEqualTo("note"));
    }

    private List<Finding> lint(String rule) throws IOException {
        copy();
        Files.writeString(folder.resolve("policies/own.yaml"), """
                apiVersion: modelgate.io/v1
                kind: Policy
                name: own
                appliesTo: {stages: [prod]}
                rules:
                  - {id: x, rationale: r, %s}
                """.formatted(rule));
        return lint();
    }

    private List<Finding> lint() {
        try (PolicyBench bench = PolicyBench.of(folder, SESSION)) {
            return bench.lint().get();
        }
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLE)) {
            for (Path each : files.sorted().toList()) {
                Path to = folder.resolve(SAMPLE.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(each, to);
                }
            }
        }
    }
}
