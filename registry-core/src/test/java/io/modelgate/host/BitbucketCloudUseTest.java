package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.policy.Review;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the gate and its people need of a played Bitbucket Cloud. */
class BitbucketCloudUseTest extends OnBitbucketCloud {
    private static final String MARKER = "<!-- modelgate/gate -->";

    private List<String> comments(Proposal proposal) {
        return played.proposals.get(proposal.number()).comments.values().stream()
                .map(said -> said[0] + ": " + said[1])
                .toList();
    }

    @Test
    void showsAnyTitleAndDescription() {
        Proposal proposal = rig.open("one");
        String nasty = "<script>alert(1)</script> @{557058:bob} [x](javascript:alert(1)) `" + "a".repeat(200);
        HostClient client = rig.client("alice");
        String body = Json.object("title", nasty, "description", "\u202e".repeat(10) + "x".repeat(70_000));
        client.require(client.ask("PUT", PULLS + proposal.number(), body), "change");

        Proposal read = rig.host("carol").read(proposal.number());

        assertThat(read.title()).isEqualTo(nasty);
        assertThat(read.text().description().length()).isLessThanOrEqualTo(60_000);
    }

    @Test
    void readsAllPages() {
        played.longestPage = 2;
        Proposal first = rig.open("one");
        for (int i = 2; i <= 5; i++) {
            rig.open("s" + i);
        }
        for (int i = 0; i < 5; i++) {
            rig.host("bob").review(first.number(), new ReviewDraft(Review.State.COMMENTED, "Remark " + i));
        }
        rig.host("bob").comment(first.number(), MARKER, "one\n");
        rig.host("bob").comment(first.number(), MARKER, "two\n");

        assertThat(rig.host("carol").list(Proposal.State.OPEN)).hasSize(5);
        assertThat(comments(first)).hasSize(6).contains("bob: [//]: # (modelgate/gate)\n\ntwo\n");
        // The next page is asked of this host, wherever its address points.
        assertThat(played.asked).anyMatch(each -> each.contains("page=2"));
    }

    @Test
    void editsItsOneCommentAndNobodyElses() {
        Proposal proposal = rig.open("one");
        rig.client("alice")
                .post(
                        PULLS + proposal.number() + "/comments",
                        Json.object("content", Json.nested("raw", "[//]: # (modelgate/gate)\n\npass")));

        for (String verdict : List.of("pending", "pending", "pass")) {
            rig.host("carol").comment(proposal.number(), MARKER, "Modelgate: " + verdict + "\n");
        }

        assertThat(comments(proposal))
                .containsExactly(
                        "alice: [//]: # (modelgate/gate)\n\npass",
                        "carol: [//]: # (modelgate/gate)\n\nModelgate: pass\n");
    }

    @Test
    void setsOneStatusWhateverIsSaid() {
        Proposal proposal = rig.open("one");
        rig.host("carol").status(proposal.head(), new Status(Status.State.PENDING, "One more approval."));
        rig.host("carol").status(proposal.head(), new Status(Status.State.FAILURE, "x".repeat(1_000)));

        assertThat(played.statuses).containsOnlyKeys(proposal.head() + " modelgate/gate");
        Map<String, Object> status = played.statuses.get(proposal.head() + " modelgate/gate");
        assertThat(status).containsEntry("state", "FAILED");
        assertThat(status.get("description").toString().length()).isLessThanOrEqualTo(255);
    }

    @Test
    void saysWhatIsWrongInTheHostsWords() {
        Proposal proposal = rig.open("one");
        HostClient nobody = new HostClient(URI.create(played.url() + "/2.0"), Map.of(), Clock.systemUTC());

        assertThatThrownBy(() -> nobody.get(PULLS + proposal.number()))
                .hasMessageContaining("does not know who you are (401: Requires authentication)");
        assertThatThrownBy(() -> rig.host("carol").protect(Optional.empty()))
                .hasMessageContaining("You may not do that")
                .hasMessageContaining("You are no administrator of this repository.");
        assertThatThrownBy(() -> rig.client("carol").get(PULLS + "99")).hasMessageContaining("has nothing at");
    }

    @Test
    void verifiesWithAtMostTwelveRequests() {
        Proposal proposal = rig.open("one");
        rig.review("dora", proposal, Review.State.APPROVED);
        HostClient client = rig.client("carol");
        int before = client.requests();

        GitHost host = rig.host("carol");
        Proposal read = host.read(proposal.number());
        host.status(read.head(), new Status(Status.State.SUCCESS, "It can be merged."));
        host.comment(proposal.number(), MARKER, "pass\n");

        assertThat(client.requests() - before).isLessThanOrEqualTo(12);
    }

    @Test
    void asksOnceWhenNothingChanged() {
        Proposal one = rig.open("one");
        Proposal two = rig.open("two");
        Changes all = rig.host("carol").changes("");
        assertThat(all.proposals()).containsExactly(one.number(), two.number());
        int before = rig.client("carol").requests();

        Changes none = rig.host("carol").changes(all.cursor());

        assertThat(none.proposals()).isEmpty();
        assertThat(rig.client("carol").requests() - before).isEqualTo(1);
        rig.review("bob", one, Review.State.APPROVED);
        Changes approved = rig.host("carol").changes(none.cursor());
        assertThat(approved.proposals()).containsExactly(one.number());
        rig.review("bob", one, Review.State.DISMISSED);
        Changes withdrawn = rig.host("carol").changes(approved.cursor());
        assertThat(withdrawn.proposals()).containsExactly(one.number());
        rig.host("alice").close(two.number());
        assertThat(rig.host("carol").changes(withdrawn.cursor()).proposals()).containsExactly(two.number());
    }

    @Test
    void tellsOfAllWhenMoreHappenedThanOnePageHolds() {
        Proposal one = rig.open("one");
        Proposal two = rig.open("two");
        Changes all = rig.host("carol").changes("");
        for (int i = 0; i < 51; i++) {
            played.update(played.proposals.get(two.number()), "alice");
        }

        assertThat(rig.host("carol").changes(all.cursor()).proposals()).containsExactly(one.number(), two.number());
    }

    @Test
    void setsAndSeesWhatProtectsTheTarget() {
        rig.host("gate").me();
        assertThat(rig.host("alice").safeguards())
                .filteredOn(each -> each.state() == Safeguard.State.MISSING)
                .extracting(Safeguard::name)
                .containsExactly("required check", "pushes", "history", "deletion", "stale approvals", "merge commits");

        rig.host("alice").protect(Optional.of("gate"));
        rig.host("alice").protect(Optional.of("gate"));

        assertThat(rig.host("alice").safeguards())
                .filteredOn(each -> each.state() != Safeguard.State.HOLDS)
                .extracting(Safeguard::name)
                .containsExactly("merge commits");
        assertThat(played.restrictions).hasSize(7);
        assertThat(rig.host("carol").safeguards())
                .extracting(Safeguard::name)
                .containsExactly("protection", "merge commits");
    }

    @Test
    void letsNobodyBeTheGateWhoSharesANickname() {
        rig.host("gate").me();
        rig.host("mallory").me();
        played.nicknames.put("mallory", "gate");

        GitHostContract.assertTrouble(
                RegistryException.Kind.USAGE, () -> rig.host("alice").protect(Optional.of("gate")));
    }
}
