package io.modelgate.host.github;

import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.LastWords.Said;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reviews as the API gives them (docs.github.com, REST API, "Pull request reviews"); their numbers grow with each. */
final class Reviews {
    private static final Set<String> TRUSTED = Set.of("OWNER", "COLLABORATOR");
    private static final Set<String> WRITING = Set.of("admin", "maintain", "write");

    private final HostClient client;
    private final String repo;
    private final Accounts accounts;
    private final Map<String, Boolean> writers = new HashMap<>();

    Reviews(HostClient client, String repo, Accounts accounts) {
        this.client = client;
        this.repo = repo;
        this.accounts = accounts;
    }

    /** What a review says; nothing for one that is not given yet, or by an account that is gone. */
    Optional<Said> said(Json json) {
        Optional<CommitId> commit = json.commit("commit_id");
        Optional<UserId> by = GithubHost.user(json.at("user"), accounts);
        Optional<Review.State> state = state(json);
        if (by.isEmpty() || commit.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        Review review = new Review(by.get(), state.get(), commit.get());
        boolean decides = review.state() == Review.State.APPROVED || review.state() == Review.State.CHANGES_REQUESTED;
        return Optional.of(new Said(json.integer("id").orElse(0L), review, decides && mayWrite(json)));
    }

    /** A machine remarks; it does not decide. */
    private static Optional<Review.State> state(Json json) {
        boolean machine = json.text("user.type").filter("Bot"::equals).isPresent();
        return switch (json.text("state").orElse("")) {
            case "APPROVED" -> Optional.of(machine ? Review.State.COMMENTED : Review.State.APPROVED);
            case "CHANGES_REQUESTED" -> Optional.of(machine ? Review.State.COMMENTED : Review.State.CHANGES_REQUESTED);
            case "COMMENTED" -> Optional.of(Review.State.COMMENTED);
            case "DISMISSED" -> Optional.of(Review.State.DISMISSED);
            default -> Optional.empty();
        };
    }

    /** A member of the organisation need not be allowed to write: the host is asked. */
    private boolean mayWrite(Json review) {
        String association = review.text("author_association").orElse("NONE");
        return TRUSTED.contains(association)
                || (association.equals("MEMBER")
                        && review.text("user.login")
                                .map(login -> writers.computeIfAbsent(login, this::asked))
                                .orElse(false));
    }

    private boolean asked(String login) {
        return client.find(repo + HostClient.path("collaborators", login, "permission"))
                .flatMap(json -> json.text("permission"))
                .filter(WRITING::contains)
                .isPresent();
    }
}
