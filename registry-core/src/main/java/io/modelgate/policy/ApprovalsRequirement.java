package io.modelgate.policy;

import io.modelgate.manifest.Fields;
import java.util.Optional;

/**
 * So many distinct people have approved exactly this head: none of them its author, a committer, a pusher or a machine.
 *
 * @param count how many
 * @param role what they must be; anybody when empty
 */
public record ApprovalsRequirement(int count, Optional<String> role) implements Requirement {
    private static final int MOST = 20;

    static Optional<ApprovalsRequirement> of(Fields fields) {
        fields.integer("count");
        Optional<String> role = fields.optionalText("role");
        return Bounds.integer(fields, "count", 1, MOST).map(count -> new ApprovalsRequirement(count.intValue(), role));
    }

    @Override
    public String title() {
        return count == 1 ? "approval" : "approvals";
    }

    @Override
    public String bound() {
        return count + " of " + role.orElse("anybody") + ", not the author";
    }

    @Override
    public boolean isAboutVersion() {
        return false;
    }

    @Override
    public Judgement judge(JudgeContext context) {
        return new ApprovalCount(context.registry(), context.review())
                .judge(count, Eligible.of(role, context.registry()));
    }
}
