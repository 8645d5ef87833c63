package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitId;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What somebody with the right to write tries on a GitHub to get merged what nobody approved, and what else goes wrong there. */
class GithubAttackTest {
    private static final String PULL = "/repos/acme/models/pulls/";

    @TempDir
    Path folder;

    private PlayedRig rig;
    private PlayedGithub played;

    @BeforeEach
    void init() {
        rig = GithubHostTest.rig(folder);
        played = (PlayedGithub) rig.played;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private CommitId pushPretending(String user, Proposal proposal) {
        rig.clone(user).refreshNow();
        CommitId commit = rig.commit(
                user,
                new Author("alice", "alice@acme.example"),
                List.of(proposal.head()),
                "Alice's?",
                HostRig.file("more"));
        rig.push(user, "alice/one", commit);
        return commit;
    }

    @Test
    void leavesAnApprovalWithItsHead() {
        Proposal old = rig.open("one");
        rig.approve("bob", old);
        CommitId head = pushPretending("alice", old);

        Proposal moved = rig.read(old);

        assertThat(moved.head()).isEqualTo(head);
        assertThat(moved.reviews())
                .filteredOn(review -> review.commit().equals(head))
                .isEmpty();
    }

    @Test
    void namesAsParticipantWhoeverPushedWhateverTheCommitSays() {
        Proposal proposal = rig.open("one");
        pushPretending("bob", proposal);

        Proposal moved = rig.read(proposal);

        assertThat(moved.participants().include(new UserId("bob"))).isTrue();
        assertThat(moved.participants().lastPusher()).contains(new UserId("bob"));
    }

    @Test
    void judgesNothingWhileTheHostDoesNotSayWhoPushed() {
        Proposal proposal = rig.open("one");
        played.pushes.clear();

        GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> rig.read(proposal));
    }

    @Test
    void doesNotMergeAHeadThatMovedSinceItWasJudged() {
        Proposal judged = rig.open("one");
        CommitId target = rig.target();
        pushPretending("alice", judged);

        assertThat(rig.merge(judged, target)).isInstanceOf(MergeResult.Moved.class);
        assertThat(rig.target()).isEqualTo(target);
    }

    @Test
    void waitsUntilTheHostKnowsWhetherItCanBeMerged() {
        played.undecided = 2;

        assertThat(rig.merge(rig.open("one"), rig.target())).isInstanceOf(MergeResult.Merged.class);
    }

    @Test
    void saysInTheHostsWordsWhyItDoesNotMerge() {
        played.refusal = Optional.of("Changes must be made through the merge queue");

        assertThat(rig.merge(rig.open("one"), rig.target()))
                .isEqualTo(new MergeResult.Refused("Changes must be made through the merge queue"));
    }

    @Test
    void mergesNoDraftAndNothingThatWasRetargeted() {
        Proposal draft = rig.open("one");
        played.proposals.get(draft.number()).draft = true;
        assertThat(rig.merge(draft, rig.target())).isEqualTo(new MergeResult.Refused("it is a draft"));

        Proposal other = rig.open("two");
        rig.push("alice", "other", rig.target());
        rig.client("alice").patch(PULL + other.number(), Json.object("base", "other"));
        assertThat(rig.merge(other, rig.target()))
                .isEqualTo(new MergeResult.Refused("it asks to be merged into other"));
        GitHostContract.assertTrouble(RegistryException.Kind.NOT_FOUND, () -> rig.read(other));
    }

    @Test
    void countsNoApprovalOfWhatWasToBeMergedElsewhere() {
        rig.push("alice", "other", rig.target());
        Proposal proposal = rig.open("one");
        rig.client("alice").patch(PULL + proposal.number(), Json.object("base", "other"));
        played.asked.clear();
        rig.client("bob")
                .post(
                        PULL + proposal.number() + "/reviews",
                        Json.object(
                                "event", "APPROVE", "commit_id", proposal.head().toString()));
        rig.client("alice").patch(PULL + proposal.number(), Json.object("base", "main"));
        assertThat(rig.read(proposal).reviews()).extracting(Review::heed).containsExactly(Review.Heed.OTHER_CHANGE);

        rig.approve("bob", proposal);
        assertThat(rig.read(proposal).reviews()).extracting(Review::state).containsExactly(Review.State.APPROVED);
    }

    @Test
    void keepsChecksThatAreRequiredAlready() {
        played.protection = Optional.of(new java.util.TreeMap<>(Map.of(
                "required_status_checks",
                Map.of("strict", true, "checks", List.of(Map.of("context", "ci/other", "app_id", 7))),
                "required_pull_request_reviews",
                Map.of("required_approving_review_count", 2))));

        rig.host("root").protect(Optional.empty());

        assertThat(String.valueOf(played.protection.orElseThrow()))
                .contains("ci/other", "app_id=7", "modelgate/gate", "strict=true", "required_approving_review_count=2");
    }

    @Test
    void forgetsWhoPushedToAnEarlierProposalOfTheSameBranch() {
        Proposal first = rig.open("one");
        pushPretending("bob", first);
        Proposal moved = rig.read(first);
        assertThat(rig.merge(moved, rig.target())).isInstanceOf(MergeResult.Merged.class);
        rig.clone("alice").refreshNow();
        Proposal second = rig.open("alice", "one", rig.head("alice", HostRig.file("again")));

        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(rig.read(second).participants().include(new UserId("bob"))).isFalse();
    }

    @Test
    void judgesAnewWhatWasPushedWhileItWasClosed() {
        Proposal proposal = rig.open("one");
        rig.approve("carol", proposal);
        rig.client("alice").patch(PULL + proposal.number(), Json.object("state", "closed"));
        CommitId pushed = pushPretending("bob", proposal);
        rig.client("alice").patch(PULL + proposal.number(), Json.object("state", "open"));
        played.moved(played.proposals.get(proposal.number()), pushed);

        Proposal again = rig.host("dora").read(proposal.number());

        assertThat(again.head()).isEqualTo(pushed);
        assertThat(again.participants().lastPusher()).contains(new UserId("bob"));
        assertThat(again.reviews())
                .filteredOn(review -> review.commit().equals(pushed))
                .isEmpty();
    }

    @Test
    void countsOnlyApprovalsOfThoseWhomTheHostOrTheRegistryTrusts() {
        Proposal proposal = rig.open("one");
        played.members.add("mallory");
        played.strangers.add("eve");
        for (String user : List.of("bob", "dave", "mallory", "eve", "helper[bot]")) {
            played.proposals
                    .get(proposal.number())
                    .reviews
                    .add(new PlayedProposal.Said(PlayedProposal.nextId(), user, proposal.head(), "APPROVED"));
        }

        assertThat(rig.read(proposal).reviews())
                .filteredOn(review -> review.state() == Review.State.APPROVED)
                .extracting(Review::by)
                .containsExactly(new UserId("bob"), new UserId("dave"));
    }

    @Test
    void givesMembersOfATeamItsRole() {
        Proposal proposal = rig.open("one");
        played.strangers.add("erin");
        played.teams.put("model-risk", Set.of("erin"));
        played.proposals
                .get(proposal.number())
                .reviews
                .add(new PlayedProposal.Said(PlayedProposal.nextId(), "erin", proposal.head(), "APPROVED"));

        assertThat(rig.read(proposal).reviews())
                .extracting(Review::by, Review::state, Review::teams)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        new UserId("erin"), Review.State.APPROVED, Set.of(new Team("acme/model-risk"))));
    }

    @Test
    void readsPageAfterPage() {
        Proposal proposal = rig.open("one");
        for (int i = 0; i < 250; i++) {
            played.proposals
                    .get(proposal.number())
                    .reviews
                    .add(new PlayedProposal.Said(PlayedProposal.nextId(), "dave", proposal.head(), "COMMENTED"));
        }
        played.proposals
                .get(proposal.number())
                .reviews
                .add(new PlayedProposal.Said(PlayedProposal.nextId(), "dave", proposal.head(), "APPROVED"));

        assertThat(rig.read(proposal).reviews()).extracting(Review::state).containsExactly(Review.State.APPROVED);
    }

    @Test
    void asksLittle() {
        Proposal proposal = rig.open("one");
        rig.approve("bob", proposal);
        int before = rig.client("carol").requests();

        GitHost host = rig.host("carol");
        host.read(proposal.number());
        host.comment(proposal.number(), "<!-- m -->", "text");
        host.status(proposal.head(), new Status(Status.State.SUCCESS, "x".repeat(500)));

        assertThat(rig.client("carol").requests() - before).isLessThanOrEqualTo(12);
    }

    @Test
    void findsWhoeverStandsInALongProposalBehindWhatTheHostLists() {
        CommitId head = rig.target();
        for (int i = 0; i < 260; i++) {
            String name = i == 5 ? "dave" : i == 255 ? "carol" : "alice";
            Author author = new Author(name, name + "@acme.example");
            head = rig.commit("alice", author, List.of(head), "More", SourceFile.of("a.txt", i + "\n"));
        }
        Proposal proposal = rig.open("alice", "long", head);
        int before = rig.client("carol").requests();

        Proposal read = rig.read(proposal);

        assertThat(rig.client("carol").requests() - before).isLessThanOrEqualTo(9);
        assertThat(read.participants().include(new UserId("carol"))).isTrue();
        assertThat(read.participants().include(new UserId("dave"))).isTrue();
    }

    @Test
    void asksOnceWhileNothingChanges() {
        for (int i = 0; i < 3; i++) {
            rig.open("p" + i);
        }
        GitHost host = rig.host("carol");
        Changes all = host.changes("");
        assertThat(all.proposals()).containsExactly(1, 2, 3);
        int before = rig.client("carol").requests();

        String later = "2030-01-01T00:00:00Z";
        assertThat(host.changes(later).proposals()).isEmpty();

        assertThat(rig.client("carol").requests() - before).isEqualTo(1);
        played.proposals.get(2).touched =
                java.time.Instant.parse("2031-01-01T00:00:00Z").getEpochSecond();
        assertThat(host.changes(later).proposals()).containsExactly(2);
    }

    @Test
    void keepsOneCommentThoughOthersWriteItsMarker() {
        Proposal proposal = rig.open("one");
        rig.host("bob").comment(proposal.number(), "<!-- m -->", "forged");
        rig.host("carol").comment(proposal.number(), "<!-- m -->", "one @everyone <script>");
        rig.host("carol").comment(proposal.number(), "<!-- m -->", "two");

        assertThat(played.proposals.get(proposal.number()).comments.values())
                .extracting(comment -> comment[0] + ": " + comment[1])
                .containsExactly("bob: <!-- m -->\nforged", "carol: <!-- m -->\ntwo");
    }

    @Test
    void showsFindingsBesideTheirLinesAsAnApp() {
        Proposal proposal = rig.open("one");
        Status status = new Status(Status.State.PENDING, "1 more approval needed.");
        List<Finding> findings = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            findings.add(Finding.block("credit/x", Place.at("models/a.yaml", i, 1), "Wrong.", "Mend it."));
        }
        rig.host("alice").annotate(proposal.head(), status, findings);
        assertThat(played.checks).isEmpty();

        rig.host("modelgate[bot]").annotate(proposal.head(), status, findings);

        JsonNode check = played.checks.get(0);
        assertThat(check.path("name").asString()).isEqualTo("modelgate/findings");
        assertThat(check.path("conclusion").asString()).isEqualTo("action_required");
        assertThat(check.path("output").path("annotations").size()).isEqualTo(50);
        JsonNode first = check.path("output").path("annotations").get(0);
        assertThat(first.path("path").asString()).isEqualTo("models/a.yaml");
        assertThat(first.path("annotation_level").asString()).isEqualTo("failure");
        assertThat(first.path("message").asString()).isEqualTo("Wrong. Mend it.");
    }

    @Test
    void saysWhatProtectsTheTargetAndSetsWhatIsMissing() {
        assertThat(rig.host("root").safeguards()).extracting(Safeguard::state).containsExactly(Safeguard.State.MISSING);
        GitHostContract.assertTrouble(
                RegistryException.Kind.ENVIRONMENT, () -> rig.host("alice").protect(Optional.empty()));

        rig.host("root").protect(Optional.of("gatekeeper"));

        assertThat(rig.host("root").safeguards())
                .filteredOn(each -> each.state() != Safeguard.State.HOLDS)
                .extracting(Safeguard::name)
                .containsExactly("forged check");
        assertThat(rig.host("alice").safeguards())
                .extracting(Safeguard::state)
                .containsExactly(Safeguard.State.DOUBTFUL);
        assertThat(played.settings).containsEntry("allow_squash_merge", false);
    }

    @Test
    void seesWhatRuleSetsAsk() {
        played.rules.add(Map.of("type", "pull_request", "parameters", Map.of("dismiss_stale_reviews_on_push", true)));
        played.rules.add(Map.of("type", "non_fast_forward"));
        played.rules.add(Map.of(
                "type",
                "required_status_checks",
                "parameters",
                Map.of("required_status_checks", List.of(Map.of("context", "modelgate/gate", "integration_id", 77)))));

        assertThat(rig.host("alice").safeguards())
                .filteredOn(each -> each.state() == Safeguard.State.HOLDS)
                .extracting(Safeguard::name)
                .containsExactly("required check", "forged check", "pushes", "history", "stale approvals");
    }
}
