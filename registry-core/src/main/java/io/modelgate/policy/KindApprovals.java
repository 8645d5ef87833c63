package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Severity;
import io.modelgate.manifest.ApprovalNeed;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Optional;

/** Who must approve a kind of change, as registry.yaml says, whatever else policies ask for. */
public final class KindApprovals {
    private static final String POLICY = "registry";

    private KindApprovals() {}

    /** Who must approve a kind of change, in words; empty where nobody must. */
    public static Optional<String> asked(String kind, RegistryConfig registry) {
        ApprovalNeed need = registry.approvalFor(kind);
        return need.count() == 0
                ? Optional.empty()
                : Optional.of(
                        need.count() + " of " + eligible(kind, need, registry).words());
    }

    private static Eligible eligible(String kind, ApprovalNeed need, RegistryConfig registry) {
        boolean written = registry.governance().approvals().containsKey(kind);
        return written ? Eligible.of(need.role(), registry) : Eligible.withSomeRole(registry);
    }

    /** Judges the approvals that a kind of change needs; empty when it needs none. */
    public static Optional<RuleResult> judge(
            String kind, String subject, RegistryConfig registry, JudgeContext.ReviewState review) {
        ApprovalNeed need = registry.approvalFor(kind);
        if (need.count() == 0) {
            return Optional.empty();
        }
        Judgement judgement = new ApprovalCount(registry, review).judge(need.count(), eligible(kind, need, registry));
        return Optional.of(result(
                "approvals-" + kind,
                subject,
                "A " + kind + " change needs it.",
                judgement,
                Place.file(new RegistryPath.RegistryFile().path())));
    }

    /** Judges whether those whom a new waiver names as its approvers did approve it: nobody signs for somebody else. */
    public static RuleResult judge(Waiver waiver, RegistryConfig registry, JudgeContext.ReviewState review) {
        List<UserId> named = waiver.grounds().approvedBy().stream().distinct().toList();
        ApprovalCount count = new ApprovalCount(registry, review);
        List<UserId> biased = named.stream().filter(user -> !count.isFree(user)).toList();
        Judgement judgement = biased.isEmpty()
                ? count.judge(named.size(), Eligible.named(named))
                : Judgement.fail(
                        "made by " + biased.get(0),
                        named.size() + " of " + Eligible.named(named).words(),
                        Place.NOWHERE,
                        "'approvedBy' names " + biased.get(0) + ", who made this proposal or is a machine.",
                        "Name somebody who had no hand in it.");
        return result(
                "waiver-" + waiver.id(),
                waiver.id(),
                "Whoever a waiver names has approved it.",
                judgement,
                Place.file(new RegistryPath.WaiverFile(waiver.id()).path()));
    }

    private static RuleResult result(String rule, String subject, String rationale, Judgement judgement, Place place) {
        Severity severity = judgement.outcome() == Outcome.FAIL ? Severity.BLOCK : Severity.NOTE;
        List<Finding> findings = judgement.problems().stream()
                .map(problem -> new Finding(severity, POLICY + "/" + rule, place, problem.message(), problem.remedy()))
                .toList();
        return new RuleResult(
                POLICY,
                rule,
                subject,
                judgement.outcome(),
                new RuleResult.Line("approval", judgement.value(), judgement.bound(), place, rationale),
                findings);
    }

    /** Everybody whose approval of this head counts for something. */
    public static List<UserId> approvers(RegistryConfig registry, JudgeContext.ReviewState review) {
        return List.copyOf(new ApprovalCount(registry, review).who(Review.State.APPROVED, Eligible.anybody()));
    }
}
