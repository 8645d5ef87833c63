package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody with the right to write tries on a played Bitbucket Data Center to get merged what nobody approved. */
class BitbucketServerAttackTest extends OnBitbucketServer {
    /** What makes the branch move at once: pushed before, to a branch that nobody looks at. */
    private Runnable later(String user, String branch, CommitId commit) {
        rig.push(user, "aside", commit);
        return () -> played.move(user, branch, commit);
    }

    private Runnable more(Proposal proposal) {
        return later("alice", "alice/one", rig.commit("alice", List.of(proposal.head()), "More", HostRig.file("more")));
    }

    private void act(String verb, Proposal proposal) {
        HostClient client = rig.client("alice");
        long version = client.get(PULLS + proposal.number()).integer("version").orElseThrow();
        client.post(PULLS + proposal.number() + "/" + verb + "?version=" + version, "");
    }

    private static void assertNoApprovalOf(Proposal proposal) {
        assertThat(proposal.reviews())
                .filteredOn(review -> review.commit().equals(proposal.head()))
                .filteredOn(review -> review.state() == Review.State.APPROVED)
                .isEmpty();
    }

    @Test
    void leavesAnApprovalWithItsHead() {
        Proposal old = rig.open("one");
        rig.approve("bob", old);
        CommitId more = rig.pushMore("alice", old);

        Proposal moved = rig.read(old);

        assertThat(moved.head()).isEqualTo(more);
        assertNoApprovalOf(moved);
        assertThat(rig.host("carol").merge(rig.merging(old))).isInstanceOf(MergeResult.Moved.class);
    }

    @Test
    void takesARemarkForNoApprovalOfANewHead() {
        Proposal old = rig.open("one");
        rig.approve("bob", old);
        rig.pushMore("alice", old);
        played.finishReview("bob", old.number());

        assertNoApprovalOf(rig.read(old));
    }

    @Test
    void countsAnApprovalThatWasGivenAnew() {
        Proposal old = rig.open("one");
        rig.approve("bob", old);
        rig.pushMore("alice", old);
        Proposal moved = rig.read(old);

        rig.approve("bob", moved);

        assertThat(rig.read(moved).reviews())
                .containsExactly(new Review(new UserId("bob"), Review.State.APPROVED, moved.head()));
    }

    @Test
    void takesBackAnApprovalThatTheHostTookForAnotherHead() {
        Proposal old = rig.open("one");
        played.heedsReviewedCommit = false;
        played.beforeStatus = Optional.of(more(old));

        GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> rig.approve("bob", old));

        assertThat(rig.read(old).reviews()).isEmpty();
    }

    @Test
    void namesAsParticipantWhoeverPushedToIt() {
        Proposal proposal = rig.open("one");
        rig.pushMore("bob", proposal);

        Proposal moved = rig.read(proposal);

        assertThat(moved.participants().include(new UserId("bob"))).isTrue();
        assertThat(moved.participants().lastPusher()).contains(new UserId("bob"));
        GitHostContract.assertTrouble(RegistryException.Kind.USAGE, () -> rig.approve("bob", moved));
    }

    @Test
    void takesAPushToTheTargetForNoPushToTheBranch() {
        Proposal proposal = rig.open("one");
        rig.approve("bob", proposal);
        rig.push("carol", "main", rig.head("carol", HostRig.file("other")));

        assertThat(rig.read(proposal).participants().lastPusher()).contains(new UserId("alice"));
        assertThat(rig.read(proposal).reviews())
                .containsExactly(new Review(new UserId("bob"), Review.State.APPROVED, proposal.head()));
    }

    @Test
    void readsNoProposalForAnotherBranch() {
        rig.push("alice", "elsewhere", rig.target());
        Proposal proposal = rig.open("one");
        retarget(proposal, "elsewhere");

        GitHostContract.assertTrouble(RegistryException.Kind.NOT_FOUND, () -> rig.read(proposal));
        assertThat(rig.host("carol").merge(rig.merging(proposal))).isInstanceOf(MergeResult.Refused.class);
        assertThat(rig.host("bob").list(Proposal.State.OPEN)).isEmpty();
    }

    private void retarget(Proposal proposal, String branch) {
        change(proposal, "toRef", Json.nested("id", "refs/heads/" + branch));
    }

    @Test
    void countsNoApprovalOfWhatWasToBeMergedElsewhere() {
        CommitId hidden = rig.head("alice", HostRig.file("hidden"));
        rig.push("alice", "elsewhere", hidden);
        Proposal proposal = rig.open("alice", "one", rig.commit("alice", List.of(hidden), "More", HostRig.file("one")));
        retarget(proposal, "elsewhere");
        rig.client("bob")
                .require(
                        rig.client("bob")
                                .ask(
                                        "PUT",
                                        PULLS + proposal.number() + "/participants/bob",
                                        Json.object(
                                                "status",
                                                "APPROVED",
                                                "lastReviewedCommit",
                                                proposal.head().toString())),
                        "approve");
        retarget(proposal, "main");

        Proposal back = rig.read(proposal);
        assertThat(back.head()).isEqualTo(proposal.head());
        assertThat(back.reviews()).extracting(Review::heed).containsExactly(Review.Heed.OTHER_CHANGE);

        rig.approve("bob", back);
        assertThat(rig.read(back).reviews())
                .containsExactly(new Review(new UserId("bob"), Review.State.APPROVED, back.head()));
    }

    @Test
    void countsAnApprovalOfTheSameCommitsWhateverTheTargetWasMeanwhile() {
        rig.push("alice", "elsewhere", rig.target());
        Proposal proposal = rig.open("one");
        rig.approve("bob", proposal);
        retarget(proposal, "elsewhere");
        retarget(proposal, "main");

        assertThat(rig.read(proposal).reviews()).hasSize(1);
    }

    @Test
    void countsNoApprovalFromBeforeAnUpdateThatIsNotToldWhatItIsAbout() {
        Proposal proposal = rig.open("one");
        rig.approve("bob", proposal);
        PlayedProposal there = played.proposals.get(proposal.number());
        played.activities.note(there, "alice", "UPDATED", Map.of("addedReviewers", List.of(played.user("carol"))));
        assertThat(rig.read(proposal).reviews()).hasSize(1);

        played.activities.note(there, "alice", "UPDATED", Map.of());

        assertThat(rig.read(proposal).reviews()).extracting(Review::heed).containsExactly(Review.Heed.OTHER_CHANGE);
    }

    @Test
    void keepsAWishForChangesWhenTheTargetWasAnother() {
        Proposal proposal = rig.open("one");
        rig.host("bob")
                .review(
                        proposal.number(),
                        new ReviewDraft(Review.State.CHANGES_REQUESTED, "", Optional.of(proposal.head())));
        played.activities.note(played.proposals.get(proposal.number()), "alice", "UPDATED", Map.of());

        assertThat(rig.read(proposal).reviews())
                .containsExactly(new Review(new UserId("bob"), Review.State.CHANGES_REQUESTED, proposal.head()));
    }

    @Test
    void judgesNothingThatWasPushedToWhileItWasDeclined() {
        Proposal proposal = rig.open("one");
        rig.approve("bob", proposal);
        act("decline", proposal);
        CommitId pushed = rig.pushMore("bob", proposal);
        act("reopen", proposal);

        GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> rig.read(proposal));
        Proposal asAdministrator = rig.host("alice").read(proposal.number());
        assertThat(asAdministrator.head()).isEqualTo(pushed);
        assertThat(asAdministrator.participants().lastPusher()).contains(new UserId("bob"));
        assertNoApprovalOf(asAdministrator);
        assertThat(rig.host("carol").merge(rig.merging(proposal))).isInstanceOf(MergeResult.Moved.class);
    }

    @Test
    void doesNotMergeWhatMovedAfterItLooked() {
        Proposal proposal = rig.open("one");
        CommitId target = rig.target();
        played.beforeMerge = Optional.of(more(proposal));

        assertThat(rig.host("carol").merge(rig.merging(proposal))).isInstanceOf(MergeResult.Moved.class);
        assertThat(rig.target()).isEqualTo(target);
    }

    @Test
    void saysLoudlyWhenTheHostMergedAnotherHead() {
        played.pushesCountAsVersions = false;
        Proposal proposal = rig.open("one");
        MergeRequest request = rig.merging(proposal);
        played.beforeMerge = Optional.of(more(proposal));

        GitHostContract.assertTrouble(
                RegistryException.Kind.INTEGRITY, () -> rig.host("carol").merge(request));
    }

    @Test
    void tellsWhatTheHostMergedOntoAnotherTarget() {
        played.pushesCountAsVersions = false;
        Proposal proposal = rig.open("one");
        MergeRequest request = rig.merging(proposal);
        CommitId other = rig.head("bob", HostRig.file("other"));
        played.beforeMerge = Optional.of(later("bob", "main", other));

        assertThat(rig.host("carol").merge(request))
                .isInstanceOfSatisfying(
                        MergeResult.MergedOnto.class,
                        merged -> assertThat(merged.target()).isEqualTo(other));
    }

    @Test
    void doesNotMergeADraft() {
        Proposal proposal = rig.open("one");
        change(proposal, "draft", true);

        assertThat(rig.host("carol").merge(rig.merging(proposal))).isEqualTo(new MergeResult.Refused("it is a draft"));
    }

    @Test
    void isNotMisledByABranchNamedLikeACommit() {
        CommitId head = rig.head("alice", HostRig.file("one"));
        Proposal proposal = rig.open("alice", "one", head);
        rig.clone("alice")
                .publish(List.of(RefChange.create("refs/heads/" + head, rig.head("alice", HostRig.file("other")))));

        assertThat(rig.read(proposal).head()).isEqualTo(head);
        assertThat(rig.host("carol").merge(rig.merging(proposal)))
                .isInstanceOfSatisfying(
                        MergeResult.Merged.class,
                        merged ->
                                assertThat(rig.facts(merged.commit()).parents()).contains(head));
    }

    @Test
    void countsNoApprovalOfStrangersMachinesAndAccountsThatAreGone() {
        Proposal proposal = rig.open("one");
        played.settings.readers.add("stranger");
        played.machines.add("bob");
        played.gone.add("carol");
        for (String user : List.of("stranger", "bob", "carol", "dora")) {
            rig.approve(user, proposal);
        }

        assertThat(rig.read(proposal).reviews())
                .containsExactly(
                        new Review(new UserId("dora"), Review.State.APPROVED, proposal.head()),
                        new Review(
                                new UserId("stranger"),
                                Review.State.COMMENTED,
                                proposal.head(),
                                Set.of(),
                                Review.Heed.STRANGER));
    }
}
