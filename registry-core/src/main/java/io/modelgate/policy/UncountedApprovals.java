package io.modelgate.policy;

import io.modelgate.finding.Place;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why an approval that the host shows does not count where one is missing: one line for each person. */
final class UncountedApprovals {
    private static final int MOST = 5;

    private final RegistryConfig registry;
    private final JudgeContext.ReviewState state;

    UncountedApprovals(RegistryConfig registry, JudgeContext.ReviewState state) {
        this.registry = registry;
        this.state = state;
    }

    /** Those that do not count among these people's, in the order of reviews. */
    List<Judgement.Problem> of(Eligible eligible) {
        List<Judgement.Problem> all = new ArrayList<>();
        for (Review review : state.reviews()) {
            if (review.state() == Review.State.APPROVED || review.isUnheeded()) {
                why(review, eligible).ifPresent(why -> all.add(line(review, why)));
            }
        }
        if (all.size() <= MOST) {
            return all;
        }
        List<Judgement.Problem> some = new ArrayList<>(all.subList(0, MOST));
        some.add(Judgement.Problem.of(Place.NOWHERE, (all.size() - MOST) + " more approvals do not count.", ""));
        return some;
    }

    private static Judgement.Problem line(Review review, String why) {
        return Judgement.Problem.of(
                Place.NOWHERE, "The approval of " + review.by() + " does not count: " + why + ".", "");
    }

    private Optional<String> why(Review review, Eligible eligible) {
        UserId user = review.by();
        Participants made = state.participants();
        if (made.isAuthor(user)) {
            return Optional.of(user + " opened the proposal");
        }
        if (made.isRequester(user)) {
            return Optional.of(user + " asked for the proposal ('Requested-by' in its commits)");
        }
        if (made.include(user)) {
            return Optional.of(user + " pushed to the proposal or stands in its commits");
        }
        if (registry.isBot(user)) {
            return Optional.of(user + " is a machine");
        }
        if (!eligible.includes(review)) {
            return Optional.of(user + " " + eligible.lack());
        }
        if (review.heed() == Review.Heed.OTHER_CHANGE) {
            return Optional.of(
                    "it was given before the proposal was last asked to be merged into another branch; ask for it again");
        }
        if (review.isUnheeded()) {
            return Optional.of(user + " has neither the right to write nor a role");
        }
        return review.commit().equals(state.head())
                ? Optional.empty()
                : Optional.of("it is of an earlier head, " + review.commit().abbreviated() + "; ask for it again");
    }
}
