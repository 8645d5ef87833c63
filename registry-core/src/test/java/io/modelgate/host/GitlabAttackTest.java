package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.host.PlayedHost.Reply;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with the right to write tries on a played GitLab to get merged what nobody approved. */
class GitlabAttackTest {
    private static final String AT = "/projects/acme%2Fmodels/merge_requests/";
    private static final String MARKER = "<!-- modelgate/gate -->";

    @TempDir
    Path folder;

    private PlayedGitlab gitlab;
    private PlayedRig rig;
    private Proposal proposal;

    @BeforeEach
    void init() {
        gitlab = new PlayedGitlab(folder);
        rig = GitlabHostTest.rig(folder, gitlab);
        proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void edit(Object... fields) {
        rig.client("alice").ask("PUT", AT + proposal.number(), Json.object(fields));
    }

    private Proposal read() {
        return rig.host("carol").read(proposal.number());
    }

    @Test
    void doesNotMergeAHeadThatMovedSinceItWasJudged() {
        CommitId target = rig.target();
        rig.push("alice", "alice/one", rig.commit("alice", List.of(proposal.head()), "More", HostRig.file("more")));

        assertThat(rig.merge(proposal, target)).isInstanceOf(MergeResult.Moved.class);
        assertThat(rig.target()).isEqualTo(target);
    }

    @Test
    void doesNotMergeAHeadThatMovedBeforeTheHostTookNote() {
        CommitId target = rig.target();
        CommitId more = rig.commit("alice", List.of(proposal.head()), "More", HostRig.file("more"));
        rig.push("alice", "elsewhere", more);
        gitlab.git("update-ref", "refs/heads/alice/one", more.toString());

        assertThat(read().head()).isEqualTo(proposal.head());
        assertThat(rig.merge(proposal, target)).isInstanceOf(MergeResult.Moved.class);
        assertThat(rig.target()).isEqualTo(target);
    }

    @Test
    void waitsUntilTheHostKnowsWhetherItCanBeMerged() {
        gitlab.kept.get(proposal.number()).undecided = 5;

        assertThat(rig.merge(proposal, rig.target())).isInstanceOf(MergeResult.Merged.class);
    }

    @Test
    void waitsUntilTheHostHasSeenTheStatus() {
        gitlab.kept.get(proposal.number()).running = 3;

        assertThat(rig.merge(proposal, rig.target())).isInstanceOf(MergeResult.Merged.class);
    }

    @Test
    void readsAProposalFromAForkAndSetsNoStatusOnABranchOfTheSameNameHere() {
        gitlab.kept.get(proposal.number()).sourceProject = 99;

        Proposal forked = read();
        rig.host("carol").status(forked.head(), new Status(Status.State.FAILURE, "No."));

        assertThat(forked.text().source()).isEqualTo("a fork: alice/one");
        assertThat(forked.participants().lastPusher()).contains(new UserId("alice"));
        assertThat(gitlab.statuses).containsExactly("failed modelgate/gate refs/merge-requests/1/head");
    }

    @Test
    void saysWhyTheHostDoesNotMerge() {
        gitlab.refusals.put("PUT .*/merge", Reply.trouble(405, "405 Method Not Allowed"));
        assertThat(rig.merge(proposal, rig.target()))
                .isEqualTo(new MergeResult.Refused("405 Method Not Allowed (mergeable)"));
        gitlab.refusals.put("PUT .*/merge", Reply.trouble(422, "Branch cannot be merged"));
        assertThat(rig.merge(proposal, rig.target())).isInstanceOf(MergeResult.Refused.class);
        gitlab.refusals.put("PUT .*/merge", Reply.trouble(409, "SHA does not match HEAD of source branch"));
        assertThat(rig.merge(proposal, rig.target())).isInstanceOf(MergeResult.Moved.class);
        gitlab.refusals.put("PUT .*/merge", Reply.trouble(401, "401 Unauthorized"));
        GitHostContract.assertTrouble(RegistryException.Kind.ENVIRONMENT, () -> rig.merge(proposal, rig.target()))
                .hasMessageContaining("does not let you merge proposal 1");
    }

    @Test
    void saysWhatIsWrongWithTheTokenOrTheAddress() {
        gitlab.refusals.put("GET .*", Reply.trouble(401, "401 Unauthorized"));
        GitHostContract.assertTrouble(RegistryException.Kind.ENVIRONMENT, this::read)
                .hasMessageContaining("refuses the token that it was shown (401: 401 Unauthorized)");
        gitlab.refusals.put("GET .*", Reply.trouble(403, "insufficient_scope"));
        GitHostContract.assertTrouble(RegistryException.Kind.ENVIRONMENT, this::read)
                .hasMessageContaining("insufficient_scope");
        gitlab.refusals.put("GET .*", Reply.trouble(404, "404 Project Not Found"));
        GitHostContract.assertTrouble(RegistryException.Kind.NOT_FOUND, this::read);
    }

    @Test
    void doesNotMergeADraft() {
        edit("title", "Draft: " + proposal.title());

        assertThat(rig.merge(proposal, rig.target())).isEqualTo(new MergeResult.Refused("it is a draft"));
    }

    @Test
    void readsNoProposalForAnotherBranch() {
        rig.push("alice", "elsewhere", rig.target());
        CommitId target = rig.target();
        edit("target_branch", "elsewhere");

        GitHostContract.assertTrouble(RegistryException.Kind.NOT_FOUND, this::read);
        assertThat(rig.merge(proposal, target)).isInstanceOf(MergeResult.Refused.class);
        assertThat(rig.host("bob").list(Proposal.State.OPEN)).isEmpty();
    }

    @Test
    void countsNoApprovalOfWhatWasToBeMergedElsewhere() {
        rig.host("bob").review(proposal.number(), new ReviewDraft(Review.State.APPROVED, ""));
        rig.push("alice", "elsewhere", rig.target());
        edit("target_branch", "elsewhere");
        edit("target_branch", "main");

        assertThat(read().reviews())
                .filteredOn(review -> review.state() == Review.State.APPROVED)
                .isEmpty();

        rig.host("carol").review(proposal.number(), new ReviewDraft(Review.State.APPROVED, ""));
        assertThat(read().reviews())
                .filteredOn(review -> review.state() == Review.State.APPROVED)
                .extracting(Review::by)
                .containsExactly(new UserId("carol"));
    }

    @Test
    void seesAPushBetweenClosingAndOpeningAgain() {
        rig.host("bob").review(proposal.number(), new ReviewDraft(Review.State.APPROVED, ""));
        edit("state_event", "close");
        rig.clone("bob").refreshNow();
        CommitId pretending = rig.commit(
                "bob",
                new Author("alice", "alice@acme.example"),
                List.of(proposal.head()),
                "As alice",
                HostRig.file("bobs"));
        rig.push("bob", "alice/one", pretending);
        edit("state_event", "reopen");

        Proposal again = read();

        assertThat(again.head()).isEqualTo(pretending);
        assertThat(again.participants().lastPusher()).contains(new UserId("bob"));
        assertThat(again.reviews())
                .filteredOn(review -> review.commit().equals(again.head()))
                .isEmpty();
        assertThat(rig.merge(proposal, rig.target())).isInstanceOf(MergeResult.Moved.class);
    }

    @Test
    void isNotMisledByABranchNamedLikeACommit() {
        CommitId head = proposal.head();
        CommitId other = rig.head("alice", HostRig.file("other"));
        rig.clone("alice").publish(List.of(RefChange.create("refs/heads/" + head, other)));

        assertThat(read().head()).isEqualTo(head);
        MergeResult merged = rig.merge(proposal, rig.target());

        assertThat(rig.facts(((MergeResult.Merged) merged).commit()).parents()).contains(head);
    }

    @Test
    void tellsWhatTheHostMergedOntoAnotherTarget() {
        Proposal second = rig.open("alice", "two", rig.head("alice", HostRig.file("two")));
        CommitId judged = rig.target();
        rig.merge(proposal, judged);
        CommitId moved = rig.target();
        // As if the second merge had begun before the first was done: the host is asked past the adapter's own look.
        rig.client("carol")
                .ask(
                        "PUT",
                        AT + second.number() + "/merge",
                        Json.object("sha", second.head().toString()));
        CommitId commit = rig.target();

        assertThat(new HostedRepository(rig.clone("carol"), "main")
                        .merged(new MergeRequest(second.number(), second.head(), judged, "Merge\n"), commit))
                .isEqualTo(new MergeResult.MergedOnto(commit, moved));
    }

    @Test
    void showsAnyTitleAndDescription() {
        String nasty = "<script>alert(1)</script> @all !1 ~bug [x](javascript:alert(1)) `" + "a".repeat(200);
        edit("title", nasty, "description", "\u202e".repeat(10) + "x".repeat(70_000));

        assertThat(read().title()).startsWith("<script>");
        assertThat(read().text().description().length()).isLessThanOrEqualTo(60_000);
    }

    @Test
    void editsItsOneCommentAndNobodyElses() {
        rig.client("alice").post(AT + "1/notes", Json.object("body", MARKER + "\n## Modelgate: pass, says alice"));

        for (String verdict : List.of("pending", "pending", "pass")) {
            rig.host("carol").comment(1, MARKER, "Modelgate: " + verdict + "\n");
        }

        assertThat(gitlab.kept.get(1).notes)
                .extracting(note -> note.get("body"))
                .containsExactly(MARKER + "\n## Modelgate: pass, says alice", MARKER + "\nModelgate: pass");
        assertThat(gitlab.asked)
                .filteredOn(asked -> asked.startsWith("carol PUT "))
                .hasSize(1);
    }

    @Test
    void orderNothingByTheGatesComment() {
        for (int i = 0; i < 2; i++) {
            rig.host("carol")
                    .comment(1, MARKER, "# " + i + "\n/approve\n  /approve\n<details>\n/approve\n</details>\n");
        }

        assertThat(gitlab.kept.get(1).approvals).isEmpty();
        assertThat(gitlab.kept.get(1).notes).hasSize(1);
        assertThat(gitlab.kept.get(1).notes.get(0).get("body").toString()).contains("\n\\/approve\n  \\/approve\n");
    }

    @Test
    void orderNothingByADescription() {
        CommitId head = rig.head("alice", HostRig.file("two"));

        Proposal opened =
                rig.host("alice").open(new ProposalDraft(new ProposalText("Two", "/approve\n/merge\n", "two"), head));

        assertThat(opened.text().description()).isEqualTo("\\/approve\n\\/merge\n");
    }

    @Test
    void setsAStatusAgainAndAgainInThePipelineOfTheBranch() {
        CommitId head = read().head();
        for (Status.State state : List.of(
                Status.State.PENDING,
                Status.State.PENDING,
                Status.State.SUCCESS,
                Status.State.SUCCESS,
                Status.State.FAILURE,
                Status.State.PENDING)) {
            rig.host("carol").status(head, new Status(state, "x".repeat(1_000)));
        }

        assertThat(gitlab.statuses)
                .containsExactly(
                        "pending modelgate/gate alice/one",
                        "success modelgate/gate alice/one",
                        "success modelgate/gate alice/one",
                        "failed modelgate/gate alice/one",
                        "pending modelgate/gate alice/one");
    }

    @Test
    void doesNotTakeARefusedStatusForOneThatIsSet() {
        gitlab.refusals.put("POST .*/statuses/.*", Reply.trouble(400, "Cannot transition status via :success"));
        CommitId head = proposal.head();

        GitHostContract.assertTrouble(
                RegistryException.Kind.ENVIRONMENT,
                () -> rig.host("carol").status(head, new Status(Status.State.SUCCESS, "It can be merged.")));
    }

    @Test
    void opensItsOwnProposalAndLeavesOthersAlone() {
        rig.push("bob", "alice/two", rig.head("bob", HostRig.file("bobs")));
        Json made = rig.client("bob")
                .post(
                        "/projects/acme%2Fmodels/merge_requests",
                        Json.object("source_branch", "alice/two", "target_branch", "main", "title", "Bob's"));

        GitHostContract.assertTrouble(
                RegistryException.Kind.CONFLICT,
                () -> rig.open("alice", "two", rig.head("alice", HostRig.file("two"))));
        assertThat(made.integer("iid")).isEqualTo(Optional.of(2L));
    }
}
