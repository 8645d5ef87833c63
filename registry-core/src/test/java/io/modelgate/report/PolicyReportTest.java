package io.modelgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.gate.PolicyImpact;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyReportTest {
    private static final VersionId ONE = VersionId.parse("credit/default-risk@1.0.0");
    private static final VersionId TWO = VersionId.parse("wine/cultivar@1.1.0");

    @Test
    void namesStageAndVersionOfEachReasonAndSpreadsThemOverTheVersions() {
        List<String> lines = PolicyReport.text(new PolicyImpact.Impact(
                List.of("p"), 2, List.of(broken("prod", ONE, "a", 12), broken("uat", TWO, "b", 2)), List.of()));
        assertThat(lines)
                .containsSubsequence(
                        "prod credit/default-risk@1.0.0 p/a: reason 1",
                        "uat wine/cultivar@1.1.0 p/b: reason 1",
                        "prod credit/default-risk@1.0.0 p/a: reason 2",
                        "uat wine/cultivar@1.1.0 p/b: reason 2",
                        "prod credit/default-risk@1.0.0 p/a: reason 3",
                        "prod credit/default-risk@1.0.0 p/a: reason 8",
                        "4 more reasons; -o json has them all.")
                .doesNotContain("prod credit/default-risk@1.0.0 p/a: reason 9");
    }

    private static PolicyImpact.Effect broken(String stage, VersionId version, String rule, int reasons) {
        List<Finding> findings = IntStream.rangeClosed(1, reasons)
                .mapToObj(i -> Finding.block("p/" + rule, Place.NOWHERE, "reason " + i, ""))
                .toList();
        RuleResult failed = new RuleResult(
                "p",
                rule,
                version.toString(),
                Outcome.FAIL,
                new RuleResult.Line("title", "value", "bound", Place.NOWHERE, "r"),
                findings);
        return new PolicyImpact.Effect(new Stage(stage), version, "p/" + rule, Optional.empty(), Optional.of(failed));
    }
}
