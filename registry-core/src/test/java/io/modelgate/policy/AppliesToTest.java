package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which policies hold for the model credit/default-risk, of high risk, with the label team: risk. */
class AppliesToTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {stages: [prod]}                                              | true
            {stages: [uat]}                                               | false
            {stages: [uat, prod]}                                         | true
            {stages: [prod], models: [credit/default-risk]}               | true
            {stages: [prod], models: ["credit/*"]}                        | true
            {stages: [prod], models: ["*/*"]}                             | true
            {stages: [prod], models: ["*/default-*"]}                     | true
            {stages: [prod], models: ["cr*t/d*f*t-risk"]}                 | true
            {stages: [prod], models: ["credit/default"]}                  | false
            {stages: [prod], models: ["fraud/*", "credit/default-ris"]}   | false
            {stages: [prod], models: ["fraud/*", "credit/*-risk"]}        | true
            {stages: [prod], riskTiers: [high]}                           | true
            {stages: [prod], riskTiers: [minimal, limited]}               | false
            {stages: [prod], labels: {team: risk}}                        | true
            {stages: [prod], labels: {team: fraud}}                       | false
            {stages: [prod], labels: {team: risk, country: at}}           | false
            """)
    void holdsWhereEveryPartMatches(String appliesTo, boolean holds) {
        Policy policy = policy(appliesTo);
        assertThat(policy.appliesTo().matches(Given.PROD, Given.MODEL)).isEqualTo(holds);
        assertThat(Given.policies(policy).applying(Given.PROD, Given.MODEL)).hasSize(holds ? 1 : 0);
        assertThat(explain(policy).applies()).isEqualTo(holds);
    }

    @Test
    void explainsEachPart() {
        assertThat(explain(
                                policy(
                                        "{stages: [uat, prod], models: [\"fraud/*\", \"credit/*\"], riskTiers: [limited, high], labels: {country: at, team: risk}}"))
                        .parts())
                .containsExactly(
                        new AppliesTo.Part("stages uat, prod", true, "it is prod"),
                        new AppliesTo.Part("models fraud/*, credit/*", true, "it is credit/default-risk"),
                        new AppliesTo.Part("risk tiers limited, high", true, "it is high"),
                        new AppliesTo.Part("label country: at", false, "the model has no such label"),
                        new AppliesTo.Part("label team: risk", true, "it is risk"));
        assertThat(explain(policy("{stages: [uat]}")).parts())
                .containsExactly(new AppliesTo.Part("stages uat", false, "it is prod"));
    }

    @ParameterizedTest
    @CsvSource({"credit", "Credit/*", "a/b/c", "*****/*", "credit/.*"})
    void refusesWhatIsNoPatternOfNames(String glob) {
        assertThat(Policy.readTrusted(Given.policyFile(
                                "{stages: [prod], models: [\"" + glob + "\"]}", "id: x, lineage: {code: true}"))
                        .findings())
                .extracting(Finding::message)
                .containsExactly("models: '" + glob + "' is no pattern of model names: write credit/* or */*");
    }

    @Test
    void acceptsFourStars() {
        assertThat(Policy.readTrusted(Given.policyFile(
                                "{stages: [prod], models: [\"*a*/*b*\"]}", "id: x, lineage: {code: true}"))
                        .ok())
                .isTrue();
    }

    @Test
    void explainsWhichWaiverHoldsNow() {
        assertThat(waivers("true", "x", "credit/default-risk", "prod", "2026-11-23"))
                .isPresent();
        assertThat(waivers("false", "x", "credit/default-risk", "prod", "2026-11-23"))
                .isEmpty();
        assertThat(waivers("true", "y", "credit/default-risk", "prod", "2026-11-23"))
                .isEmpty();
        assertThat(waivers("true", "x", "credit/other", "prod", "2026-11-23")).isEmpty();
        assertThat(waivers("true", "x", "credit/default-risk", "uat", "2026-11-23"))
                .isEmpty();
        assertThat(waivers("true", "x", "credit/default-risk", "prod", "2026-11-22"))
                .isEmpty();
    }

    private static Optional<Waiver> waivers(String waivable, String rule, String model, String stage, String expires) {
        Policy policy = Given.policy("id: x, waivable: " + waivable + ", lineage: {code: true}");
        Policies policies = Given.policies(policy, Given.waiver(rule, model, stage, expires));
        List<PolicyExplanation.Considered> considered = PolicyExplanation.of(
                        policies, Given.PROD, Given.MODEL, Given.NOW)
                .policies();
        assertThat(considered).hasSize(1);
        return considered.get(0).rules().get(0).waiver();
    }

    private static PolicyExplanation.Considered explain(Policy policy) {
        return PolicyExplanation.of(Given.policies(policy), Given.PROD, Given.MODEL, Given.NOW)
                .policies()
                .get(0);
    }

    private static Policy policy(String appliesTo) {
        return Policy.read(Given.policyFile(appliesTo, "id: x, lineage: {code: true}"))
                .get();
    }
}
