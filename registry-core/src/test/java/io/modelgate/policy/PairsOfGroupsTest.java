package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.Interval;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where all pairs of groups are judged, their intervals hold together (Bonferroni). */
class PairsOfGroupsTest {
    @ParameterizedTest
    @CsvSource({
        // rule, pairs of three groups times rates, 1 - 0.05 / that
        "range-sure, 3, 0.9833333333333333",
        "odds-sure, 6, 0.9916666666666667",
    })
    void sharesTheErrorAmongAllThatIsCompared(String rule, int compared, double level) {
        FairnessRequirement requirement = (FairnessRequirement) Given.policyIn(Given.RESOURCES.resolve("fairness"))
                .rule(rule)
                .orElseThrow()
                .requirement();
        FairnessReport report = Given.testIn(Given.RESOURCES.resolve("fairness/shows-the-worst-of-several-groups.yaml"))
                .evidence()
                .fairness()
                .get(0);
        Attribute sex = report.attribute("sex").orElseThrow();
        List<ExaminedGroups> examined = new AttributeExamination(requirement, report, sex, new Effort()).examined();
        assertThat(examined).hasSize(compared);
        assertThat(examined)
                .extracting(each -> each.interval().map(Interval::level).orElse(0.0))
                .allSatisfy(each -> assertThat(each).isEqualTo(level, offset(1e-12)));
    }
}
