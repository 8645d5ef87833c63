package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reports with very many groups do not keep the gate busy. */
class EffortTest {
    @Test
    void comparesAHundredGroupsWithEachOther() {
        RuleResult result = judge("", 100);
        assertThat(result.outcome()).isEqualTo(Outcome.PASS);
        assertThat(result.line().value()).startsWith("1 ");
    }

    @Test
    void comparesNoThousandGroupsWithEachOther() {
        RuleResult result = judge("", 1_000);
        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.findings().get(0).message())
                .isEqualTo("The attribute age has 1000 groups large enough to be judged, too many to compare each with"
                        + " every other.");
    }

    @Test
    void comparesAThousandGroupsWithAReference() {
        assertThat(judge("references: {age: g0}, ", 1_000).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge("references: {age: g0}, mode: ci-not-significant, ", 1_000)
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void countsWhatOneRuleComparesTogether() {
        Effort effort = new Effort();
        assertThat(effort.allows(60_000)).isTrue();
        assertThat(effort.allows(60_000)).isFalse();
        assertThat(effort.allows(40_000)).isTrue();
        assertThat(effort.allows(1)).isFalse();
    }

    private static RuleResult judge(String more, int groups) {
        String each = IntStream.range(0, groups)
                .mapToObj(i -> "{name: g" + i + ", n: 30, tp: 10, fp: 5, tn: 10, fn: 5}")
                .collect(Collectors.joining(", "));
        String report = "{id: r, tool: {name: t, version: \"1\"}, dataset: {name: d, role: test, rows: " + 30 * groups
                + "}, task: binary-classification, favourable: \"1\", metrics: [], attributes: [{name: age, groups: ["
                + each + "]}]}";
        return Given.policies(Given.policy("id: x, fairness: {attributes: [age], " + more
                        + "metric: disparate_impact_ratio, atLeast: 0.8}"))
                .judge(Given.context("{fairness: [" + report + "]}"), rule -> true)
                .get(0);
    }
}
