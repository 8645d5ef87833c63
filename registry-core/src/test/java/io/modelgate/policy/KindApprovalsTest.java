package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose approval counts: of this head, by people who had no hand in it, each once. */
class KindApprovalsTest {
    private static final RegistryConfig STRICT = registry("approvals: {promotion: {count: 2, role: model-risk}}");
    private static final RegistryConfig LOOSE = registry("approvals: {policy: {count: 0}, documentation: {count: 1}}");

    @Test
    void asksNobodyForWhatNeedsNobody() {
        assertThat(KindApprovals.judge("evidence", "evidence", Given.REGISTRY, Given.reviewed()))
                .isEmpty();
        assertThat(KindApprovals.judge("policy", "policies", LOOSE, Given.reviewed()))
                .isEmpty();
    }

    @Test
    void asksSomebodyWithARoleForAChangeOfPolicies() {
        RuleResult result = judge("policy", Given.REGISTRY, Given.approval("dora"));
        assertThat(result.id()).isEqualTo("registry/approvals-policy");
        assertThat(result.subject()).isEqualTo("subject");
        assertThat(result.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(result.line().value()).isEqualTo("none");
        assertThat(result.line().bound()).isEqualTo("1 of any role, not the author");
        assertThat(result.line().title()).isEqualTo("approval");
        assertThat(result.line().rationale()).isEqualTo("A policy change needs it.");
        assertThat(result.line().place().path()).isEqualTo("registry.yaml");
        assertThat(result.findings()).extracting(Finding::severity).containsOnly(Severity.NOTE);
        assertThat(result.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "registry.yaml: 1 more approval needed from any role. Ask rita or ruth.",
                        "registry.yaml: The approval of dora does not count: dora has no role.");
        assertThat(judge("policy", Given.REGISTRY, Given.approval("ruth")).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void asksAnybodyWhereNobodyHasARole() {
        RegistryConfig noRoles = RegistryConfig.read(
                        SourceFile.of("registry.yaml", text().replaceAll("roles:.*\n", "")))
                .get();
        assertThat(judge("policy", noRoles))
                .satisfies(result -> assertThat(result.findings().get(0))
                        .hasToString("registry.yaml: 1 more approval needed. Ask anybody who had no hand in it."));
        assertThat(judge("policy", noRoles, Given.approval("dora")).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void asksAnybodyWhereTheRegistryNamesNoRole() {
        assertThat(judge("documentation", LOOSE, Given.approval("dora")).line().bound())
                .isEqualTo("1 of anybody, not the author");
        assertThat(judge("documentation", LOOSE, Given.approval("dora")).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void saysHowManyAndWhoAreMissing() {
        assertThat(judge("promotion", STRICT).findings().get(0))
                .hasToString("registry.yaml: 2 more approvals needed from model-risk. Ask rita or ruth.");
        RuleResult half = judge("promotion", STRICT, Given.approval("rita"));
        assertThat(half.line().value()).isEqualTo("rita");
        assertThat(half.findings().get(0))
                .hasToString("registry.yaml: 1 more approval needed from model-risk. Ask ruth.");
        RuleResult both = judge("promotion", STRICT, Given.approval("ruth"), Given.approval("rita"));
        assertThat(both.outcome()).isEqualTo(Outcome.PASS);
        assertThat(both.line().value()).isEqualTo("rita, ruth");
        assertThat(both.findings()).isEmpty();
    }

    @Test
    void saysWhenNobodyIsLeftToAsk() {
        RegistryConfig few = registry("approvals: {promotion: {count: 1, role: makers}}");
        assertThat(judge("promotion", few).findings().get(0))
                .hasToString("registry.yaml: 1 more approval needed from makers."
                        + " Ask an owner of registry.yaml for more people with the role makers.");
    }

    @Test
    void failsWhileSomebodyWhoseWordCountsRejects() {
        RuleResult rejected =
                judge("promotion", STRICT, Given.approval("rita"), Given.rejection("ruth"), Given.rejection("dora"));
        assertThat(rejected.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(rejected.line().value()).isEqualTo("rejected by ruth");
        assertThat(rejected.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCK);
            assertThat(finding)
                    .hasToString(
                            "registry.yaml: ruth rejected this head. Mend what they ask for, or have them approve.");
        });
        assertThat(judge("promotion", STRICT, Given.rejection("dora")).outcome())
                .isEqualTo(Outcome.PENDING);
    }

    @Test
    void countsNoApprovalOfAnotherHead() {
        Review earlier = new Review(new UserId("rita"), Review.State.APPROVED, new CommitId("2".repeat(40)));
        assertThat(judge("policy", Given.REGISTRY, earlier).outcome()).isEqualTo(Outcome.PENDING);
        Review comment = new Review(new UserId("rita"), Review.State.COMMENTED, Given.HEAD);
        assertThat(judge("policy", Given.REGISTRY, comment).outcome()).isEqualTo(Outcome.PENDING);
    }

    @Test
    void saysThatAnApprovalWasOfAnotherChange() {
        Review elsewhere = Review.unheeded(new UserId("rita"), Given.HEAD, Review.Heed.OTHER_CHANGE);

        assertThat(judge("promotion", STRICT, elsewhere).findings())
                .extracting(Finding::message)
                .contains("The approval of rita does not count: it was given before the proposal was last asked to be"
                        + " merged into another branch; ask for it again.");
    }

    @Test
    void countsNoApprovalOfWhoeverAskedForIt() {
        Participants made = new Participants(new UserId("ci"), Set.of(), Optional.empty(), Set.of(new UserId("Rita")));
        Review approval = Given.approval("rita");

        assertThat(new UncountedApprovals(
                                Given.REGISTRY, new JudgeContext.ReviewState(Given.HEAD, made, List.of(approval)))
                        .of(Eligible.anybody()))
                .singleElement()
                .asString()
                .contains("The approval of rita does not count: rita asked for the proposal ('Requested-by' in its"
                        + " commits).");
    }

    @Test
    void saysOfEachPersonWhyTheirApprovalDoesNotCount() {
        Review earlier = new Review(new UserId("rita"), Review.State.APPROVED, new CommitId("2".repeat(40)));
        Review stranger =
                new Review(new UserId("erin"), Review.State.COMMENTED, Given.HEAD, Set.of(), Review.Heed.STRANGER);
        assertThat(judge("promotion", STRICT, Given.approval("Alice"), Given.approval("bob"), earlier)
                        .findings())
                .extracting(Finding::message)
                .containsExactly(
                        "2 more approvals needed from model-risk.",
                        "The approval of Alice does not count: Alice opened the proposal.",
                        "The approval of bob does not count: bob pushed to the proposal or stands in its commits.",
                        "The approval of rita does not count: it is of an earlier head, 2222222222; ask for it"
                                + " again.");
        assertThat(judge("promotion", STRICT, Given.approval("robot"), Given.approval("dora"))
                        .findings())
                .extracting(Finding::message)
                .contains(
                        "The approval of robot does not count: robot is a machine.",
                        "The approval of dora does not count: dora does not have the role model-risk.");
        assertThat(judge("documentation", LOOSE, stranger).findings())
                .extracting(Finding::message)
                .contains("The approval of erin does not count: erin has neither the right to write nor a role.");
    }

    @Test
    void explainsNoMoreThanAFewApprovals() {
        Review[] many =
                IntStream.range(0, 40).mapToObj(i -> Given.approval("user" + i)).toArray(Review[]::new);
        assertThat(judge("promotion", STRICT, many).findings())
                .hasSize(7)
                .last()
                .extracting(Finding::message)
                .isEqualTo("35 more approvals do not count.");
        assertThat(judge("documentation", LOOSE, Given.approval("alice"), Given.approval("dora"))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "ALICE", "bob", "Bob", "carol", "CAROL", "robot", "Robot"})
    void countsNobodyWhoHadAHandInItAndNoMachine(String user) {
        assertThat(judge("documentation", LOOSE, Given.approval(user)).outcome())
                .isEqualTo(Outcome.PENDING);
        assertThat(judge("documentation", LOOSE, Given.rejection(user)).outcome())
                .isEqualTo(Outcome.PENDING);
        assertThat(KindApprovals.approvers(LOOSE, Given.reviewed(Given.approval(user), Given.approval("dora"))))
                .containsExactly(new UserId("dora"));
    }

    @Test
    void hasWhoeverAWaiverNamesApproveIt() {
        Waiver waiver = Given.waiver("x", "credit/default-risk", "prod", "2027-01-01");
        RuleResult none = KindApprovals.judge(waiver, Given.REGISTRY, Given.reviewed(Given.approval("rita")));
        assertThat(none.id()).isEqualTo("registry/waiver-w");
        assertThat(none.subject()).isEqualTo("w");
        assertThat(none.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(none.line().bound()).isEqualTo("2 of rita, ruth, not the author");
        assertThat(none.line().rationale()).isEqualTo("Whoever a waiver names has approved it.");
        assertThat(none.findings().get(0))
                .hasToString("waivers/w.yaml: 1 more approval needed from rita, ruth. Ask ruth.");
        assertThat(KindApprovals.judge(
                                waiver, Given.REGISTRY, Given.reviewed(Given.approval("rita"), Given.approval("ruth")))
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void letsNobodyWaiveWhatTheyProposed() {
        JudgeContext.ReviewState ofRita = new JudgeContext.ReviewState(
                Given.HEAD,
                new Participants(new UserId("rita"), Set.of(), Optional.empty()),
                List.of(Given.approval("rita"), Given.approval("ruth")));
        RuleResult result = KindApprovals.judge(
                Given.waiver("x", "credit/default-risk", "prod", "2027-01-01"), Given.REGISTRY, ofRita);
        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.line().value()).isEqualTo("made by rita");
        assertThat(result.line().bound()).isEqualTo("2 of rita, ruth");
        assertThat(result.findings())
                .extracting(Finding::toString)
                .containsExactly("waivers/w.yaml: 'approvedBy' names rita, who made this proposal or is a machine. Name"
                        + " somebody who had no hand in it.");
    }

    private static RuleResult judge(String kind, RegistryConfig registry, Review... reviews) {
        return KindApprovals.judge(kind, "subject", registry, Given.reviewed(reviews))
                .orElseThrow();
    }

    private static RegistryConfig registry(String more) {
        String roles = text().replace("roles: {", "roles: {makers: [alice, robot], ");
        return RegistryConfig.read(SourceFile.of("registry.yaml", roles + more + "\n"))
                .get();
    }

    private static String text() {
        return Given.REGISTRY_FILE.text();
    }
}
