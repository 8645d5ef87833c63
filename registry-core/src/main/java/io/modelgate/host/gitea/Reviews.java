package io.modelgate.host.gitea;

import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.LastWords.Said;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.util.Optional;

/** Reviews as the API gives them (Gitea API 1.26, {@code PullReview}); numbers of reviews grow with each. */
final class Reviews {
    private final Accounts accounts;

    Reviews(Accounts accounts) {
        this.accounts = accounts;
    }

    /** What a review says; nothing for one that is not given yet, or by an account that is gone. */
    Optional<Said> said(Json json) {
        Optional<CommitId> commit = json.commit("commit_id");
        Optional<UserId> by = GiteaHost.user(json.at("user"), accounts);
        Optional<Review.State> state = json.text("state").flatMap(word -> state(word, json));
        return by.isPresent() && commit.isPresent() && state.isPresent()
                ? Optional.of(new Said(
                        json.integer("id").orElse(0L),
                        new Review(by.get(), state.get(), commit.get()),
                        json.isTrue("official")))
                : Optional.empty();
    }

    private static Optional<Review.State> state(String word, Json json) {
        if (json.isTrue("dismissed")) {
            return Optional.of(Review.State.DISMISSED);
        }
        return switch (word) {
            case "APPROVED" -> Optional.of(Review.State.APPROVED);
            case "REQUEST_CHANGES" -> Optional.of(Review.State.CHANGES_REQUESTED);
            case "COMMENT" -> Optional.of(Review.State.COMMENTED);
            default -> Optional.empty();
        };
    }
}
