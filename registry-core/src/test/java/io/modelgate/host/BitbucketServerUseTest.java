package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the gate and its people need of a played Bitbucket Data Center. */
class BitbucketServerUseTest extends OnBitbucketServer {
    @Test
    void saysWhichCheckRefusesAMerge() {
        Proposal proposal = rig.open("one");
        played.beforeMerge = Optional.of(() -> played.proposals.get(proposal.number()).draft = true);

        assertThat(rig.host("carol").merge(rig.merging(proposal)))
                .isEqualTo(new MergeResult.Refused("A merge check vetoed the merge. It is a draft."));
    }

    @Test
    void knowsAGroupByItsMembers() {
        played.settings.readers.add("dora");
        played.settings.groups.put("model-risk", Set.of("dora"));
        SourceFile governed =
                SourceFile.of("registry.yaml", BitbucketServerHostTest.REGISTRY + "teams: {risk: [model-risk]}\n");
        rig.push("alice", "main", rig.head("alice", governed));
        Proposal proposal = rig.open("one");
        rig.approve("dora", proposal);

        assertThat(rig.read(proposal).reviews())
                .containsExactly(new Review(
                        new UserId("dora"), Review.State.APPROVED, proposal.head(), Set.of(new Team("model-risk"))));
    }

    @Test
    void showsAnyTitleAndDescription() {
        Proposal proposal = rig.open("one");
        String nasty = "<script>alert(1)</script> @bob [x](javascript:alert(1)) `" + "a".repeat(200);
        change(proposal, "title", nasty, "description", "\u202e".repeat(10) + "x".repeat(70_000));

        Proposal read = rig.read(proposal);

        assertThat(read.title()).isEqualTo(nasty);
        assertThat(read.text().description().length()).isLessThanOrEqualTo(60_000);
    }

    @Test
    void readsAllPages() {
        played.longestPage = 2;
        Proposal first = rig.open("one");
        for (int i = 2; i <= 5; i++) {
            rig.open("alice", "s" + i, rig.head("alice", HostRig.file("s" + i)));
        }
        for (int i = 0; i < 5; i++) {
            rig.host("bob").review(first.number(), new ReviewDraft(Review.State.COMMENTED, "Remark " + i));
        }
        rig.host("bob").comment(first.number(), "<!-- modelgate/gate -->", "one\n");
        rig.host("bob").comment(first.number(), "<!-- modelgate/gate -->", "two\n");

        assertThat(rig.host("carol").list(Proposal.State.OPEN)).hasSize(5);
        played.longestPage = 1000;
        assertThat(commentsOf(first)).hasSize(6).contains("bob: [//]: # (modelgate/gate)\n\ntwo\n");
    }

    private List<String> commentsOf(Proposal proposal) {
        return rig.client("carol")
                .get(PULLS + proposal.number() + "/activities?limit=1000")
                .elements("values")
                .filter(each -> !each.at("comment").isEmpty())
                .map(each -> each.text("comment.author.name").orElse("") + ": "
                        + each.text("comment.text").orElse(""))
                .toList();
    }

    @Test
    void editsItsOneCommentAndNobodyElses() {
        Proposal proposal = rig.open("one");
        String marker = "<!-- modelgate/gate -->";
        rig.client("alice")
                .post(PULLS + proposal.number() + "/comments", Json.object("text", "[//]: # (modelgate/gate)\n\npass"));

        for (String verdict : List.of("pending", "pending", "pass")) {
            rig.host("carol").comment(proposal.number(), marker, "Modelgate: " + verdict + "\n");
        }

        assertThat(commentsOf(proposal))
                .containsExactly(
                        "carol: [//]: # (modelgate/gate)\n\nModelgate: pass\n",
                        "alice: [//]: # (modelgate/gate)\n\npass");
    }

    @Test
    void setsOneStatusWhateverIsSaid() {
        Proposal proposal = rig.open("one");
        rig.host("carol").status(proposal.head(), new Status(Status.State.PENDING, "One more approval."));
        rig.host("carol").status(proposal.head(), new Status(Status.State.FAILURE, "x".repeat(1_000)));

        assertThat(played.builds).containsOnlyKeys(proposal.head() + " modelgate/gate");
        Map<String, Object> build = played.builds.get(proposal.head() + " modelgate/gate");
        assertThat(build).containsEntry("state", "FAILED").containsEntry("parent", "modelgate/gate");
        assertThat(build.get("description").toString().length()).isLessThanOrEqualTo(255);
    }

    @Test
    void saysWhatIsWrongInTheHostsWords() {
        Proposal proposal = rig.open("one");
        HostClient nobody = new HostClient(java.net.URI.create(played.url() + "/rest"), Map.of(), Clock.systemUTC());

        assertThatThrownBy(() -> nobody.get(PULLS + proposal.number()))
                .hasMessageContaining("does not know who you are (401: Requires authentication)");
        assertThatThrownBy(() -> rig.host("carol").protect(Optional.empty()))
                .hasMessageContaining("You are not permitted to access this resource");
        assertThatThrownBy(() -> rig.client("carol").get(PULLS + "99")).hasMessageContaining("has nothing at");
        assertThatThrownBy(() -> rig.client("carol").post(PULLS + proposal.number() + "/decline?version=77", ""))
                .hasMessageContaining("out-of-date information");
    }

    @Test
    void verifiesWithAtMostTwelveRequests() {
        Proposal proposal = rig.open("one");
        rig.approve("dora", proposal);
        HostClient client = rig.client("carol");
        int before = client.requests();

        GitHost host = rig.host("carol");
        Proposal read = host.read(proposal.number());
        host.status(read.head(), new Status(Status.State.SUCCESS, "It can be merged."));
        host.comment(proposal.number(), "<!-- modelgate/gate -->", "pass\n");

        assertThat(client.requests() - before).isLessThanOrEqualTo(12);
    }

    @Test
    void asksOnceWhenNothingChanged() {
        Proposal one = rig.open("one");
        Proposal two = rig.open("alice", "two", rig.head("alice", HostRig.file("two")));
        Changes all = rig.host("carol").changes("");
        assertThat(all.proposals()).containsExactly(one.number(), two.number());
        int before = rig.client("carol").requests();

        Changes none = rig.host("carol").changes(all.cursor());

        assertThat(none.proposals()).isEmpty();
        assertThat(rig.client("carol").requests() - before).isEqualTo(1);
        rig.approve("bob", one);
        Changes approved = rig.host("carol").changes(none.cursor());
        assertThat(approved.proposals()).containsExactly(one.number());
        rig.host("alice").close(two.number());
        assertThat(rig.host("carol").changes(approved.cursor()).proposals()).containsExactly(two.number());
    }

    @Test
    void setsAndSeesWhatProtectsTheTarget() {
        rig.host("gate").me();
        List<Safeguard> bare = rig.host("alice").safeguards();
        assertThat(bare)
                .filteredOn(each -> each.state() == Safeguard.State.MISSING)
                .extracting(Safeguard::name)
                .containsExactly("required check", "pushes", "history", "deletion", "merge commits");

        rig.host("alice").protect(Optional.of("gate"));
        rig.host("alice").protect(Optional.of("gate"));

        assertThat(rig.host("alice").safeguards())
                .allMatch(each -> each.state() == Safeguard.State.HOLDS)
                .extracting(Safeguard::said)
                .contains("only gate may merge");
        assertThat(played.settings.restrictions).hasSize(4);
        assertThat(played.settings.permissions).containsEntry("gate", "REPO_WRITE");
        assertThat(rig.host("carol").safeguards())
                .extracting(Safeguard::name)
                .containsExactly("required check", "protection", "merge commits");
    }
}
