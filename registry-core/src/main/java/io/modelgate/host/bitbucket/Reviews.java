package io.modelgate.host.bitbucket;

import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.LastWords;
import io.modelgate.host.LastWords.Said;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the participants of a pull request say of it. The host notes with each of them which commit they last reviewed; but a
 * remark may move that too, so that an approval counts for what the head was when it was given, by the order of activities, if
 * that is another one.
 */
final class Reviews {
    private final Users users;
    private final Governance governance;
    private final Accounts accounts;

    Reviews(Users users, Governance governance) {
        this.users = users;
        this.governance = governance;
        this.accounts = new Accounts(governance);
    }

    /** @param onTarget whether a commit is on the target branch */
    List<Review> of(Pull pull, CommitId head, Activities activities, Predicate<CommitId> onTarget) {
        Map<Long, CommitId> decided = activities.decided(head);
        Optional<Set<Long>> ofThisChange = activities.approvedSinceRetarget(onTarget);
        List<Json> deciding = pull.participants()
                .filter(participant -> state(participant).isPresent())
                .filter(participant -> Users.isPerson(participant.at("user")))
                .toList();
        boolean needsTrust = deciding.stream()
                .flatMap(each -> Users.user(each.at("user"), accounts).stream())
                .anyMatch(user -> !governance.holdersOfAnyRole().contains(user));
        Set<Long> writers = needsTrust ? users.writers() : Set.of();
        List<Said> said = new ArrayList<>();
        for (Json participant : deciding) {
            long account = participant.integer("user.id").orElse(0L);
            Optional<CommitId> commit = participant
                    .commit("lastReviewedCommit")
                    .map(reviewed -> reviewed.equals(head) ? decided.getOrDefault(account, head) : reviewed);
            Optional<UserId> by = Users.user(participant.at("user"), accounts);
            if (by.isPresent() && commit.isPresent()) {
                Review review = new Review(by.get(), state(participant).orElseThrow(), commit.get());
                Said one = new Said(said.size(), review, writers.contains(account));
                (isApprovalOfAnother(participant, ofThisChange) ? one.ofAnotherChange() : Optional.of(one))
                        .ifPresent(said::add);
            }
        }
        return new LastWords(governance, group -> users.members(group, accounts)).of(said);
    }

    /** An approval of what was to be merged elsewhere is none; a wish for changes holds until it is taken back. */
    private static boolean isApprovalOfAnother(Json participant, Optional<Set<Long>> ofThisChange) {
        boolean approves = state(participant).equals(Optional.of(Review.State.APPROVED));
        return approves
                && ofThisChange
                        .filter(accounts -> !accounts.contains(
                                participant.integer("user.id").orElse(0L)))
                        .isPresent();
    }

    private static Optional<Review.State> state(Json participant) {
        return switch (participant.text("status").orElse("")) {
            case "APPROVED" -> Optional.of(Review.State.APPROVED);
            case "NEEDS_WORK" -> Optional.of(Review.State.CHANGES_REQUESTED);
            default -> Optional.empty();
        };
    }
}
