package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody with the right to write tries on a played Bitbucket Cloud to get merged what nobody approved. */
class BitbucketCloudAttackTest extends OnBitbucketCloud {
    /** What makes the branch move at once: pushed before, to a branch that nobody looks at. */
    private Runnable later(String branch, CommitId commit) {
        rig.push("alice", "aside", commit);
        return () -> played.move("alice", branch, commit);
    }

    private Runnable more(Proposal proposal) {
        return later("alice/one", rig.commit("alice", List.of(proposal.head()), "More", HostRig.file("more")));
    }

    private static Review approval(String user, CommitId head) {
        return new Review(new UserId(user), Review.State.APPROVED, head);
    }

    @Test
    void leavesAnApprovalWithItsHead() {
        Proposal old = rig.open("one");
        rig.approve("bob", old);
        CommitId more = rig.pushMore("alice", old);

        Proposal moved = rig.read(old);

        assertThat(moved.head()).isEqualTo(more);
        assertThat(moved.reviews()).containsExactly(approval("bob", old.head()));
        assertThat(rig.host("carol").merge(rig.merging(old))).isInstanceOf(MergeResult.Moved.class);
        rig.approve("bob", moved);
        assertThat(rig.read(old).reviews()).containsExactly(approval("bob", more));
    }

    @Test
    void takesAnUpdateThatChangesNothingForAPushOfACommitThatBeginsAlike() {
        Proposal proposal = rig.open("one");
        rig.approve("bob", proposal);
        played.update(played.proposals.get(proposal.number()), "carol");

        assertThat(rig.read(proposal).reviews()).isEmpty();
        assertThat(rig.read(proposal).participants().lastPusher()).contains(new UserId("carol"));
    }

    @Test
    void keepsAnApprovalWhenTheTitleIsMended() {
        Proposal proposal = rig.open("one");
        rig.approve("bob", proposal);
        change(proposal, "title", "Add one, please");

        assertThat(rig.read(proposal).reviews()).containsExactly(approval("bob", proposal.head()));
        assertThat(rig.read(proposal).participants().lastPusher()).contains(new UserId("alice"));
    }

    @Test
    void takesBackAnApprovalWhenTheHeadMovedMeanwhile() {
        Proposal proposal = rig.open("one");
        played.beforeApproval = Optional.of(more(proposal));

        GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> rig.approve("bob", proposal));

        assertThat(rig.read(proposal).reviews()).isEmpty();
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
    void believesNoNickname() {
        Proposal proposal = rig.open("one");
        played.readers.add("mallory");
        played.nicknames.put("mallory", "carol");

        rig.approve("mallory", proposal);

        assertThat(rig.read(proposal).reviews())
                .extracting(Review::by)
                .containsExactly(new UserId("account-" + BitbucketCloudHostTest.number("mallory")));
    }

    @Test
    void countsNoApprovalOfStrangersMachinesAndAccountsThatAreGone() {
        Proposal proposal = rig.open("one");
        played.readers.add("stranger");
        played.machines.add("bob");
        played.closed.add("carol");
        for (String user : List.of("stranger", "bob", "carol", "dora")) {
            rig.approve(user, proposal);
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
        Proposal proposal = rig.open("one");
        change(proposal, "destination", Json.nested("branch", Json.nested("name", "elsewhere")));

        GitHostContract.assertTrouble(RegistryException.Kind.NOT_FOUND, () -> rig.read(proposal));
        assertThat(rig.host("carol").merge(rig.merging(proposal))).isInstanceOf(MergeResult.Refused.class);
        assertThat(rig.host("bob").list(Proposal.State.OPEN)).isEmpty();
    }

    @Test
    void saysLoudlyWhenTheHostMergedAnotherHead() {
        Proposal proposal = rig.open("one");
        MergeRequest request = rig.merging(proposal);
        played.beforeMerge = Optional.of(more(proposal));

        GitHostContract.assertTrouble(
                RegistryException.Kind.INTEGRITY, () -> rig.host("carol").merge(request));
    }

    @Test
    void tellsWhatTheHostMergedOntoAnotherTarget() {
        Proposal proposal = rig.open("one");
        MergeRequest request = rig.merging(proposal);
        CommitId other = rig.head("alice", HostRig.file("other"));
        played.beforeMerge = Optional.of(later("main", other));

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
    void saysInTheHostsWordsWhyItDoesNotMerge() {
        Proposal proposal = rig.open("one");
        played.beforeMerge = Optional.of(() -> played.proposals.get(proposal.number()).draft = true);

        assertThat(rig.host("carol").merge(rig.merging(proposal)))
                .isEqualTo(new MergeResult.Refused("It cannot be merged like that."));
    }

    @Test
    void isNotMisledByBranchesNamedLikeACommit() {
        CommitId head = rig.head("alice", HostRig.file("one"));
        CommitId other = rig.head("alice", HostRig.file("other"));
        rig.clone("alice")
                .publish(List.of(
                        RefChange.create("refs/heads/" + head, other),
                        RefChange.create("refs/heads/" + head.hex().substring(0, 12), other)));
        Proposal proposal = rig.open("alice", "one", head);

        assertThat(proposal.head()).isEqualTo(head);
        assertThat(rig.host("carol").list(Proposal.State.OPEN))
                .extracting(Proposal::head)
                .containsExactly(head);
        assertThat(rig.host("carol").merge(rig.merging(proposal)))
                .isInstanceOfSatisfying(
                        MergeResult.Merged.class,
                        merged ->
                                assertThat(rig.facts(merged.commit()).parents()).contains(head));
    }

    @Test
    void saysThatItCannotReadAFork() {
        Proposal proposal = rig.open("one");
        played.from = "outsider/models";

        GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> rig.read(proposal))
                .hasMessageContaining("is from a fork");
    }

    @Test
    void judgesAndMergesAProposalFromAFork() {
        Proposal own = rig.open("one");
        CommitId head = rig.commit("alice", List.of(own.head()), "More", HostRig.file("forked"));
        rig.push("alice", "aside", head);
        PlayedProposal there = played.proposals.get(own.number());
        played.fork("outsider/models", there.branch, head);
        rig.push("alice", "aside", rig.target());
        there.head = head;
        played.from = "outsider/models";
        played.update(there, "alice");

        Proposal proposal = rig.read(own);
        rig.approve("bob", proposal);

        assertThat(proposal.head()).isEqualTo(head);
        assertThat(proposal.text().source()).isEqualTo("a fork: " + there.branch);
        assertThat(rig.read(own).reviews()).containsExactly(new Review(new UserId("bob"), Review.State.APPROVED, head));
        assertThat(played.gitAsked).contains("/outsider/models.git/git-upload-pack");
        rig.host("carol").status(head, new Status(Status.State.SUCCESS, "pass"));
        assertThat(rig.host("carol").merge(rig.merging(proposal))).isInstanceOf(MergeResult.Merged.class);
    }

    @Test
    void takesNoSecretToARepositoryThatAProposalNames() {
        Proposal proposal = rig.open("one");
        for (String name :
                List.of("../models", "@evil.example/models", "outsider/..", "https://evil.example/outsider/models")) {
            played.from = name;
            played.gitAsked.clear();

            GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> rig.read(proposal));
            assertThat(played.gitAsked).as(name).allMatch(path -> path.startsWith("/acme/models.git/"));
        }
    }

    @Test
    void listsTheOthersWhenABranchHasAnOddName() {
        Proposal fine = rig.open("one");
        Proposal odd = rig.open("alice", "two", rig.head("alice", HostRig.file("two")));
        played.proposals.get(odd.number()).branch = "feat(x)";
        played.git("update-ref", "refs/heads/feat(x)", odd.head().hex());

        assertThat(rig.host("carol").list(Proposal.State.OPEN))
                .extracting(Proposal::number)
                .contains(fine.number());
        GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> rig.read(odd));
    }
}
