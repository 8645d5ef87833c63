package io.modelgate.host;

import static io.modelgate.policy.Review.State.APPROVED;
import static io.modelgate.policy.Review.State.CHANGES_REQUESTED;
import static io.modelgate.policy.Review.State.COMMENTED;
import static io.modelgate.policy.Review.State.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.CommitId;
import io.modelgate.host.LastWords.Said;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LastWordsTest {
    private static final CommitId OLD = new CommitId("a".repeat(40));
    private static final CommitId NEW = new CommitId("b".repeat(40));
    private static final Team RISK = new Team("acme/risk");
    private static final Governance GOVERNANCE = new Governance(
            List.of(), Map.of("release", List.of(new UserId("bob"))), Map.of("risk", List.of(RISK)), Map.of());

    private final List<Team> asked = new ArrayList<>();

    private List<Review> last(Said... all) {
        return new LastWords(GOVERNANCE, team -> {
                    asked.add(team);
                    return Set.of(new UserId("dora"));
                })
                .of(List.of(all));
    }

    private static Said said(long order, String user, Review.State state, CommitId commit, boolean trusted) {
        return new Said(order, new Review(new UserId(user), state, commit), trusted);
    }

    @Test
    void goesByTheHostsOrderWhateverOrderTheyComeIn() {
        assertThat(last(said(2, "bob", CHANGES_REQUESTED, NEW, true), said(1, "bob", APPROVED, NEW, true)))
                .extracting(Review::state)
                .containsExactly(CHANGES_REQUESTED);
    }

    @Test
    void keepsAnApprovalThroughARemarkButNotThroughADismissal() {
        assertThat(last(said(1, "bob", APPROVED, OLD, true), said(2, "bob", COMMENTED, NEW, true)))
                .containsExactly(new Review(new UserId("bob"), APPROVED, OLD));
        assertThat(last(said(1, "bob", APPROVED, NEW, true), said(2, "bob", DISMISSED, NEW, true)))
                .extracting(Review::state)
                .containsExactly(DISMISSED);
    }

    @Test
    void countsOnlyWhomTheHostOrTheRegistryTrusts() {
        assertThat(last(
                        said(1, "stranger", APPROVED, NEW, false),
                        said(2, "writer", APPROVED, NEW, true),
                        said(3, "bob", APPROVED, NEW, false),
                        said(4, "dora", APPROVED, NEW, false),
                        said(5, "passer-by", CHANGES_REQUESTED, NEW, false)))
                .containsExactly(
                        new Review(new UserId("bob"), APPROVED, NEW),
                        new Review(new UserId("dora"), APPROVED, NEW, Set.of(RISK)),
                        new Review(new UserId("passer-by"), COMMENTED, NEW),
                        new Review(new UserId("stranger"), COMMENTED, NEW, Set.of(), Review.Heed.STRANGER),
                        new Review(new UserId("writer"), APPROVED, NEW));
        assertThat(asked).containsExactly(RISK);
    }

    @Test
    void asksForNoTeamWhenNobodyDecidedAnything() {
        assertThat(last(said(1, "bob", COMMENTED, NEW, true))).hasSize(1);
        assertThat(asked).isEmpty();
    }
}
