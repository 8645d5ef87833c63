package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLintTest {
    private static final List<String> HARMLESS = List.of("said-twice", "asks-little");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            metric: {metric: auk, dataset: test, atLeast: 0.7} | unknown-metric | is about 'auk', which is no usual name; did you mean auc?
            metric: {metric: auc, dataset: test, atLeast: 0} | never-fails | can never fail: auc is always between 0 and 1.
            metric: {metric: auc, dataset: test, atLeast: 1.1} | never-passes | can never pass: auc is always between 0 and 1.
            metric: {metric: auc, dataset: test, between: [-2, -1]} | never-passes | can never pass: auc is always between 0 and 1.
            metric: {metric: rmse, dataset: test, atMost: -1} | never-passes | can never pass: rmse is always at least 0.
            metric: {metric: r2, dataset: test, atLeast: 2} | never-passes | can never pass: r2 is always at most 1.
            metric: {metric: auc, dataset: test, atMost: 0.7} | direction | refuses good values and accepts bad ones: auc is better when it is higher. Write atLeast.
            metric: {metric: rmse, dataset: test, atLeast: 7} | direction | refuses good values and accepts bad ones: rmse is better when it is lower. Write atMost.
            metric: {metric: rmse, dataset: test, notWorseThanIncumbent: {absolute: 1}} | direction | takes higher-is-better for rmse, which is lower-is-better. Write direction: lower-is-better.
            metric: {metric: auc, dataset: test, notWorseThanIncumbent: {absolute: 1}} | never-fails | can never fail: the tolerance 1 is as wide as the metric.
            metric: {metric: auc, dataset: test, notWorseThanIncumbent: {relative: 1}} | never-fails | can never fail: the tolerance 1 of its value is as wide as the metric.
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 1.2} | ideal | refuses disparate_impact_ratio 1, which is the value of groups that are treated alike.
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0} | never-fails | can never fail: disparate_impact_ratio is always at least 0.
            fairness: {attributes: [sex], metric: disparate_impact_ratio, between: [0, 1000]} | never-fails | can never fail: disparate_impact_ratio is at least 0, and over 100 only where a group gets nothing.
            fairness: {attributes: [sex], metric: demographic_parity_difference, atMost: 1} | never-fails | can never fail: demographic_parity_difference is always between -1 and 1.
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, minGroupSize: 10001, belowMinGroupSize: ignore} | passed-over | passes over every group of fewer than 10001 people.
            card: {placeholders: allow} | never-fails | can never fail: it asks for no section and no key, and allows what a template left.
            card: {sections: []} | asks-little | asks for no section and no key, only that there is a card without what a template left.
            card: {minWords: 20} | asks-little | asks for no section and no key
            freshness: {evaluation: P0D} | never-passes | can never pass: an evaluation is older than that when it is judged.
            freshness: {fairness: PT299S} | never-passes | can never pass: a fairness report is older
            freshness: {training: PT0S} | never-passes | can never pass: a version is older
            fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, maxAge: P0D} | never-passes | can never pass: a fairness report is older
            fairness: {attributes: [sex], references: {age: old}, metric: disparate_impact_ratio, atLeast: 0.8} | reference | names a reference group of age, which is none of its attributes. Add age
            freeze: {weekly: [{days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}]} | never-passes | can never pass: it freezes every day of the week, for all but hotfixes. Leave a day
            freeze: {weekly: [{days: [monday, tuesday, wednesday, thursday]}, {days: [friday, saturday, sunday], after: "00:00"}], allowHotfix: false} | never-passes | can never pass: it freezes every day of the week. Leave a day
            schema: {type: object, properties: {evaluation: {type: array}}} | unknown-part | is about 'evaluation', which no evidence document has at its root; did you mean evaluations?
            schema: {anyOf: [{required: [card]}, {required: [report]}]} | unknown-part | is about 'report', which no evidence document has at its root. It has model, manifest
            lineage: {code: false} | never-fails | can never fail: it asks for nothing to be recorded, but that a base is registered.
            schema: {title: nothing} | never-fails | can never fail: the schema says nothing that can be wrong.
            path: {stage: uat} | said-twice | asks for what the gate asks anyway: stages are entered in order.
            path: {stage: uat, soak: PT0S} | said-twice | asks for what the gate asks anyway
            freeze: {windows: [{from: "2026-11-01", until: "2026-11-22"}]} | never-fails | can never fail: all its windows are over.
            formats: {allow: [onnx, pickle]} | format-runs-code | allows pickle without code, but every such file can run code: none would pass.
            formats: {allow: [unknown]} | format-unknown | allows what nobody can tell.
            formats: {allowCode: [unknown]} | format-unknown | allows what nobody can tell.
            """)
    void warnsOf(String rule, String kind, String message) {
        assertThat(lint("id: x, " + rule)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(HARMLESS.contains(kind) ? Severity.NOTE : Severity.WARN);
            assertThat(finding.rule()).isEqualTo("lint/" + kind);
            assertThat(finding.message() + " " + finding.remedy()).startsWith("The rule p/x " + message);
            assertThat(finding.place().line()).isEqualTo(6);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metric: {metric: auc, dataset: test, atLeast: 0.001}",
                "metric: {metric: auc, dataset: test, atLeast: 1}",
                "metric: {metric: rmse, dataset: test, atMost: 0}",
                "metric: {metric: auc, dataset: test, between: [0.7, 0.9]}",
                "metric: {metric: a_measure_of_our_own, dataset: test, atLeast: 0.7}",
                "metric: {metric: auc, dataset: test, notWorseThanIncumbent: {absolute: 0.99}}",
                "metric: {metric: auc, dataset: test, notWorseThanIncumbent: {relative: 0.99}}",
                "metric: {metric: mcc, dataset: test, notWorseThanIncumbent: {absolute: 1}}",
                "metric: {metric: mcc, dataset: test, notWorseThanIncumbent: {relative: 1}}",
                "metric: {metric: rmse, dataset: test, direction: lower-is-better, notWorseThanIncumbent: {relative: 1}}",
                "fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 1}",
                "fairness: {attributes: [sex], metric: demographic_parity_difference, atMost: 0.9}",
                "fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, minGroupSize: 10000, belowMinGroupSize: ignore}",
                "fairness: {attributes: [sex], metric: disparate_impact_ratio, atLeast: 0.8, minGroupSize: 10001}",
                "card: {placeholders: refuse}",
                "card: {frontMatter: [license], placeholders: allow}",
                "card: {sections: [Use], placeholders: allow}",
                "lineage: {code: true}",
                "lineage: {run: true}",
                "lineage: {datasets: [test]}",
                "schema: {type: object, required: [card]}",
                "path: {stage: uat, soak: PT1S}",
                "path: {stage: other}",
                "freeze: {windows: [{from: \"2026-11-01\", until: \"2026-11-23\"}]}",
                "freeze: {weekly: [{days: [friday]}]}",
                "freeze: {windows: [{from: \"2026-11-01\", until: \"2026-11-22\"}], weekly: [{days: [friday]}]}",
                "formats: {allow: [onnx], allowCode: [pickle]}",
                "freshness: {training: P1D}",
                "freshness: {evaluation: PT5M, dataset: production}",
                "freeze: {weekly: [{days: [monday, tuesday, wednesday, thursday, friday, saturday]}]}",
                "freeze: {weekly: [{days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday], after: \"00:01\"}]}",
                "fairness: {attributes: [sex], references: {SEX: male}, metric: disparate_impact_ratio, atLeast: 0.8}",
                "schema: {properties: {evaluations: {}, model: {}, manifest: {}, card: {}, fairness: {}, lifecycle: {}}}",
                "explainability: {global: 1, methods: [sharp]}",
            })
    void findsNothingToDoubtIn(String rule) {
        assertThat(lint("id: x, " + rule)).isEmpty();
    }

    @Test
    void countsTheDayOfAFreezeInItsZone() {
        String rule = "id: x, freeze: {windows: [{from: \"2026-11-01\", until: \"2026-11-22\"}], zone: %s}";
        Instant stillSundayInAmerica = Instant.parse("2026-11-23T04:59:59Z");
        assertThat(lint(stillSundayInAmerica, rule.formatted("America/New_York")))
                .isEmpty();
        assertThat(lint(stillSundayInAmerica, rule.formatted("Europe/Berlin"))).hasSize(1);
    }

    @Test
    void warnsOfAPolicyThatAppliesToNoModel() {
        Policies policies = Given.policies(Given.policy("id: x, approvals: {count: 1}"));
        Policies ofFraud = Given.policies(
                Policy.read(Given.policyFile("{stages: [prod], models: [\"fraud/*\"]}", "id: x, approvals: {count: 1}"))
                        .get());
        assertThat(PolicyLint.of(
                        ofFraud, Written.NOWHERE, Given.REGISTRY, List.of(Given.MODEL), Given.NOW, new Measured()))
                .hasSize(1);
        assertThat(PolicyLint.of(policies, Written.NOWHERE, Given.REGISTRY, List.of(), Given.NOW, new Measured()))
                .extracting(Finding::toString)
                .containsExactly(
                        "policies/p.yaml: The policy p applies to no model that is registered. Look at its models,"
                                + " risk tiers and labels; go on if its models are still to come.");
    }

    @Test
    void warnsOfWaiversThatAreOverOrAboutNothing() {
        assertThat(lint(Given.waiver("x", "credit/default-risk", "prod", "2026-11-22")))
                .containsExactly("waivers/w.yaml: The waiver w ended on 2026-11-22. Take it out.");
        String nothing =
                "waivers/w.yaml: Nothing asks %s in %s for p/%s, which the waiver w is about. Take it out, or correct its"
                        + " policy, rule, model or stage.";
        assertThat(lint(Given.waiver("y", "credit/default-risk", "prod", "2026-11-23")))
                .containsExactly(nothing.formatted("credit/default-risk", "prod", "y"));
        assertThat(lint(Given.waiver("x", "credit/default-risk", "uat", "2026-11-23")))
                .containsExactly(nothing.formatted("credit/default-risk", "uat", "x"));
        assertThat(lint(Given.waiver("x", "credit/other", "prod", "2026-11-23")))
                .containsExactly(nothing.formatted("credit/other", "prod", "x"));
        assertThat(lint(Given.waiver("x", "credit/default-risk", "prod", "2026-11-23")))
                .isEmpty();
    }

    @Test
    void warnsOfAWaiverForAVersionThatIsNotRegistered(@TempDir Path folder) {
        SourceFile file = Given.waiverFile("w", """
                rule: x
                model: credit/default-risk
                version: 9.9.9
                stage: uat
                expires: "2026-11-22"
                """);
        SourceFile policy = Given.policyFile("{stages: [prod], models: [\"fraud/*\"]}", "id: x, approvals: {count: 1}");
        Policies policies =
                Given.policies(Policy.read(policy).get(), Waiver.read(file).get());
        assertThat(PolicyLint.of(
                        policies,
                        Written.in(Given.snapshot(folder, file, policy)),
                        Given.REGISTRY,
                        List.of(Given.MODEL),
                        Given.NOW,
                        new Measured()))
                .extracting(finding -> finding.place() + " " + finding.message())
                .containsExactly(
                        "waivers/w.yaml:7:7 Nothing asks credit/default-risk in uat for p/x, which the waiver w is about.",
                        "waivers/w.yaml:9:10 There is no version credit/default-risk@9.9.9, which the waiver w is about.",
                        "waivers/w.yaml:11:10 The waiver w ended on 2026-11-22.",
                        "policies/p.yaml:4:12 The policy p applies to no model that is registered.");
    }

    private static List<String> lint(Waiver waiver) {
        Policies policies = Given.policies(Given.policy("id: x, approvals: {count: 1}"), waiver);
        return PolicyLint.of(policies, Written.NOWHERE, Given.REGISTRY, List.of(Given.MODEL), Given.NOW, new Measured())
                .stream()
                .map(Finding::toString)
                .toList();
    }

    private static List<Finding> lint(String rule) {
        return lint(Given.NOW, rule);
    }

    private static List<Finding> lint(Instant now, String rule) {
        List<Model> models = List.of(Given.MODEL, Given.model("credit/other", "minimal", "{}"));
        return PolicyLint.of(
                Given.policies(Given.policy(rule)), Written.NOWHERE, Given.REGISTRY, models, now, new Measured());
    }
}
