// Longer than 400 lines: one attack after another on the same real Gitea, and the steps that they share.
package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody with the right to write tries on a real Gitea to get merged what nobody approved. It is long since all of it
 * shares one Gitea, which takes seconds to start.
 */
class GiteaAttackTest {
    private static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            host: {kind: gitea, url: "https://git.acme.example"}
            people: [{id: alice, emails: [alice@acme.example]}]
            roles: {reviewer: [bob, carol]}
            """;

    @TempDir
    Path folder;

    private GiteaRig rig;

    @BeforeEach
    void init() {
        rig = new GiteaRig(folder, SourceFile.of("registry.yaml", REGISTRY));
    }

    @AfterEach
    void close() {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    void doesNotMergeAHeadThatMovedSinceItWasJudged() {
        Proposal judged = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        CommitId target = rig.target();
        rig.push("alice", "alice/one", rig.commit("alice", List.of(judged.head()), "More", HostRig.file("more")));

        assertThat(rig.merge(judged, target)).isInstanceOf(MergeResult.Moved.class);
        assertThat(rig.target()).isEqualTo(target);
    }

    @Test
    void leavesAnApprovalWithItsHeadWhateverDateTheNextCommitHas() {
        Proposal old = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        rig.approve("bob", old);
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        CommitId backDated = rig.clone("alice")
                .commit(
                        rig.clone("alice").snapshot(old.head()),
                        new io.modelgate.git.CommitDraft(
                                "Nothing new\n",
                                new Author("alice", "alice@acme.example"),
                                longAgo,
                                List.of(old.head())));
        rig.push("alice", "alice/one", backDated);

        Proposal moved = rig.read(old);

        assertThat(moved.head()).isEqualTo(backDated);
        assertThat(moved.reviews())
                .filteredOn(review -> review.commit().equals(moved.head()))
                .isEmpty();
    }

    @Test
    void namesAsParticipantWhoeverPushedToIt() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        rig.clone("bob").refreshNow();
        CommitId pretending = rig.commit(
                "bob",
                new Author("alice", "alice@acme.example"),
                List.of(proposal.head()),
                "As if it were alice's",
                HostRig.file("bobs"));
        rig.push("bob", "alice/one", pretending);

        Proposal moved = rig.read(proposal);

        assertThat(moved.head()).isEqualTo(pretending);
        assertThat(moved.participants().include(new UserId("bob"))).isTrue();
        assertThat(moved.participants().lastPusher()).contains(new UserId("bob"));
    }

    @Test
    void knowsWhoPushedWhileTheProposalWasClosed() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        String path = rig.api("/pulls/" + proposal.number());
        rig.client("alice").patch(path, Json.object("state", "closed"));
        rig.clone("bob").refreshNow();
        CommitId pretending = rig.commit(
                "bob",
                new Author("alice", "alice@acme.example"),
                List.of(proposal.head()),
                "As if it were alice's",
                HostRig.file("bobs"));
        rig.push("bob", "alice/one", pretending);
        rig.client("alice").patch(path, Json.object("state", "open"));

        assertThat(rig.read(proposal).participants().include(new UserId("bob"))).isTrue();
    }

    @Test
    void namesAsParticipantAnAccountWhoseAddressACommitHas() {
        rig.gitea.token("carol");
        CommitId head = rig.commit(
                "alice",
                new Author("anybody", "carol@acme.example"),
                List.of(rig.target()),
                "By carol",
                HostRig.file("one"));

        Proposal proposal = rig.open("alice", "one", head);

        assertThat(rig.host("bob").read(proposal.number()).participants().include(new UserId("carol")))
                .isTrue();
    }

    @Test
    void readsNoProposalForAnotherBranch() {
        rig.push("alice", "elsewhere", rig.target());
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        CommitId target = rig.target();
        rig.client("alice").patch(rig.api("/pulls/" + proposal.number()), Json.object("base", "elsewhere"));

        GitHostContract.assertTrouble(RegistryException.Kind.NOT_FOUND, () -> rig.read(proposal));
        assertThat(rig.merge(proposal, target)).isInstanceOf(MergeResult.Refused.class);
        assertThat(rig.host("bob").list(Proposal.State.OPEN)).isEmpty();
    }

    @Test
    void seesAPushBetweenClosingAndOpeningAgain() {
        Proposal approved = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        rig.approve("bob", approved);
        String path = rig.api("/pulls/" + approved.number());
        rig.client("alice").patch(path, Json.object("state", "closed"));
        CommitId other = rig.commit("alice", List.of(approved.head()), "More", HostRig.file("more"));
        rig.push("alice", "alice/one", other);
        rig.client("alice").patch(path, Json.object("state", "open"));

        Proposal again = rig.read(approved);

        assertThat(again.reviews())
                .filteredOn(review -> review.commit().equals(again.head()))
                .isEmpty();
        assertThat(rig.merge(approved, rig.target())).isInstanceOf(MergeResult.Moved.class);
    }

    @Test
    void doesNotMergeADraft() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        rig.client("alice")
                .patch(rig.api("/pulls/" + proposal.number()), Json.object("title", "WIP: " + proposal.title()));

        assertThat(rig.merge(proposal, rig.target())).isEqualTo(new MergeResult.Refused("it is a draft"));
    }

    @Test
    void countsNoApprovalOfAStranger() {
        rig.gitea.token("stranger");
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));

        rig.approve("stranger", proposal);

        assertThat(rig.read(proposal).reviews())
                .containsExactly(new Review(
                        new UserId("stranger"),
                        Review.State.COMMENTED,
                        proposal.head(),
                        Set.of(),
                        Review.Heed.STRANGER));
    }

    @Test
    void countsNoApprovalThatWasDismissedOrTakenBack() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        rig.approve("bob", proposal);
        rig.approve("carol", proposal);
        HostClient administrator = rig.gitea.administrator();
        Json review = administrator
                .all(rig.api("/pulls/" + proposal.number() + "/reviews"), 10)
                .get(0);
        administrator.post(
                rig.api("/pulls/" + proposal.number() + "/reviews/"
                        + review.integer("id").orElseThrow() + "/dismissals"),
                Json.object("message", "No."));
        rig.host("carol")
                .review(proposal.number(), new ReviewDraft(Review.State.DISMISSED, "", Optional.of(proposal.head())));

        assertThat(rig.read(proposal).reviews()).extracting(Review::state).doesNotContain(Review.State.APPROVED);
    }

    @Test
    void knowsATeamByItsMembers() {
        HostClient administrator = rig.gitea.administrator();
        String organisation = "org-" + rig.repository.replaceAll(".*-", "");
        administrator.post("/orgs", Json.object("username", organisation));
        Json team = administrator.post(
                "/orgs/" + organisation + "/teams",
                Json.object("name", "risk", "permission", "read", "units", List.of("repo.code")));
        rig.gitea.token("dora");
        administrator.require(
                administrator.ask("PUT", "/teams/" + team.integer("id").orElseThrow() + "/members/dora", ""), "team");
        administrator.require(
                administrator.ask("PUT", "/teams/" + team.integer("id").orElseThrow() + "/members/carol", ""), "team");
        CommitId governed = rig.head(
                "alice", SourceFile.of("registry.yaml", REGISTRY + "teams: {risk: [" + organisation + "/risk]}\n"));
        rig.push("alice", "main", governed);
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));

        rig.approve("dora", proposal);

        assertThat(rig.read(proposal).reviews())
                .containsExactly(new Review(
                        new UserId("dora"),
                        Review.State.APPROVED,
                        proposal.head(),
                        java.util.Set.of(new Team(organisation + "/risk"))));
    }

    @Test
    void knowsARenamedUserByTheAccountAndNobodyByTheName() {
        String name = "eve-" + rig.repository.replaceAll(".*-", "");
        rig.gitea.token(name);
        HostClient administrator = rig.gitea.administrator();
        long account = administrator.get("/users/" + name).integer("id").orElseThrow();
        CommitId governed = rig.head(
                "alice",
                SourceFile.of(
                        "registry.yaml",
                        REGISTRY.replace("people: [", "people: [{id: " + name + ", account: " + account + "}, ")
                                .replace("[bob, carol]", "[" + name + "]")));
        rig.push("alice", "main", governed);
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        rig.approve(name, proposal);
        administrator.post("/admin/users/" + name + "/rename", Json.object("new_username", name + "-married"));

        assertThat(rig.read(proposal).reviews())
                .containsExactly(new Review(new UserId(name), Review.State.APPROVED, proposal.head()));
        assertThat(new Accounts(new HostedRepository(rig.clone("carol"), "main").governance()).user(account + 1, name))
                .isEqualTo(new UserId("account-" + (account + 1)));
    }

    @Test
    void isNotMisledByABranchNamedLikeACommit() {
        CommitId head = rig.head("alice", HostRig.file("one"));
        Proposal proposal = rig.open("alice", "one", head);
        CommitId other = rig.head("alice", HostRig.file("other"));
        rig.clone("alice").publish(List.of(RefChange.create("refs/heads/" + head, other)));

        assertThat(rig.read(proposal).head()).isEqualTo(head);
        MergeResult merged = rig.merge(proposal, rig.target());

        assertThat(merged).isInstanceOf(MergeResult.Merged.class);
        rig.clone("alice").refreshNow();
        assertThat(rig.clone("alice")
                        .facts(((MergeResult.Merged) merged).commit())
                        .parents())
                .contains(head);
    }

    @Test
    void readsAProposalFromAFork() {
        rig.gitea.token("outsider");
        rig.client("outsider").post(rig.api("/forks"), Json.object("name", "fork-" + rig.repository.replace('/', '-')));
        String fork = "outsider/fork-" + rig.repository.replace('/', '-');
        CommitId head = rig.head("outsider", SourceFile.of("policies/mine.yaml", "kind: Policy\n"));
        try (io.modelgate.git.RegistryRepository own = io.modelgate.git.Repositories.cached(
                rig.gitea.address(fork),
                folder.resolve("fork"),
                java.util.Map.of("MODELGATE_TOKEN", rig.gitea.token("outsider"), "HOME", folder.toString()))) {
            CommitId same = own.commit(
                    own.edit(
                            own.snapshot(own.ref("refs/heads/main").orElseThrow()),
                            io.modelgate.git.TreeEdit.of(
                                    List.of(SourceFile.of("policies/mine.yaml", "kind: Policy\n")))),
                    new io.modelgate.git.CommitDraft(
                            "Mine\n",
                            new Author("outsider", "outsider@acme.example"),
                            Instant.parse("2026-11-23T11:00:00Z"),
                            List.of(own.ref("refs/heads/main").orElseThrow())));
            own.publish(List.of(RefChange.create("refs/heads/promote", same)));
            Json made = rig.client("outsider")
                    .post(
                            rig.api("/pulls"),
                            Json.object("head", "outsider:promote", "base", "main", "title", "Mine", "body", ""));

            Proposal proposal =
                    rig.host("bob").read(made.integer("number").orElseThrow().intValue());

            assertThat(proposal.head()).isEqualTo(same);
            assertThat(proposal.participants().author()).isEqualTo(new UserId("outsider"));
            assertThat(rig.clone("bob").snapshot(same).read("policies/mine.yaml"))
                    .isPresent();
        }
        assertThat(head).isNotNull();
    }

    @Test
    void showsAnyTitleAndDescription() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        String nasty = "<script>alert(1)</script> @bob [x](javascript:alert(1)) `" + "a".repeat(200);
        rig.client("alice")
                .patch(
                        rig.api("/pulls/" + proposal.number()),
                        Json.object("title", nasty, "body", "\u202e".repeat(10) + "x".repeat(70_000)));

        Proposal read = rig.read(proposal);

        assertThat(read.title()).startsWith("<script>");
        assertThat(read.text().description().length()).isLessThanOrEqualTo(60_000);
    }

    @Test
    void editsItsOneCommentAndNobodyElses() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        String marker = "<!-- modelgate/gate -->";
        String comments = rig.api("/issues/" + proposal.number() + "/comments");
        rig.client("alice").post(comments, Json.object("body", marker + "\n## Modelgate: pass, says alice"));

        for (String verdict : List.of("pending", "pending", "pass")) {
            rig.host("carol").comment(proposal.number(), marker, "Modelgate: " + verdict + "\n");
        }

        assertThat(rig.client("bob").all(comments, 10))
                .extracting(json -> json.text("user.login").orElse("") + ": "
                        + json.text("body")
                                .orElse("")
                                .lines()
                                .skip(1)
                                .findFirst()
                                .orElse(""))
                .containsExactly("alice: ## Modelgate: pass, says alice", "carol: Modelgate: pass");
    }

    @Test
    void tellsWhatTheHostMergedOntoAnotherTarget() {
        Proposal first = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        Proposal second = rig.open("alice", "two", rig.head("alice", HostRig.file("two")));
        CommitId judged = rig.target();
        rig.merge(first, judged);
        CommitId moved = rig.target();
        // As if the second merge had begun before the first was done: the host is asked past the adapter's own look.
        String merging =
                Json.object("Do", "merge", "head_commit_id", second.head().toString());
        io.modelgate.git.Backoff backoff = new io.modelgate.git.Backoff();
        while (!rig.client("carol")
                        .ask("POST", rig.api("/pulls/" + second.number() + "/merge"), merging)
                        .ok()
                && backoff.again()) {
            // The host looks whether it can be merged.
        }
        CommitId commit = rig.target();

        MergeResult result = new HostedRepository(rig.clone("carol"), "main")
                .merged(new MergeRequest(second.number(), second.head(), judged, "Merge\n"), commit);

        assertThat(result).isEqualTo(new MergeResult.MergedOnto(commit, moved));
    }

    @Test
    void verifiesWithAtMostTwelveRequests() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        rig.approve("bob", proposal);
        HostClient client = rig.client("carol");
        int before = client.requests();

        GitHost host = rig.host("carol");
        Proposal read = host.read(proposal.number());
        host.status(read.head(), new Status(Status.State.SUCCESS, "It can be merged."));
        host.comment(proposal.number(), "<!-- modelgate/gate -->", "pass\n");

        assertThat(client.requests() - before).isLessThanOrEqualTo(12);
    }

    @Test
    void verifiesALongProposalWithAtMostTwelveRequests() {
        rig.gitea.token("carol");
        CommitId head = rig.target();
        for (int i = 0; i < 300; i++) {
            Author author = new Author("anybody", (i == 150 ? "carol" : "alice") + "@acme.example");
            head = rig.commit("alice", author, List.of(head), "More", SourceFile.of("a.txt", i + "\n"));
        }
        Proposal proposal = rig.open("alice", "long", head);
        for (int i = 0; i < 60; i++) {
            rig.host("bob")
                    .review(
                            proposal.number(),
                            new ReviewDraft(Review.State.COMMENTED, "Remark.", Optional.of(proposal.head())));
        }
        int before = rig.client("bob").requests();

        Proposal read = rig.host("bob").read(proposal.number());

        // Git asks three times more.
        assertThat(rig.client("bob").requests() - before).isLessThanOrEqualTo(12 - 3);
        assertThat(read.participants().include(new UserId("carol"))).isTrue();
        assertThat(read.reviews()).isNotEmpty();
    }

    @Test
    void readsNoProposalAgainThatOnlyItsOwnCommentTouched() throws InterruptedException {
        Proposal one = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        GitHost host = rig.host("carol");
        Changes all = host.changes("");
        host.read(one.number());
        host.comment(one.number(), "<!-- modelgate/gate -->", "pending\n");
        int before = rig.client("carol").requests();

        Changes own = host.changes(all.cursor());

        assertThat(own.proposals()).isEmpty();
        assertThat(rig.client("carol").requests() - before).isEqualTo(2);
        rig.approve("bob", one);
        host.comment(one.number(), "<!-- modelgate/gate -->", "pass\n"); // hides when bob came
        assertThat(host.changes(own.cursor()).proposals()).containsExactly(one.number());
    }

    @Test
    void asksOnceWhenNothingChanged() throws InterruptedException {
        Proposal one = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        Changes all = rig.host("carol").changes("");
        assertThat(all.proposals()).containsExactly(one.number());
        Thread.sleep(5_000);
        Changes settled = rig.host("carol").changes(all.cursor());
        int before = rig.client("carol").requests();

        Changes none = rig.host("carol").changes(settled.cursor());

        assertThat(none.proposals()).isEmpty();
        assertThat(rig.client("carol").requests() - before).isEqualTo(1);
        rig.approve("bob", one);
        Changes approved = rig.host("carol").changes(none.cursor());
        assertThat(approved.proposals()).containsExactly(one.number());
        Thread.sleep(5_000);
        Changes quiet = rig.host("carol")
                .changes(rig.host("carol").changes(approved.cursor()).cursor());
        rig.push("alice", "alice/one", rig.commit("alice", List.of(one.head()), "More", HostRig.file("more")));
        Thread.sleep(4_000);
        assertThat(rig.host("carol").changes(quiet.cursor()).proposals()).containsExactly(one.number());
    }

    @Test
    void countsNoApprovalOfWhatWasToBeMergedElsewhere() {
        rig.push("alice", "other", rig.target());
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        String path = rig.api("/pulls/" + proposal.number());
        rig.client("alice").patch(path, Json.object("base", "other"));
        rig.client("bob")
                .post(
                        path + "/reviews",
                        Json.object(
                                "event",
                                "APPROVED",
                                "body",
                                "",
                                "commit_id",
                                proposal.head().toString()));
        rig.client("alice").patch(path, Json.object("base", "main"));
        assertThat(rig.read(proposal).reviews())
                .filteredOn(review -> review.state() == Review.State.APPROVED)
                .isEmpty();

        rig.approve("carol", proposal);
        assertThat(rig.read(proposal).reviews())
                .filteredOn(review -> review.state() == Review.State.APPROVED)
                .extracting(Review::by)
                .containsExactly(new UserId("carol"));
    }

    @Test
    void readsWhatStandsBehindManyRemarks() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        for (int i = 0; i < 60; i++) {
            rig.client("alice")
                    .post(
                            rig.api("/pulls/" + proposal.number() + "/reviews"),
                            Json.object(
                                    "event",
                                    "COMMENT",
                                    "body",
                                    "c" + i,
                                    "commit_id",
                                    proposal.head().toString()));
        }
        rig.host("carol")
                .review(
                        proposal.number(),
                        new ReviewDraft(Review.State.CHANGES_REQUESTED, "No.", Optional.of(proposal.head())));

        assertThat(rig.read(proposal).reviews())
                .filteredOn(review -> review.state() == Review.State.CHANGES_REQUESTED)
                .extracting(Review::by)
                .containsExactly(new UserId("carol"));
    }

    @Test
    void forgetsWhoPushedToAnEarlierProposalOfTheSameBranch() {
        Proposal first = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        rig.clone("bob").refreshNow();
        rig.push("bob", "alice/one", rig.commit("bob", List.of(first.head()), "Help", HostRig.file("bobs")));
        Proposal moved = rig.read(first);
        assertThat(moved.participants().include(new UserId("bob"))).isTrue();
        assertThat(rig.merge(moved, rig.target())).isInstanceOf(MergeResult.Merged.class);
        rig.clone("alice").refreshNow();

        Proposal second = rig.open("alice", "one", rig.head("alice", HostRig.file("again")));

        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(rig.read(second).participants().include(new UserId("bob"))).isFalse();
    }

    @Test
    void noticesAStatusThatSomebodyElseSet() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        GitHost gate = rig.host("carol");
        gate.status(proposal.head(), new Status(Status.State.PENDING, "1 more approval needed."));
        assertThat(gate.stands(proposal.head(), Status.State.PENDING)).isTrue();
        assertThat(gate.stands(proposal.head(), Status.State.SUCCESS)).isFalse();

        rig.host("alice").status(proposal.head(), new Status(Status.State.PENDING, "Mine."));
        assertThat(gate.stands(proposal.head(), Status.State.PENDING)).isFalse();
    }

    @Test
    void keepsItsCommentThoughSomebodyTakesTheMarkerOut() {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", HostRig.file("one")));
        rig.host("carol").comment(proposal.number(), "<!-- m -->", "fail");
        String comments = rig.api("/issues/" + proposal.number() + "/comments");
        long id = rig.client("alice").all(comments, 10).get(0).integer("id").orElseThrow();
        rig.gitea.administrator().patch(rig.api("/issues/comments/" + id), Json.object("body", "pass (forged)"));

        rig.host("carol").comment(proposal.number(), "<!-- m -->", "fail");

        assertThat(rig.client("alice").all(comments, 10))
                .extracting(comment -> comment.text("body").orElse(""))
                .containsExactly("<!-- m -->\nfail");
    }
}
