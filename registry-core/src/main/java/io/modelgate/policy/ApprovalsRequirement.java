package io.modelgate.policy;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * So many distinct people have approved exactly this head: none of them its author, a committer, a pusher or a machine.
 *
 * @param count how many
 * @param role what they must be; anybody when empty
 */
public record ApprovalsRequirement(int count, Optional<String> role) implements Requirement {
    private static final int MOST = 20;

    static Optional<ApprovalsRequirement> of(Fields fields) {
        long count = fields.integer("count");
        Optional<String> role = fields.optionalText("role");
        if (count < 1 || count > MOST) {
            fields.refuse("count", "count is " + count + ", must be between 1 and " + MOST + ".", "Correct it.");
            return Optional.empty();
        }
        return Optional.of(new ApprovalsRequirement((int) count, role));
    }

    @Override
    public String title() {
        return count == 1 ? "approval" : "approvals";
    }

    @Override
    public Judgement judge(JudgeContext context) {
        return new ApprovalCount(context.registry(), context.review()).judge(count, role);
    }

    /** Who approved, and who still may. */
    static final class ApprovalCount {
        private final io.modelgate.manifest.RegistryConfig registry;
        private final JudgeContext.ReviewState state;

        ApprovalCount(io.modelgate.manifest.RegistryConfig registry, JudgeContext.ReviewState state) {
            this.registry = registry;
            this.state = state;
        }

        Judgement judge(int count, Optional<String> role) {
            String bound = count + " of " + role.orElse("anybody") + ", not the author";
            Set<UserId> against = who(Review.State.CHANGES_REQUESTED, role);
            Set<UserId> approved = who(Review.State.APPROVED, role);
            if (!against.isEmpty()) {
                return Judgement.fail(
                        "rejected by " + join(against),
                        bound,
                        Place.NOWHERE,
                        join(against) + " rejected this head.",
                        "Mend what they ask for, or have them approve.");
            }
            if (approved.size() >= count) {
                return Judgement.pass(join(approved), bound, Place.NOWHERE);
            }
            return Judgement.pending(
                    approved.isEmpty() ? "none" : join(approved),
                    bound,
                    Place.NOWHERE,
                    (count - approved.size()) + " more approval" + (count - approved.size() == 1 ? "" : "s") + " needed"
                            + role.map(name -> " from " + name).orElse("") + ".",
                    "Ask " + candidates(role, approved) + ".");
        }

        Set<UserId> who(Review.State wanted, Optional<String> role) {
            return state.reviews().stream()
                    .filter(review ->
                            review.state() == wanted && review.commit().equals(state.head()))
                    .map(Review::by)
                    .filter(user -> counts(user, role))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private boolean counts(UserId user, Optional<String> role) {
            return !state.participants().include(user)
                    && !registry.isBot(user)
                    && role.map(name -> registry.holders(name).contains(user)).orElse(true);
        }

        private String candidates(Optional<String> role, Set<UserId> approved) {
            if (role.isEmpty()) {
                return "anybody who had no hand in it";
            }
            List<UserId> left = registry.holders(role.get()).stream()
                    .filter(user -> counts(user, role) && !approved.contains(user))
                    .toList();
            return left.isEmpty()
                    ? "an owner of registry.yaml for more people with the role " + role.get()
                    : left.stream().map(UserId::toString).collect(Collectors.joining(" or "));
        }

        private static String join(Set<UserId> users) {
            return users.stream().map(UserId::toString).collect(Collectors.joining(", "));
        }
    }
}
