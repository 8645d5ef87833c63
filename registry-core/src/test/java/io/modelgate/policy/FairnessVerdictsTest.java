package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rule "ratio of selection rates is at least 0.8" in its three modes, on every pair of groups of the reference values. */
class FairnessVerdictsTest {
    private static final Path RESOURCES = Path.of("src/test/resources/evidence");
    private static final RegistryConfig REGISTRY =
            RegistryConfig.read(SourceFile.of("registry.yaml", """
                    apiVersion: modelgate.io/v1
                    kind: Registry
                    name: test
                    stages: [uat]
                    stores:
                      - {name: main, url: "file:artifacts"}
                    """)).get();

    static Stream<Map<String, String>> rows() throws Exception {
        List<String> lines = Files.readAllLines(RESOURCES.resolve("verdicts.csv"));
        String[] names = lines.get(0).split(",", -1);
        return lines.stream().skip(1).map(line -> {
            String[] cells = line.split(",", -1);
            return IntStream.range(0, names.length).boxed().collect(Collectors.toMap(i -> names[i], i -> cells[i]));
        });
    }

    @Test
    void hasRowsToJudge() throws Exception {
        assertThat(rows()).hasSize(15);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void judgesAsTheReferenceValuesSay(Map<String, String> row) throws Exception {
        assertThat(run(row, row.get("point"), row.get("ci_bound"), row.get("ci_not_significant")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void noticesAnExpectationThatDoesNotHold(Map<String, String> row) throws Exception {
        String other = row.get("point").equals("pass") ? "fail" : "pass";
        assertThat(run(row, other, row.get("ci_bound"), row.get("ci_not_significant")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("fair/point says"));
    }

    private static List<Finding> run(Map<String, String> row, String point, String bound, String significant)
            throws Exception {
        Policies policies = new Policies(List.of(policy(row)), List.of(), Digest.of("test"));
        Checked<PolicyTest> test = PolicyTest.read(SourceFile.of("policies/tests/row.yaml", """
                apiVersion: modelgate.io/v1
                kind: PolicyTest
                name: row
                policy: fair
                stage: uat
                model: {name: credit/default-risk, riskTier: high}
                evidence:
                  fairness:
                    - id: row
                      tool: {name: none, version: "1"}
                      dataset: {name: test, role: test, rows: %s}
                      task: binary-classification
                      favourable: "1"
                      attributes:
                        - name: "%s"
                          groups:
                            - %s
                            - %s
                      metrics: []
                expect:
                  - {rule: point, result: %s}
                  - {rule: bound, result: %s}
                  - {rule: significant, result: %s}
                """.formatted(
                        Integer.parseInt(row.get("n_left")) + Integer.parseInt(row.get("n_right")),
                        row.get("attribute"),
                        group(row, row.get("left")),
                        group(row, row.get("right")),
                        point,
                        bound,
                        significant)));
        return test.get().run(policies, Written.NOWHERE, REGISTRY, Instant.parse("2026-11-23T10:00:00Z"));
    }

    private static Policy policy(Map<String, String> row) {
        String rule = """
                  - id: %s
                    rationale: Test.
                    fairness: {attributes: ["%s"], references: {"%s": "%s"}, metric: disparate_impact_ratio, atLeast: 0.8, mode: %s}
                """;
        String attribute = row.get("attribute");
        String text = """
                apiVersion: modelgate.io/v1
                kind: Policy
                name: fair
                appliesTo: {stages: [uat]}
                rules:
                """
                + rule.formatted("point", attribute, attribute, row.get("right"), "point")
                + rule.formatted("bound", attribute, attribute, row.get("right"), "ci-bound")
                + rule.formatted("significant", attribute, attribute, row.get("right"), "ci-not-significant");
        return Policy.read(SourceFile.of("policies/fair.yaml", text)).get();
    }

    private static String group(Map<String, String> row, String name) throws Exception {
        JsonNode counts = new JsonMapper()
                .readTree(Files.readString(RESOURCES.resolve("counts").resolve(row.get("version") + ".json")))
                .get("groups")
                .get(row.get("attribute"))
                .get(name);
        return "{name: \"%s\", n: %s, tp: %s, fp: %s, tn: %s, fn: %s}"
                .formatted(
                        name, counts.get("n"), counts.get("tp"), counts.get("fp"), counts.get("tn"), counts.get("fn"));
    }
}
