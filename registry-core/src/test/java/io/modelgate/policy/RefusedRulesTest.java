package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.SourceFile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that say nothing, or what contradicts itself, are refused: also where no schema has looked at them. */
class RefusedRulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id: a | The rule says not what it asks for. Write exactly one of metric, fairness, card
            card: {sections: [A]}, lineage: {code: true} | The rule asks for several things: [card, lineage].
            severity: note, card: {sections: [A]} | 'note' is no severity: block or warn
            metric: {metric: auc, dataset: test} | The rule has no bound. Write atLeast, atMost or notWorseThanIncumbent.
            metric: {metric: auc, dataset: test, between: [1]} | between is not two numbers in order.
            metric: {metric: auc, dataset: test, between: [1, 0]} | between is not two numbers in order.
            metric: {metric: auc, dataset: test, atLeast: 1, atMost: 0} | atLeast is above atMost. Exchange them.
            metric: {metric: auc, dataset: test, atLeast: 1, mode: sure} | 'sure' is no mode: point, ci-bound or ci-not-significant
            metric: {metric: auc, dataset: test, atLeast: 1, level: 0} | level is not between 0 and 1. Write 0.95.
            metric: {metric: auc, dataset: test, atLeast: 1, level: 1} | level is not between 0 and 1. Write 0.95.
            metric: {metric: auc, dataset: test, atLeast: 1, slice: {a: b}, bySlice: [a]} | The rule has both slice and bySlice.
            metric: {metric: auc, dataset: test, notWorseThanIncumbent: {}} | The tolerance is not exactly one of absolute and relative.
            metric: {metric: auc, dataset: test, notWorseThanIncumbent: {absolute: 1, relative: 1}} | The tolerance is not exactly one of
            metric: {metric: auc, dataset: test, notWorseThanIncumbent: {absolute: -0.1}} | The tolerance is negative. Write 0 or more.
            fairness: {attributes: [], metric: disparate_impact_ratio, atLeast: 0.8} | The rule names no attribute.
            fairness: {attributes: [sex], metric: disparate_impact_ratio} | The rule has no bound. Write atLeast, atMost or between.
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, level: 2} | level is not between 0 and 1.
            fairness: {attributes: [sex], metric: group_size, atLeast: 0.8} | metric:
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, maxAge: P40000D} | maxAge is negative or more than 100 years.
            approvals: {count: 0} | count is 0, must be between 1 and 20.
            approvals: {count: 21} | count is 21, must be between 1 and 20.
            path: {stage: uat, soak: -PT1S} | soak is negative or more than 100 years. Write a duration like P7D.
            path: {stage: uat, soak: P36501D} | soak is negative or more than 100 years.
            freshness: {dataset: test} | The rule limits no age. Write evaluation, fairness or training: P90D.
            freshness: {fairness: P1D, dataset: test} | The rule names a dataset, but limits no evaluation. Write evaluation: P90D.
            freeze: {zone: Europe/Berlin} | The rule names no time. Write windows or weekly.
            freeze: {windows: [{from: "2026-12-20", until: "2026-12-19"}]} | until is before from. Exchange them.
            freeze: {windows: [{from: soon, until: "2026-12-19"}]} | 'soon' is not a date like 2026-12-20
            freeze: {weekly: [{days: [friday], after: "25:00"}]} | '25:00' is not a time like 16:00
            freeze: {weekly: [{days: [caturday]}]} | 'caturday' is no day: write monday to sunday
            freeze: {weekly: [{days: [friday]}], zone: Mars/Base} | 'Mars/Base' is no time zone; write one like Europe/Berlin
            explainability: {methods: [shap]} | The rule asks for no explanation. Write global: 1 or local: 1.
            formats: {} | The rule allows no format. Write allow: [onnx, safetensors].
            formats: {allow: [docx]} | 'docx' is no format.
            signature: {keys: []} | The rule trusts nobody. Write keys or certificates.
            signature: {keys: [{id: k, publicKey: rubbish}]} | publicKey: it has 0 blocks PUBLIC KEY, expected is one
            signature: {certificates: {roots: []}} | roots: no root is trusted.
            signature: {certificates: {roots: [rubbish]}} | roots: it has 0 blocks, expected are 1 to 50
            lineage: {datasets: [dreams]} | dreams
            """)
    void refuses(String rule, String message) {
        SourceFile file = Given.policyFile("{stages: [prod]}", "id: x, " + rule.replace("id: a", "basis: b"));
        assertThat(Policy.readTrusted(file).findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message() + " " + finding.remedy()).contains(message));
        assertThat(Policy.read(file).ok()).isFalse();
    }

    /** An editor refuses by the schema what the reader refuses, and nothing less. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            approvals: {count: 0} | minimum | count is 0, must be between 1 and 20.
            approvals: {count: 21} | maximum | count is 21, must be between 1 and 20.
            card: {sections: [A], minWords: 0} | minimum | minWords is 0, must be between 1 and 10000.
            card: {sections: [A], minWords: 10001} | maximum | minWords is 10001, must be between 1 and 10000.
            explainability: {global: 0, local: 1} | minimum | global is 0, must be between 1 and 100.
            explainability: {local: 101} | maximum | local is 101, must be between 1 and 100.
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, minGroupSize: -1} | minimum | minGroupSize is -1, must be between 0 and 9007199254740991.
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, minGroupSize: 9007199254740992} | maximum | minGroupSize is 9007199254740992, must be between
            """)
    void refusesANumberByTheSchemaAndByTheReader(String rule, String keyword, String message) {
        SourceFile file = Given.policyFile("{stages: [prod]}", "id: x, " + rule);
        assertThat(Policy.read(file).findings()).extracting(Finding::rule).contains("schema/" + keyword);
        assertThat(Policy.readTrusted(file).findings())
                .singleElement()
                .satisfies(each -> assertThat(each.message()).startsWith(message));
    }

    static Stream<String> limits() {
        return Stream.of(
                "metric: {metric: auc, dataset: test, between: [0.5, 0.5]}",
                "metric: {metric: auc, dataset: test, atLeast: 0.5, atMost: 0.5}",
                "metric: {metric: auc, dataset: test, notWorseThanIncumbent: {absolute: 0}}",
                "approvals: {count: 1}",
                "approvals: {count: 20}",
                "card: {sections: [A], minWords: 10000}",
                "explainability: {global: 100, local: 100}",
                "fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, minGroupSize: 9007199254740991}",
                "path: {stage: uat, soak: PT0S}",
                "path: {stage: uat, soak: P36500D}",
                "freeze: {windows: [{from: \"2026-12-20\", until: \"2026-12-20\"}]}",
                "explainability: {local: 1}",
                "formats: {allowCode: [pickle]}");
    }

    @ParameterizedTest
    @CsvSource({
        "statistical_parity_difference, selection_rate_difference",
        "disparate_impact, disparate_impact_ratio",
        "DPPL, selection_rate_difference",
        "equalised_odds_difference, equalized_odds_difference"
    })
    void saysWhatWeCallAMetricOfAnotherTool(String theirs, String ours) {
        String rule = "id: x, fairness: {attributes: [sex], metric: " + theirs + ", between: [-0.1, 0.1]}";
        assertThat(Policy.read(Given.policyFile("{stages: [prod]}", rule)).findings())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.message()).endsWith("; did you mean " + ours + "?");
                    assertThat(each.remedy()).isEqualTo("Write " + ours + ".");
                });
    }

    @ParameterizedTest
    @MethodSource("limits")
    void acceptsWhatIsJustGoodEnough(String rule) {
        assertThat(Policy.read(Given.policyFile("{stages: [prod]}", "id: x, " + rule))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"average_odds_difference", "impact_ratio"})
    void refusesAScoreIntervalWhereThereIsNone(String metric) {
        String rule = "id: x, fairness: {attributes: [sex], atMost: 0.2, mode: ci-bound, intervals: score, metric: ";
        List<String> messages =
                Policy.read(Given.policyFile("{stages: [prod]}", rule + metric + "}")).findings().stream()
                        .map(Finding::message)
                        .toList();
        assertThat(messages.contains("This metric has no score interval."))
                .isEqualTo(metric.equals("average_odds_difference"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci-bound", "ci-not-significant"})
    void refusesAnIntervalOfTheSizeOfGroups(String mode) {
        String rule = "id: x, fairness: {attributes: [sex], metric: class_imbalance, atMost: 0.2, mode: ";
        assertThat(Policy.read(Given.policyFile("{stages: [prod]}", rule + mode + "}"))
                        .findings())
                .extracting(Finding::message)
                .containsExactly("This metric has no confidence interval.");
        assertThat(Policy.read(Given.policyFile("{stages: [prod]}", rule + "point}"))
                        .ok())
                .isTrue();
    }

    @Test
    void refusesTwoRulesOfOneId() {
        assertThat(Policy.read(Given.policyFile(
                                "{stages: [prod]}", "id: x, approvals: {count: 1}", "id: x, approvals: {count: 2}"))
                        .findings())
                .extracting(Finding::message)
                .containsExactly("Two rules have the id x.");
    }

    @Test
    void refusesANameThatIsNotThatOfTheFile() {
        SourceFile file = Given.policyFile("{stages: [prod]}", "id: x, approvals: {count: 1}");
        assertThat(Policy.read(new SourceFile("policies/q.yaml", file.bytes())).findings())
                .extracting(Finding::message)
                .containsExactly("name is p, but the file is named q.");
    }
}
