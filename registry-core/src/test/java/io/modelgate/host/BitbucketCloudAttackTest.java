package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with the right to write tries on a played Bitbucket Cloud to get merged what nobody approved. */
class BitbucketCloudAttackTest {
    private static final String PULLS = "/repositories/acme/models/pullrequests/";

    @TempDir
    Path folder;

    private PlayedBitbucketCloud played;
    private PlayedRig rig;

    @BeforeEach
    void init() {
        played = new PlayedBitbucketCloud(folder);
        rig = BitbucketCloudHostTest.rig(folder, played);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static SourceFile file(String name) {
        return SourceFile.of(name + ".txt", name + "\n");
    }

    private Proposal open() {
        return rig.open("alice", "one", rig.head("alice", file("one")));
    }

    private void approve(String user, Proposal proposal) {
        rig.host(user)
                .review(proposal.number(), new ReviewDraft(Review.State.APPROVED, "", Optional.of(proposal.head())));
    }

    private Proposal read(Proposal proposal) {
        return rig.host("carol").read(proposal.number());
    }

    private MergeRequest merging(Proposal judged) {
        return new MergeRequest(judged.number(), judged.head(), rig.target(), "Merge it\n\nModelgate-Verdict: pass\n");
    }

    private CommitId pushMore(String user, Proposal proposal) {
        rig.clone(user).refreshNow();
        CommitId more = rig.commit(
                user, new Author("alice", "alice@acme.example"), List.of(proposal.head()), "More", file("more"));
        rig.push(user, "alice/one", more);
        return more;
    }

    /** What makes the branch move at once: pushed before, to a branch that nobody looks at. */
    private Runnable later(String branch, CommitId commit) {
        rig.push("alice", "aside", commit);
        return () -> played.move("alice", branch, commit);
    }

    private Runnable more(Proposal proposal) {
        return later("alice/one", rig.commit("alice", List.of(proposal.head()), "More", file("more")));
    }

    private void change(Proposal proposal, Object... fields) {
        HostClient client = rig.client("alice");
        client.require(client.ask("PUT", PULLS + proposal.number(), Json.object(fields)), "change");
    }

    private static Review approval(String user, CommitId head) {
        return new Review(new UserId(user), Review.State.APPROVED, head);
    }

    @Test
    void leavesAnApprovalWithItsHead() {
        Proposal old = open();
        approve("bob", old);
        CommitId more = pushMore("alice", old);

        Proposal moved = read(old);

        assertThat(moved.head()).isEqualTo(more);
        assertThat(moved.reviews()).containsExactly(approval("bob", old.head()));
        assertThat(rig.host("carol").merge(merging(old))).isInstanceOf(MergeResult.Moved.class);
        approve("bob", moved);
        assertThat(read(old).reviews()).containsExactly(approval("bob", more));
    }

    @Test
    void takesAnUpdateThatChangesNothingForAPushOfACommitThatBeginsAlike() {
        Proposal proposal = open();
        approve("bob", proposal);
        played.update(played.proposals.get(proposal.number()), "carol");

        assertThat(read(proposal).reviews()).isEmpty();
        assertThat(read(proposal).participants().lastPusher()).contains(new UserId("carol"));
    }

    @Test
    void keepsAnApprovalWhenTheTitleIsMended() {
        Proposal proposal = open();
        approve("bob", proposal);
        change(proposal, "title", "Add one, please");

        assertThat(read(proposal).reviews()).containsExactly(approval("bob", proposal.head()));
        assertThat(read(proposal).participants().lastPusher()).contains(new UserId("alice"));
    }

    @Test
    void takesBackAnApprovalWhenTheHeadMovedMeanwhile() {
        Proposal proposal = open();
        played.beforeApproval = Optional.of(more(proposal));

        GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> approve("bob", proposal));

        assertThat(read(proposal).reviews()).isEmpty();
    }

    @Test
    void namesAsParticipantWhoeverPushedToIt() {
        Proposal proposal = open();
        pushMore("bob", proposal);

        Proposal moved = read(proposal);

        assertThat(moved.participants().include(new UserId("bob"))).isTrue();
        assertThat(moved.participants().lastPusher()).contains(new UserId("bob"));
        GitHostContract.assertTrouble(RegistryException.Kind.USAGE, () -> approve("bob", moved));
    }

    @Test
    void believesNoNickname() {
        Proposal proposal = open();
        played.readers.add("mallory");
        played.nicknames.put("mallory", "carol");

        approve("mallory", proposal);

        assertThat(read(proposal).reviews())
                .extracting(Review::by)
                .containsExactly(new UserId("account-" + BitbucketCloudHostTest.number("mallory")));
    }

    @Test
    void countsNoApprovalOfStrangersMachinesAndAccountsThatAreGone() {
        Proposal proposal = open();
        played.readers.add("stranger");
        played.machines.add("bob");
        played.closed.add("carol");
        for (String user : List.of("stranger", "bob", "carol", "dora")) {
            approve(user, proposal);
        }

        assertThat(rig.host("alice").read(proposal.number()).reviews())
                .extracting(review -> review.by() + " " + review.state())
                .containsExactlyInAnyOrder(
                        "account-" + BitbucketCloudHostTest.number("dora") + " APPROVED",
                        "account-" + BitbucketCloudHostTest.number("stranger") + " COMMENTED");
        // Who may write, only administrators see: to others neither is trusted.
        assertThat(rig.host("erin").read(proposal.number()).reviews())
                .extracting(Review::state)
                .containsOnly(Review.State.COMMENTED);
    }

    @Test
    void readsNoProposalForAnotherBranch() {
        rig.push("alice", "elsewhere", rig.target());
        Proposal proposal = open();
        change(proposal, "destination", Json.nested("branch", Json.nested("name", "elsewhere")));

        GitHostContract.assertTrouble(RegistryException.Kind.NOT_FOUND, () -> read(proposal));
        assertThat(rig.host("carol").merge(merging(proposal))).isInstanceOf(MergeResult.Refused.class);
        assertThat(rig.host("bob").list(Proposal.State.OPEN)).isEmpty();
    }

    @Test
    void saysLoudlyWhenTheHostMergedAnotherHead() {
        Proposal proposal = open();
        MergeRequest request = merging(proposal);
        played.beforeMerge = Optional.of(more(proposal));

        GitHostContract.assertTrouble(
                RegistryException.Kind.INTEGRITY, () -> rig.host("carol").merge(request));
    }

    @Test
    void tellsWhatTheHostMergedOntoAnotherTarget() {
        Proposal proposal = open();
        MergeRequest request = merging(proposal);
        CommitId other = rig.head("alice", file("other"));
        played.beforeMerge = Optional.of(later("main", other));

        assertThat(rig.host("carol").merge(request))
                .isInstanceOfSatisfying(
                        MergeResult.MergedOnto.class,
                        merged -> assertThat(merged.target()).isEqualTo(other));
    }

    @Test
    void doesNotMergeADraft() {
        Proposal proposal = open();
        change(proposal, "draft", true);

        assertThat(rig.host("carol").merge(merging(proposal))).isEqualTo(new MergeResult.Refused("it is a draft"));
    }

    @Test
    void saysInTheHostsWordsWhyItDoesNotMerge() {
        Proposal proposal = open();
        played.beforeMerge = Optional.of(() -> played.proposals.get(proposal.number()).draft = true);

        assertThat(rig.host("carol").merge(merging(proposal)))
                .isEqualTo(new MergeResult.Refused("It cannot be merged like that."));
    }

    @Test
    void isNotMisledByBranchesNamedLikeACommit() {
        CommitId head = rig.head("alice", file("one"));
        CommitId other = rig.head("alice", file("other"));
        rig.clone("alice")
                .publish(List.of(
                        RefChange.create("refs/heads/" + head, other),
                        RefChange.create("refs/heads/" + head.hex().substring(0, 12), other)));
        Proposal proposal = rig.open("alice", "one", head);

        assertThat(proposal.head()).isEqualTo(head);
        assertThat(rig.host("carol").list(Proposal.State.OPEN))
                .extracting(Proposal::head)
                .containsExactly(head);
        assertThat(rig.host("carol").merge(merging(proposal)))
                .isInstanceOfSatisfying(
                        MergeResult.Merged.class,
                        merged ->
                                assertThat(rig.facts(merged.commit()).parents()).contains(head));
    }

    @Test
    void saysThatItCannotReadAFork() {
        Proposal proposal = open();
        played.from = "outsider/models";

        GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> read(proposal))
                .hasMessageContaining("is from a fork");
    }
}
