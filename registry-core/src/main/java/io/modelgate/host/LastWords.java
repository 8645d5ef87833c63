package io.modelgate.host;

import io.modelgate.manifest.Governance;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What each reviewer last said, by the order in which the host took it down and by the commit that it was said of: clocks can be
 * set, and a commit can carry any date. A remark does not take back what was said before; a dismissal does. An approval counts
 * from those whom the host or the registry trusts: anybody with an account may press the button.
 */
public final class LastWords {
    private final Governance governance;
    private final Function<Team, Set<UserId>> members;

    /** @param members who is in a team; asked only for teams that give a role, and only when somebody said something */
    public LastWords(Governance governance, Function<Team, Set<UserId>> members) {
        this.governance = governance;
        this.members = members;
    }

    /**
     * One thing that somebody said.
     *
     * @param order grows with each thing that is said
     * @param review what it is
     * @param trusted whether the host counts the reviewer among those who may approve
     */
    public record Said(long order, Review review, boolean trusted) {
        /** What is left of it when the proposal was asked to be merged elsewhere after it: of an approval a remark, else nothing. */
        public Optional<Said> ofAnotherChange() {
            return review.state() == Review.State.APPROVED
                    ? Optional.of(new Said(
                            order, Review.unheeded(review.by(), review.commit(), Review.Heed.OTHER_CHANGE), trusted))
                    : Optional.empty();
        }
    }

    /** The last words, by user. */
    public List<Review> of(List<Said> all) {
        Map<UserId, Said> last = new TreeMap<>();
        all.stream()
                .sorted(Comparator.comparingLong(Said::order))
                .forEach(said -> last.merge(said.review().by(), said, LastWords::later));
        Map<Team, Set<UserId>> known = new TreeMap<>();
        return last.values().stream().map(said -> weighed(said, known)).toList();
    }

    private static Said later(Said old, Said next) {
        return next.review().state() == Review.State.COMMENTED ? old : next;
    }

    private Review weighed(Said said, Map<Team, Set<UserId>> known) {
        Review review = said.review();
        if (review.state() != Review.State.APPROVED && review.state() != Review.State.CHANGES_REQUESTED) {
            return review;
        }
        Set<Team> teams = governance.teamsOfAnyRole().stream()
                .filter(team -> known.computeIfAbsent(team, members).contains(review.by()))
                .collect(Collectors.toSet());
        boolean trusted = said.trusted()
                || !teams.isEmpty()
                || governance.holdersOfAnyRole().contains(review.by());
        Review.State state = trusted ? review.state() : Review.State.COMMENTED;
        boolean unheeded = !trusted && review.state() == Review.State.APPROVED;
        return new Review(
                review.by(), state, review.commit(), teams, unheeded ? Review.Heed.STRANGER : Review.Heed.FULL);
    }
}
