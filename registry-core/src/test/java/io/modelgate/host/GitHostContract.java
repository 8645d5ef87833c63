package io.modelgate.host;

import static io.modelgate.policy.Review.State.APPROVED;
import static io.modelgate.policy.Review.State.CHANGES_REQUESTED;
import static io.modelgate.policy.Review.State.COMMENTED;
import static io.modelgate.policy.Review.State.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** What every Git host must do. A new host is right when a subclass of this passes. */
abstract class GitHostContract {
    static final String MESSAGE = "Add one\n\nModelgate-Proposal: 1\nModelgate-Verdict: pass\n";

    /** The host as this user sees it. */
    abstract GitHost host(String user);

    /** Where the target branch is now. */
    abstract CommitId target();

    /** A new commit of this user on the target branch that adds a file; hosts that need one may have a branch for it. */
    abstract CommitId head(String user, String file);

    /** As {@link #head(String, String)}, with a trailer in its message. */
    abstract CommitId head(String user, String file, String trailer);

    /** What the host's repository says of a commit. */
    abstract CommitFacts facts(CommitId commit);

    /** A message that the host lets a merge of this proposal have. */
    String message(Proposal proposal) {
        return MESSAGE;
    }

    @Test
    void opensAProposal() {
        CommitId head = head("alice", "one");

        Proposal opened = open("alice", "one", head);

        assertThat(host("bob").read(opened.number())).isEqualTo(opened);
        assertThat(opened.title()).isEqualTo("Add one");
        assertThat(opened.text().description()).isEqualTo("Because.\n");
        assertThat(opened.state()).isEqualTo(Proposal.State.OPEN);
        assertThat(opened.head()).isEqualTo(head);
        assertThat(opened.participants().author()).isEqualTo(new UserId("alice"));
        assertThat(opened.reviews()).isEmpty();
    }

    @Test
    void opensTheSameProposalOnce() {
        CommitId head = head("alice", "one");
        Proposal first = open("alice", "one", head);

        assertThat(open("alice", "one", head)).isEqualTo(first);
        assertThat(host("alice").list(Proposal.State.OPEN))
                .extracting(Proposal::number)
                .containsExactly(first.number());
    }

    @Test
    void opensAnotherProposalForAnotherSource() {
        Proposal first = open("alice", "one", head("alice", "one"));
        Proposal second = open("alice", "two", head("alice", "two"));

        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(host("bob").list(Proposal.State.OPEN))
                .extracting(Proposal::number)
                .containsExactly(first.number(), second.number());
    }

    @Test
    void knowsNoProposalThatIsNotThere() {
        assertTrouble(RegistryException.Kind.NOT_FOUND, () -> host("alice").read(4711));
        assertTrouble(RegistryException.Kind.NOT_FOUND, () -> host("alice").read(0));
        assertTrouble(RegistryException.Kind.NOT_FOUND, () -> host("alice").read(-1));
    }

    @Test
    void recordsReviewsByUserAndCommit() {
        Proposal proposal = open("alice", "one", head("alice", "one"));

        review("bob", proposal, APPROVED);
        review("carol", proposal, CHANGES_REQUESTED);

        assertThat(reviews(proposal))
                .containsExactly(
                        new Review(new UserId("bob"), APPROVED, proposal.head()),
                        new Review(new UserId("carol"), CHANGES_REQUESTED, proposal.head()));
    }

    @Test
    void keepsTheLastWordOfAReviewer() {
        Proposal proposal = open("alice", "one", head("alice", "one"));

        review("bob", proposal, CHANGES_REQUESTED);
        review("bob", proposal, APPROVED);
        assertThat(reviews(proposal)).extracting(Review::state).containsExactly(APPROVED);

        review("bob", proposal, DISMISSED);
        assertThat(reviews(proposal)).extracting(Review::state).doesNotContain(APPROVED);
    }

    @Test
    void keepsAnApprovalWhenItsReviewerRemarksSomething() {
        Proposal proposal = open("alice", "one", head("alice", "one"));
        review("bob", proposal, APPROVED);

        review("bob", proposal, COMMENTED);

        assertThat(reviews(proposal)).extracting(Review::state).contains(APPROVED);
    }

    @Test
    void leavesApprovalsWithTheHeadTheyWereGivenFor() {
        Proposal old = open("alice", "one", head("alice", "one"));
        review("bob", old, APPROVED);

        Proposal moved = open("alice", "one", head("alice", "other"));

        assertThat(moved.number()).isEqualTo(old.number());
        assertThat(moved.head()).isNotEqualTo(old.head());
        assertThat(reviews(moved))
                .filteredOn(review -> review.commit().equals(moved.head()))
                .isEmpty();
    }

    @Test
    void refusesToReviewAHeadThatTheReviewerHasNotSeen() {
        Proposal old = open("alice", "one", head("alice", "one"));
        open("alice", "one", head("alice", "other"));

        assertTrouble(
                RegistryException.Kind.CONFLICT,
                () -> host("bob")
                        .review(old.number(), new ReviewDraft(APPROVED, "Looks good.", Optional.of(old.head()))));
    }

    @Test
    void refusesTheAuthorsOwnApproval() {
        Proposal proposal = open("alice", "one", head("alice", "one"));

        assertTrouble(RegistryException.Kind.USAGE, () -> review("alice", proposal, APPROVED));
        assertThat(reviews(proposal)).isEmpty();
    }

    @Test
    void namesAuthorAndPusherAsParticipants() {
        Proposal proposal = open("alice", "one", head("alice", "one"));

        assertThat(proposal.participants().include(new UserId("alice"))).isTrue();
        assertThat(proposal.participants().include(new UserId("bob"))).isFalse();
    }

    @Test
    void namesWhomTheCommitsNameAsWhoAskedForThem() {
        Proposal proposal = open("alice", "one", head("alice", "one", "Requested-by: Bob"));

        Proposal read = host("carol").read(proposal.number());

        assertThat(read.participants().requesters()).containsExactly(new UserId("Bob"));
        assertThat(read.participants().include(new UserId("bob"))).isTrue();
        assertThat(read.participants().include(new UserId("carol"))).isFalse();
        assertTrouble(RegistryException.Kind.USAGE, () -> review("bob", proposal, APPROVED));
    }

    @Test
    void knowsItsUsers() {
        UserId bob = host("bob").me();

        assertThat(host("alice").user("bob")).contains(bob);
        assertThat(host("alice").user("no/body")).isEmpty();
    }

    @Test
    void mergesExactlyTheseCommits() {
        Proposal proposal = open("alice", "one", head("alice", "one"));
        CommitId before = target();
        MergeRequest request = request(proposal, before);

        MergeResult result = host("bob").merge(request);

        CommitFacts merged = facts(((MergeResult.Merged) result).commit());
        assertThat(target()).isEqualTo(merged.id());
        assertThat(merged.parents()).containsExactly(before, proposal.head());
        assertThat(merged.message()).isEqualTo(request.message());
        assertThat(host("bob").read(proposal.number()).state()).isEqualTo(Proposal.State.MERGED);
        assertThat(host("bob").list(Proposal.State.OPEN)).isEmpty();
        assertThat(host("bob").list(Proposal.State.MERGED))
                .extracting(Proposal::number)
                .containsExactly(proposal.number());
    }

    @Test
    void doesNotMergeAnotherHead() {
        Proposal judged = open("alice", "one", head("alice", "one"));
        open("alice", "one", head("alice", "other"));
        CommitId before = target();

        assertThat(host("bob").merge(request(judged, before))).isInstanceOf(MergeResult.Moved.class);
        assertThat(target()).isEqualTo(before);
    }

    @Test
    void doesNotMergeIntoAnotherTarget() {
        Proposal first = open("alice", "one", head("alice", "one"));
        Proposal second = open("alice", "two", head("alice", "two"));
        CommitId judged = target();
        host("bob").merge(request(first, judged));
        CommitId after = target();

        assertThat(host("bob").merge(request(second, judged))).isInstanceOf(MergeResult.Moved.class);
        assertThat(target()).isEqualTo(after);
        assertThat(host("bob").read(second.number()).state()).isEqualTo(Proposal.State.OPEN);
    }

    @Test
    void mergesOnceOnly() {
        Proposal proposal = open("alice", "one", head("alice", "one"));
        host("bob").merge(request(proposal, target()));

        MergeRequest again = new MergeRequest(proposal.number(), proposal.head(), target(), MESSAGE);

        assertTrouble(RegistryException.Kind.CONFLICT, () -> host("bob").merge(again));
        assertTrouble(RegistryException.Kind.CONFLICT, () -> review("bob", proposal, APPROVED));
        assertTrouble(RegistryException.Kind.CONFLICT, () -> host("alice").close(proposal.number()));
    }

    @Test
    void opensAnewWhatWasClosed() {
        CommitId head = head("alice", "one");
        Proposal closed = open("alice", "one", head);
        host("alice").close(closed.number());

        Proposal again = open("alice", "one", head);

        assertThat(again.number()).isGreaterThan(closed.number());
        assertThat(host("alice").read(closed.number()).state()).isEqualTo(Proposal.State.CLOSED);
        assertThat(host("alice").list(Proposal.State.CLOSED))
                .extracting(Proposal::number)
                .containsExactly(closed.number());
        assertThat(host("alice").list(Proposal.State.OPEN))
                .extracting(Proposal::head)
                .containsExactly(again.head());
    }

    @Test
    void takesCommentsAndStatusesAgainAndAgain() {
        Proposal proposal = open("alice", "one", head("alice", "one"));
        Status pending = new Status(Status.State.PENDING, "1 more approval needed from model-risk.");

        for (int i = 0; i < 2; i++) {
            host("bob").comment(proposal.number(), "<!-- modelgate -->", "# Verdict: pending\n");
            host("bob").status(proposal.head(), pending);
        }
        host("bob").comment(proposal.number(), "<!-- modelgate -->", "# Verdict: pass\n");
        host("bob").status(proposal.head(), new Status(Status.State.SUCCESS, "It can be merged."));

        assertThat(host("bob").read(proposal.number()).head()).isEqualTo(proposal.head());
    }

    final Proposal open(String user, String source, CommitId head) {
        return host(user).open(new ProposalDraft(new ProposalText("Add one", "Because.\n", source), head));
    }

    final void review(String user, Proposal proposal, Review.State state) {
        host(user).review(proposal.number(), new ReviewDraft(state, "Thank you.", Optional.of(proposal.head())));
    }

    final java.util.List<Review> reviews(Proposal proposal) {
        return host("alice").read(proposal.number()).reviews();
    }

    final MergeRequest request(Proposal proposal, CommitId target) {
        return new MergeRequest(proposal.number(), proposal.head(), target, message(proposal));
    }

    static AbstractThrowableAssert<?, ?> assertTrouble(
            RegistryException.Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        trouble -> assertThat(trouble.kind()).isEqualTo(kind));
    }
}
