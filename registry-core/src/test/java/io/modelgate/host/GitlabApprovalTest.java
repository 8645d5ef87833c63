package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose approval counts, and for which head: GitLab itself keeps no commit with it. */
class GitlabApprovalTest {
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

    private void approve(String user) {
        rig.host(user).review(proposal.number(), new ReviewDraft(Review.State.APPROVED, ""));
    }

    private Proposal read() {
        return rig.host("carol").read(proposal.number());
    }

    private List<String> approvers() {
        Proposal now = read();
        return now.reviews().stream()
                .filter(review -> review.state() == Review.State.APPROVED)
                .filter(review -> review.commit().equals(now.head()))
                .map(review -> review.by().value())
                .toList();
    }

    private CommitId push(String title) {
        CommitId more = rig.commit("alice", List.of(read().head()), title, HostRig.file("more" + title.length()));
        rig.push("alice", "alice/one", more);
        return more;
    }

    private PlayedGitlab.Kept kept() {
        return gitlab.kept.get(proposal.number());
    }

    @Test
    void endsWithTheHeadAndBeginsAnewWithTheNext() {
        approve("bob");
        assertThat(approvers()).containsExactly("bob");

        push("More");
        assertThat(approvers()).isEmpty();
        assertThat(read().reviews())
                .containsExactly(new Review(new UserId("bob"), Review.State.APPROVED, proposal.head()));

        approve("bob");
        assertThat(approvers()).containsExactly("bob");
    }

    @Test
    void endsWithTheHeadWhateverDateTheNextCommitHas() {
        approve("bob");
        CommitId backDated = rig.clone("alice")
                .commit(
                        rig.clone("alice").snapshot(proposal.head()),
                        new CommitDraft(
                                "Nothing new\n",
                                new Author("alice", "alice@acme.example"),
                                Instant.parse("2001-01-01T00:00:00Z"),
                                List.of(proposal.head())));
        rig.push("alice", "alice/one", backDated);

        assertThat(read().head()).isEqualTo(backDated);
        assertThat(approvers()).isEmpty();
    }

    @Test
    void isOfTheOldHeadAlsoWhenItsNoteComesAfterThePush() {
        gitlab.holdsNotes = true;
        approve("bob");
        push("More");
        gitlab.release();

        assertThat(approvers()).isEmpty();
    }

    @Test
    void countsWhileItsNoteIsStillToComeIfThereNeverWasAnotherHead() {
        gitlab.holdsNotes = true;
        approve("bob");

        assertThat(approvers()).containsExactly("bob");
    }

    @Test
    void needsProofWhereTheHostDoesNotTellWhenItWasGiven() {
        gitlab.tellsTimes = false;
        approve("bob");
        approve("carol");
        assertThat(approvers()).containsExactly("bob", "carol");
        push("More");
        kept().approvals.remove("carol");

        approve("bob");
        approve("carol");

        // Bob took back the old one after the push, so what stands is younger; carol's was reset by the host, which
        // tells nothing.
        assertThat(approvers()).containsExactly("bob");
    }

    @Test
    void isNotOfAHeadThatCameByAPushWhichTakesCommitsAway() {
        CommitId first = proposal.head();
        push("More");
        approve("bob");
        assertThat(approvers()).containsExactly("bob");

        rig.push("alice", "alice/one", first);

        assertThat(read().head()).isEqualTo(first);
        assertThat(approvers()).isEmpty();
        approve("carol");
        assertThat(approvers()).as("nobody knows what carol saw").isEmpty();
    }

    @Test
    void isNotMisledByATitleThatLooksLikeTheHostsOwnWords() {
        long now = PlayedProposal.nextId();
        String links = LongStream.range(now, now + 30)
                .mapToObj(id -> "[Compare with previous version](/a/-/merge_requests/1/diffs?diff_id=" + id
                        + "&start_sha=0000000000000000000000000000000000000000)")
                .collect(Collectors.joining(" "));
        CommitId first = proposal.head();
        push(links);
        approve("bob");
        rig.push("alice", "alice/one", first);

        assertThat(approvers()).isEmpty();
    }

    @Test
    void isTheHostsWordAndNobodyElses() {
        push("More");
        gitlab.note(kept(), "bob", "approved this merge request", false);
        gitlab.note(kept(), "bob", "added 1 commit\n\n[Compare with previous version](/a?diff_id=1)", false);
        long imported = gitlab.note(kept(), "bob", "requested changes", true);
        kept().notes.stream()
                .filter(note -> note.get("id").equals(imported))
                .forEach(note -> note.put("imported", true));

        assertThat(read().reviews()).isEmpty();
    }

    @Test
    void isGoneWhenTheHostResetIt() {
        approve("bob");
        kept().approvals.clear();

        assertThat(read().reviews()).isEmpty();
    }

    @Test
    void endsWithARequestForChanges() {
        approve("bob");
        rig.host("bob").review(proposal.number(), new ReviewDraft(Review.State.CHANGES_REQUESTED, "No.\n/approve"));

        assertThat(read().reviews())
                .containsExactly(new Review(new UserId("bob"), Review.State.CHANGES_REQUESTED, proposal.head()));
    }

    @Test
    void doesNotCountFromStrangersMachinesAndThoseWhoAreGone() {
        gitlab.project.levels.put("stranger", 20);
        gitlab.project.bots.add("robot");
        for (String user : List.of("stranger", "robot", "project_7_bot_1a2b", "erin")) {
            approve(user);
        }
        approve("bob");
        gitlab.project.states.put("bob", "blocked");

        assertThat(approvers()).containsExactly("erin");
        assertThat(read().reviews())
                .contains(new Review(
                        new UserId("stranger"),
                        Review.State.COMMENTED,
                        proposal.head(),
                        Set.of(),
                        Review.Heed.STRANGER));
    }

    @Test
    void knowsGroupsByTheirMembers() {
        gitlab.project.levels.put("dora", 0);
        gitlab.project.groups.put("acme/model/risk", List.of("dora"));
        rig.push(
                "alice",
                "main",
                rig.head(
                        "alice",
                        SourceFile.of(
                                "registry.yaml",
                                GitlabHostTest.REGISTRY + "teams: {risk: [acme/model/risk, acme/none]}\n")));

        approve("dora");

        assertThat(read().reviews())
                .containsExactly(new Review(
                        new UserId("dora"),
                        Review.State.APPROVED,
                        proposal.head(),
                        Set.of(new Team("acme/model/risk"))));
    }

    @Test
    void knowsARenamedUserByTheAccount() {
        long account = gitlab.account("eve-married");
        rig.push(
                "alice",
                "main",
                rig.head(
                        "alice",
                        SourceFile.of(
                                "registry.yaml",
                                GitlabHostTest.REGISTRY
                                        .replace("people: [", "people: [{id: eve, account: " + account + "}, ")
                                        .replace("[bob, carol]", "[eve]"))));

        approve("eve-married");

        assertThat(approvers()).containsExactly("eve");
    }

    @Test
    void cannotBeGivenByWhoMadeIt() {
        rig.clone("bob").refreshNow();
        CommitId bobs = rig.commit(
                "bob",
                new Author("alice", "alice@acme.example"),
                List.of(proposal.head()),
                "As alice",
                HostRig.file("bobs"));
        rig.push("bob", "alice/one", bobs);
        rig.clone("alice").refreshNow();
        long carol = gitlab.account("carol");
        CommitId daves = rig.commit(
                "alice", new Author("D", "dave@acme.example"), List.of(bobs), "By dave", HostRig.file("daves"));
        CommitId carols = rig.commit(
                "alice",
                new Author("C", carol + "-carol@users.noreply.git.acme.example"),
                List.of(daves),
                "By carol",
                HostRig.file("carols"));
        rig.push("alice", "alice/one", carols);

        Proposal now = read();

        for (String maker : List.of("alice", "bob", "carol", "dave")) {
            assertThat(now.participants().include(new UserId(maker))).as(maker).isTrue();
        }
        assertThat(now.participants().lastPusher()).contains(new UserId("alice"));
        assertThat(now.participants().include(new UserId("erin"))).isFalse();
    }

    @Test
    void knowsThePusherByTheNoteWhereEventsAreHidden() {
        gitlab.project.hidesEvents = true;
        assertThat(read().participants().lastPusher()).contains(new UserId("alice"));
        rig.clone("bob").refreshNow();
        rig.push("bob", "alice/one", rig.commit("bob", List.of(proposal.head()), "More", HostRig.file("more")));

        assertThat(read().participants().lastPusher()).contains(new UserId("bob"));
        rig.push("bob", "alice/one", proposal.head());
        GitHostContract.assertTrouble(io.modelgate.finding.RegistryException.Kind.CONFLICT, this::read);
    }

    @Test
    void isFoundAmongManyNotes() {
        push("More");
        for (int i = 0; i < 130; i++) {
            gitlab.note(kept(), "erin", "Remark " + i, false);
        }
        approve("bob");
        assertThat(approvers()).containsExactly("bob");
        for (int i = 0; i < 130; i++) {
            gitlab.note(kept(), "erin", "Remark " + i, false);
        }
        push("Even more");

        assertThat(approvers()).isEmpty();
    }

    @Test
    void isRefusedInWords() {
        gitlab.refusals.put("POST .*/approve", PlayedHost.Reply.trouble(401, "401 Unauthorized"));
        GitHostContract.assertTrouble(io.modelgate.finding.RegistryException.Kind.ENVIRONMENT, () -> approve("bob"))
                .hasMessageContaining("does not let you approve proposal 1");
        gitlab.refusals.put("POST .*/approve", PlayedHost.Reply.trouble(409, "SHA does not match HEAD"));
        GitHostContract.assertTrouble(io.modelgate.finding.RegistryException.Kind.CONFLICT, () -> approve("bob"));
        assertThat(Optional.of(kept().approvals)).contains(Map.of());
    }

    @Test
    void ordersOfAReviewAreItsOwn() {
        rig.client("erin")
                .post(
                        "/projects/acme%2Fmodels/merge_requests/1/notes",
                        Json.object("body", "/submit_review requested_changes"));

        assertThat(read().reviews())
                .containsExactly(new Review(new UserId("erin"), Review.State.CHANGES_REQUESTED, proposal.head()));
    }
}
