package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.ApprovalNeed;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Optional;

/** Who must approve a kind of change, as registry.yaml says, whatever else policies ask for. */
public final class KindApprovals {
    private KindApprovals() {}

    /** Judges the approvals that a kind of change needs; empty when it needs none. */
    public static Optional<RuleResult> judge(
            String kind, String subject, RegistryConfig registry, JudgeContext.ReviewState review) {
        ApprovalNeed need = registry.approvalFor(kind);
        if (need.count() == 0) {
            return Optional.empty();
        }
        Judgement judgement = new ApprovalsRequirement.ApprovalCount(registry, review).judge(need.count(), need.role());
        Place place = Place.file("registry.yaml");
        String id = "registry/approvals-" + kind;
        List<Finding> findings = judgement.problems().stream()
                .map(problem -> judgement.outcome() == Outcome.FAIL
                        ? Finding.block(id, place, problem.message(), problem.remedy())
                        : new Finding(
                                io.modelgate.finding.Severity.NOTE, id, place, problem.message(), problem.remedy()))
                .toList();
        return Optional.of(new RuleResult(
                "registry",
                "approvals-" + kind,
                subject,
                judgement.outcome(),
                new RuleResult.Line(
                        "approval", judgement.value(), judgement.bound(), place, "A " + kind + " change needs it."),
                findings));
    }

    /** Everybody whose approval of this head counts for something. */
    public static List<UserId> approvers(RegistryConfig registry, JudgeContext.ReviewState review) {
        return List.copyOf(
                new ApprovalsRequirement.ApprovalCount(registry, review).who(Review.State.APPROVED, Optional.empty()));
    }
}
