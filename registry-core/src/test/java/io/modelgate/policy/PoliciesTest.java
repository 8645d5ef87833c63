package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies, waivers and policy tests of a commit in a real repository. */
class PoliciesTest {
    private static final SourceFile MODEL = Given.modelFile("credit/default-risk", "high", "{}");
    private static final SourceFile POLICY =
            Given.policyFile("{stages: [prod]}", "id: x, waivable: true, lineage: {code: true}");

    @TempDir
    Path folder;

    @Test
    void readsPoliciesAndWaiversAndNothingElse() {
        Snapshot snapshot = Given.snapshot(
                folder,
                Given.REGISTRY_FILE,
                POLICY,
                waiver("x", "credit/default-risk", "prod"),
                SourceFile.of("policies/README.md", "Ours."),
                SourceFile.of("waivers/README.md", "Theirs."));
        Policies policies = Policies.in(snapshot).get();
        assertThat(policies.policies()).extracting(Policy::name).containsExactly("p");
        assertThat(policies.waivers()).extracting(Waiver::id).containsExactly("w");
        assertThat(policies.policy("p")).isPresent();
        assertThat(policies.policy("q")).isEmpty();
        assertThat(policies.concern(Given.PROD)).isTrue();
        assertThat(policies.concern(Given.UAT)).isFalse();
        assertThat(policies.only(List.of("p")).policies()).hasSize(1);
        assertThat(policies.only(List.of("q")).policies()).isEmpty();
        assertThat(policies.only(List.of("q")).waivers()).hasSize(1);
        assertThat(policies.only(List.of("q")).digest()).isEqualTo(policies.digest());
    }

    @Test
    void givesEverythingThatDecidesAnotherDigest() {
        Snapshot before = Given.snapshot(folder.resolve("a"), Given.REGISTRY_FILE, POLICY);
        Snapshot same = Given.snapshot(
                folder.resolve("b"), Given.REGISTRY_FILE, POLICY, SourceFile.of("policies/README.md", "Ours."));
        Snapshot waived = Given.snapshot(
                folder.resolve("c"), Given.REGISTRY_FILE, POLICY, waiver("x", "credit/default-risk", "prod"));
        Snapshot configured = Given.snapshot(
                folder.resolve("d"), SourceFile.of("registry.yaml", Given.REGISTRY_FILE.text() + "# more\n"), POLICY);
        Snapshot stricter = Given.snapshot(
                folder.resolve("e"),
                Given.REGISTRY_FILE,
                Given.policyFile("{stages: [prod]}", "id: x, lineage: {run: true}"));
        assertThat(List.of(before, same, waived, configured, stricter))
                .extracting(each -> Policies.in(each).get().digest())
                .satisfies(digests -> assertThat(digests.get(0)).isEqualTo(digests.get(1)))
                .satisfies(digests -> assertThat(Set.copyOf(digests)).hasSize(4));
    }

    @Test
    void acceptsWhatNamesOnlyWhatIsThere() {
        assertThat(check(POLICY, MODEL, waiver("x", "credit/default-risk", "prod")))
                .isEmpty();
        assertThat(check(Given.policyFile(
                        "{stages: [prod]}",
                        "id: a, approvals: {count: 2, role: model-risk}",
                        "id: b, approvals: {count: 20}",
                        "id: c, path: {stage: uat}")))
                .isEmpty();
    }

    @Test
    void refusesAStageThatIsNotThere() {
        assertThat(check(Given.policyFile("{stages: [prot]}", "id: x, path: {stage: uut}")))
                .containsExactly(
                        "policies/p.yaml:4:22: There is no stage prot; did you mean prod? Known are: uat, prod.",
                        "policies/p.yaml:6:5: There is no stage uut; did you mean uat? Known are: uat, prod.");
    }

    @Test
    void refusesAPathThroughAStageThatIsNotBefore() {
        String message =
                "policies/p.yaml:6:5: The rule x asks for %s, which is not before %s: nothing could ever meet it."
                        + " Name a stage before %s.";
        assertThat(check(Given.policyFile("{stages: [prod]}", "id: x, path: {stage: prod}")))
                .containsExactly(message.formatted("prod", "prod", "prod"));
        assertThat(check(Given.policyFile("{stages: [uat, prod]}", "id: x, path: {stage: uat}")))
                .containsExactly(message.formatted("uat", "uat", "uat"));
    }

    @Test
    void refusesARoleThatIsNotThereAndDoubtsOneThatTooFewHave() {
        assertThat(check(Given.policyFile("{stages: [prod]}", "id: x, approvals: {count: 1, role: model-risks}")))
                .containsExactly(
                        "policies/p.yaml:6:5: The rule x asks for the role model-risks, which registry.yaml does not"
                                + " have; did you mean model-risk? Add the role to registry.yaml first.");
        assertThat(check(Given.policyFile("{stages: [prod]}", "id: x, approvals: {count: 1, role: zebra}")))
                .containsExactly(
                        "policies/p.yaml:6:5: The rule x asks for the role zebra, which registry.yaml does not have."
                                + " Add the role to registry.yaml first.");
        assertThat(check(Given.policyFile("{stages: [prod]}", "id: x, approvals: {count: 3, role: model-risk}")))
                .containsExactly(
                        "policies/p.yaml:6:5: The rule x asks for 3 of model-risk, which 2 have. Give more people the"
                                + " role: an author's own approval does not count either.");
    }

    @Test
    void countsNoMachineAmongThoseWhoHaveARole() {
        SourceFile policy = Given.policyFile("{stages: [prod]}", "id: x, approvals: {count: 1, role: makers}");
        String machine = Given.REGISTRY_FILE.text().replace("roles: {", "roles: {makers: [robot], ");
        RegistryConfig registry =
                RegistryConfig.read(SourceFile.of("registry.yaml", machine)).get();
        assertThat(Policies.check(Given.snapshot(folder, policy), registry).findings())
                .extracting(Finding::message)
                .containsExactly("The rule x asks for 1 of makers, which 0 have.");
    }

    @Test
    void refusesAWaiverOfWhatCannotBeWaived() {
        assertThat(check(POLICY, MODEL, waiver("y", "credit/default-risk", "prod")))
                .containsExactly("waivers/w.yaml:7:7: There is no rule p/y. Name a rule that is there.");
        assertThat(check(POLICY, MODEL, waiver("x", "credit/default-risk", "uat")))
                .containsExactly(
                        "waivers/w.yaml:9:8: The policy p asks for nothing in uat. Name one of its stages: [prod].");
        assertThat(check(
                        Given.policyFile("{stages: [prod]}", "id: x, lineage: {code: true}"),
                        MODEL,
                        waiver("x", "credit/default-risk", "prod")))
                .containsExactly(
                        "waivers/w.yaml:7:7: The rule p/x cannot be waived. Meet the rule, or propose to change the policy.");
        assertThat(check(POLICY, waiver("x", "credit/default-risk", "prod")))
                .containsExactly(
                        "waivers/w.yaml:8:8: There is no model credit/default-risk. Name a model that is there; for one"
                                + " that comes later a waiver can wait.");
    }

    @Test
    void keepsEverythingThatIsWrongWithTheFiles() {
        Checked<Policies> read = Policies.check(
                Given.snapshot(
                        folder,
                        SourceFile.of("policies/p.yaml", "kind: Policy\n"),
                        SourceFile.of("waivers/w.yaml", "kind: Waiver\n")),
                Given.REGISTRY);
        assertThat(read.ok()).isFalse();
        assertThat(read.findings())
                .extracting(finding -> finding.place().path())
                .contains("policies/p.yaml", "waivers/w.yaml");
    }

    @Test
    void noticesOtherWaiversOfAPolicy() {
        Policy policy = Given.policy("id: x, waivable: true, lineage: {code: true}");
        Policies none = Given.policies(policy);
        Policies one = Given.policies(policy, Given.waiver("x", "credit/default-risk", "prod", "2027-01-01"));
        assertThat(one.waiversChange("p", none)).isTrue();
        assertThat(one.waiversChange("p", one)).isFalse();
        assertThat(one.waiversChange("q", none)).isFalse();
    }

    private List<String> check(SourceFile... files) {
        Path other = folder.resolve(UUID.randomUUID().toString());
        return Policies.check(Given.snapshot(other, files), Given.REGISTRY).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    private static SourceFile waiver(String rule, String model, String stage) {
        return Given.waiverFile(
                "w", "rule: %s\nmodel: %s\nstage: %s\nexpires: \"2027-01-01\"\n".formatted(rule, model, stage));
    }
}
