package io.modelgate.policy;

import io.modelgate.finding.Place;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts who approved or rejected exactly this head, of those whose word counts, and says who still may approve. */
final class ApprovalCount {
    /** On some hosts upper and lower case are the same user: nobody counts twice. */
    private static final Comparator<UserId> SAME_USER =
            Comparator.comparing(UserId::value, String.CASE_INSENSITIVE_ORDER);

    private final RegistryConfig registry;
    private final JudgeContext.ReviewState state;

    ApprovalCount(RegistryConfig registry, JudgeContext.ReviewState state) {
        this.registry = registry;
        this.state = state;
    }

    /** A rejection fails until it is withdrawn; too few approvals are pending. */
    Judgement judge(int count, Eligible eligible) {
        String bound = count + " of " + eligible.words() + ", not the author";
        Set<UserId> against = who(Review.State.CHANGES_REQUESTED, eligible);
        Set<UserId> approved = who(Review.State.APPROVED, eligible);
        if (!against.isEmpty()) {
            return Judgement.fail(
                    "rejected by " + join(against, ", "),
                    bound,
                    Place.NOWHERE,
                    join(against, ", ") + " rejected this head.",
                    "Mend what they ask for, or have them approve.");
        }
        if (approved.size() >= count) {
            return Judgement.pass(join(approved, ", "), bound, Place.NOWHERE);
        }
        int missing = count - approved.size();
        List<Judgement.Problem> problems = new ArrayList<>();
        problems.add(Judgement.Problem.of(
                Place.NOWHERE,
                missing + " more approval" + (missing == 1 ? "" : "s") + " needed"
                        + (eligible.users().isPresent() ? " from " + eligible.words() : "") + ".",
                "Ask " + candidates(eligible, approved) + "."));
        problems.addAll(new UncountedApprovals(registry, state).of(eligible));
        return new Judgement(
                Outcome.PENDING, approved.isEmpty() ? "none" : join(approved, ", "), bound, problems, Place.NOWHERE);
    }

    /** Whose last word on exactly this head is this, of those whose word counts. */
    Set<UserId> who(Review.State wanted, Eligible eligible) {
        return state.reviews().stream()
                .filter(review -> review.state() == wanted && review.commit().equals(state.head()))
                .filter(eligible::includes)
                .map(Review::by)
                .filter(this::isFree)
                .collect(Collectors.toCollection(() -> new TreeSet<>(SAME_USER)));
    }

    /** Whether a user had no hand in the proposal and is no machine. */
    boolean isFree(UserId user) {
        return !state.participants().include(user) && !registry.isBot(user);
    }

    private String candidates(Eligible eligible, Set<UserId> approved) {
        if (eligible.users().isEmpty()) {
            return "anybody who had no hand in it";
        }
        List<UserId> left = eligible.users().get().stream()
                .filter(user -> isFree(user) && !approved.contains(user))
                .toList();
        if (!eligible.teams().isEmpty()) {
            String members = "a member of " + join(eligible.teams(), " or ");
            return left.isEmpty() ? members : join(left, " or ") + " or " + members;
        }
        return left.isEmpty()
                ? "an owner of registry.yaml for more people with the role " + eligible.words()
                : join(left, " or ");
    }

    private static String join(Collection<?> users, String between) {
        return users.stream().map(Object::toString).collect(Collectors.joining(between));
    }
}
