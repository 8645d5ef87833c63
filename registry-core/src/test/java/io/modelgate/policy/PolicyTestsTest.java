package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.Group;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTestsTest {
    private static final Policies POLICIES =
            Given.policies(Given.policy("id: code, lineage: {code: true}", "id: run, lineage: {run: true}"));

    @TempDir
    Path folder;

    @Test
    void runsEveryTestInTheOrderOfTheFiles() {
        List<PolicyTests.Result> results = run(
                test("b", "p", "- {rule: code, result: fail, says: the commit of the code}"),
                test("a", "p", "- {rule: code, result: pass}"),
                SourceFile.of("policies/tests/c.yaml", "kind: PolicyTest\n"));
        assertThat(results)
                .extracting(PolicyTests.Result::path)
                .containsExactly("policies/tests/a.yaml", "policies/tests/b.yaml", "policies/tests/c.yaml");
        assertThat(results).extracting(PolicyTests.Result::passed).containsExactly(false, true, false);
        assertThat(results).extracting(each -> each.test().isPresent()).containsExactly(true, true, false);
        assertThat(results.get(0).findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "policies/tests/a.yaml:8:5: p/code says fail, expected was pass. It says: The manifest does"
                                + " not say the commit of the code that trained it. Mend the policy, or the expectation.");
    }

    @Test
    void saysWhatWasExpectedToBeSaid() {
        assertThat(run(test("a", "p", "- {rule: code, result: fail, says: nothing}"))
                        .get(0)
                        .findings())
                .extracting(Finding::message)
                .containsExactly(
                        "p/code says fail, expected was fail with 'nothing'. It says: The manifest does not say the"
                                + " commit of the code that trained it.");
    }

    @Test
    void refusesATestOfWhatIsNotThere() {
        assertThat(run(test("a", "q", "- {rule: code, result: pass}")).get(0).findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "policies/tests/a.yaml:4:9: There is no policy q to test; did you mean p? Name a policy that is there.");
        assertThat(run(test("a", "p", "- {rule: cod, result: pass}")).get(0).findings())
                .extracting(Finding::toString)
                .containsExactly("policies/tests/a.yaml:8:5: The policy p has no rule cod. Name a rule that is there.");
    }

    @Test
    void refusesATestWhereThePolicyAsksNothing() {
        String test = test("a", "p", "- {rule: code, result: fail}").text();

        assertThat(run(SourceFile.of("policies/tests/a.yaml", test.replaceFirst("stage: .*", "stage: production")))
                        .get(0)
                        .findings())
                .extracting(finding -> finding.place() + " " + finding.message())
                .containsExactly("policies/tests/a.yaml:5:8 There is no stage production.");
    }

    @Test
    void fillsWhatTheEvidenceOfATestLeavesOut() {
        PolicyTest test = PolicyTest.read(withEvidence("""
                evaluations:
                    - metrics: [{id: auc, value: 0.8, n: 40}, {id: recall, value: 0.8, n: 30, slice: {sex: a}}, {id: recall, value: 0.8, n: 20, slice: {sex: b}}]
                    - {dataset: {role: validation}, metrics: [{id: auc, value: 0.8}]}
                    - {tool: {name: own}, confusion: {rows: [{label: a, counts: [5, 1]}, {label: b, counts: [2, 4]}]}, metrics: [{id: accuracy, value: 0.75}]}
                  fairness:
                    - attributes:
                        - {name: sex, unassigned: 2, groups: [{name: female, tp: 4, fp: 3, tn: 2, fn: 1}, {name: male, n: 5}]}
                """)).get();
        assertThat(test.evidence().evaluations())
                .extracting(each -> each.id() + " " + each.measurement().tool().name() + " "
                        + each.role().word() + " " + each.measurement().rows() + " "
                        + each.measurement().task().word())
                .containsExactly(
                        "evaluation-1 policy test test 50 other",
                        "evaluation-2 policy test validation 1 other",
                        "evaluation-3 own test 12 binary-classification");
        assertThat(test.evidence().fairness()).singleElement().satisfies(report -> {
            assertThat(report.measurement().rows()).isEqualTo(17);
            assertThat(report.measurement().task().word()).isEqualTo("binary-classification");
            assertThat(report.attributes().get(0).groups()).extracting(Group::n).containsExactly(10.0, 5.0);
        });
    }

    @Test
    void namesTheDocumentThatAFindingIsAbout() {
        assertThat(PolicyTest.read(withEvidence("""
                        evaluations:
                            - {metrics: [{id: auc, value: 0.8}]}
                            - {metrics: [{id: auc, value: 0.8}, {id: auc, value: 1.5}]}
                          fairness:
                            - attributes: [{name: sex, groups: [{name: a, n: 5, tp: 1, fp: 1, tn: 1, fn: 1}, {name: b, n: 5}]}]
                        """)).findings())
                .extracting(Finding::toString)
                .anySatisfy(each -> assertThat(each)
                        .startsWith("policies/tests/a.yaml:9:")
                        .contains(": evidence.evaluations[1].metrics[1]"))
                .anySatisfy(
                        each -> assertThat(each)
                                .startsWith("policies/tests/a.yaml:11:")
                                .contains(
                                        ": evidence.fairness[0].attributes[0].groups[0].n: n of a is 5, but tp + fp + tn + fn is 4"));
    }

    private static SourceFile withEvidence(String evidence) {
        return SourceFile.of(
                "policies/tests/a.yaml",
                test("a", "p", "- {rule: code, result: fail}")
                        .text()
                        .replace("evidence: {}\n", "evidence:\n  " + evidence.stripTrailing() + "\n"));
    }

    @Test
    void keepsWhatIsWrongWithTheEvidenceOfATest() {
        List<PolicyTests.Result> results = run(SourceFile.of(
                "policies/tests/a.yaml",
                test("a", "p", "- {rule: code, result: fail}")
                        .text()
                        .replace("evidence: {}", "evidence: {card: \"<script>alert(1)</script>\"}")));
        assertThat(results.get(0).findings()).isNotEmpty();
        assertThat(results.get(0).passed()).isFalse();
    }

    @Test
    void knowsTheRulesThatNoTestExpectsToFail() {
        assertThat(PolicyTests.untested(POLICIES, List.of())).containsExactly("p/code", "p/run");
        assertThat(PolicyTests.untested(
                        POLICIES, run(test("a", "p", "- {rule: code, result: fail}\n  - {rule: run, result: pass}"))))
                .containsExactly("p/run");
        assertThat(PolicyTests.untested(POLICIES, run(test("a", "q", "- {rule: code, result: fail}"))))
                .containsExactly("p/code", "p/run");
    }

    private List<PolicyTests.Result> run(SourceFile... files) {
        Path other = folder.resolve(UUID.randomUUID().toString());
        return PolicyTests.run(Given.snapshot(other, files), POLICIES, Given.REGISTRY, Given.NOW);
    }

    private static SourceFile test(String name, String policy, String expectations) {
        return SourceFile.of("policies/tests/" + name + ".yaml", """
                apiVersion: modelgate.io/v1
                kind: PolicyTest
                name: %s
                policy: %s
                stage: prod
                evidence: {}
                expect:
                  %s
                """.formatted(name, policy, expectations));
    }
}
