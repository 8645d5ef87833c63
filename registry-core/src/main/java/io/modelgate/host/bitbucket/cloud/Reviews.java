package io.modelgate.host.bitbucket.cloud;

import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.HostedRepository;
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

/** What the participants of a pull request say of it now, and of which head, by the order of the timeline. */
final class Reviews {
    private final Users users;
    private final HostedRepository repository;
    private final Governance governance;
    private final Accounts accounts;

    Reviews(Users users, HostedRepository repository) {
        this.users = users;
        this.repository = repository;
        this.governance = repository.governance();
        this.accounts = new Accounts(governance);
    }

    List<Review> of(Pull pull, CommitId head, Timeline timeline) {
        Map<Long, Timeline.Approval> approvals = timeline.approvals();
        List<Review> reviews = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        pull.json()
                .elements("participants")
                .filter(each -> Users.isPerson(each.at("user")))
                .forEach(participant -> {
                    Optional<Long> number = Users.number(participant.at("user"));
                    Optional<Review> review = Users.user(participant.at("user"), accounts)
                            .flatMap(by -> review(
                                    participant, by, head, Optional.ofNullable(approvals.get(number.orElse(0L)))));
                    if (review.isPresent()) {
                        reviews.add(review.get());
                        numbers.add(number.orElse(0L));
                    }
                });
        boolean needsTrust = reviews.stream()
                .anyMatch(review -> !governance.holdersOfAnyRole().contains(review.by()));
        Set<Long> writers = needsTrust ? users.writers() : Set.of();
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < reviews.size(); i++) {
            said.add(new Said(i, reviews.get(i), writers.contains(numbers.get(i))));
        }
        return new LastWords(governance, group -> Set.of()).of(said);
    }

    /** A wish for changes holds until it is taken back, whatever the head; an approval holds for one head. */
    private Optional<Review> review(Json participant, UserId by, CommitId head, Optional<Timeline.Approval> approval) {
        String state = participant.text("state").orElse("");
        if (state.equals("changes_requested")) {
            return Optional.of(new Review(by, Review.State.CHANGES_REQUESTED, head));
        }
        if (!participant.isTrue("approved") || approval.isEmpty()) {
            return Optional.empty();
        }
        Optional<CommitId> of = approval.get().current()
                ? Optional.of(head)
                : repository.beginningWith(approval.get().head()).filter(old -> !old.equals(head));
        return of.map(commit -> new Review(by, Review.State.APPROVED, commit));
    }
}
