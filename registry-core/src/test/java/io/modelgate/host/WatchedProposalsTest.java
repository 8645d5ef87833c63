package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.git.Author;
import io.modelgate.git.CommitId;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.SourceFile;
import io.modelgate.policy.Review;
import io.modelgate.promotion.Merging;
import io.modelgate.promotion.Workplace;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import io.modelgate.store.Progress;
import io.modelgate.watch.Watcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reviewers read on a played host under a watcher: comment, status and next steps. */
class WatchedProposalsTest {
    private static final String DESCRIBED = GithubHostTest.REGISTRY + "description: Of Acme.\n";

    @TempDir
    Path folder;

    private PlayedGithub played;
    private PlayedRig rig;
    private Watcher watcher;

    @BeforeEach
    void init() {
        rig = GithubHostTest.rig(folder);
        played = (PlayedGithub) rig.played;
        watcher = new Watcher(workplace("carol"), true);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Workplace workplace(String user) {
        return new Workplace(
                rig.clone(user),
                rig.host(user),
                () -> new Author(user, user + "@acme.example"),
                Clock.systemUTC(),
                folder,
                Progress.NONE);
    }

    private Proposal describe() {
        return rig.open("alice", "describe", rig.head("alice", SourceFile.of("registry.yaml", DESCRIBED)));
    }

    private void approve(String user, Proposal proposal) {
        rig.host(user)
                .review(proposal.number(), new ReviewDraft(Review.State.APPROVED, "", Optional.of(proposal.head())));
    }

    private String status(CommitId head) {
        return Optional.ofNullable(played.statuses.get(head.toString()))
                .map(set -> set.get("state") + " " + set.get("description"))
                .orElse("none");
    }

    private List<String> comments(Proposal proposal) {
        return played.proposals.get(proposal.number()).comments.values().stream()
                .map(comment -> comment[1])
                .toList();
    }

    private Verdict judge(Proposal proposal) {
        Workplace workplace = workplace("carol");
        workplace.repository().refreshNow();
        return workplace.judging().judge(workplace.target(), workplace.host().read(proposal.number()));
    }

    @Test
    void saysThatADraftIsOneAndMergesItWhenItIsReady() {
        Proposal proposal = describe();
        approve("bob", proposal);
        played.proposals.get(proposal.number()).draft = true;

        watcher.look();

        assertThat(rig.host("carol").list(Proposal.State.OPEN)).singleElement().matches(Proposal::isDraft);
        assertThat(judge(proposal).next()).containsExactly("It is a draft: mark it ready for review.");
        assertThat(judge(proposal).outcome()).isEqualTo(Verdict.Outcome.PENDING);
        assertThat(status(proposal.head())).isEqualTo("pending draft: mark it ready for review.");
        assertThat(comments(proposal)).singleElement().asString().contains("It is a draft: mark it ready for review.");
        played.proposals.get(proposal.number()).draft = false;
        played.proposals.get(proposal.number()).touched = Instant.now().getEpochSecond();
        assertThat(watcher.look()).extracting(Watcher.Event::what).anyMatch(what -> what.startsWith("merged as "));
    }

    /** Somebody marked it so on purpose; on some hosts the title is the mark. */
    @Test
    void keepsADraftADraftWhenItIsProposedAgain() {
        Proposal proposal = describe();
        PlayedProposal asPlayed = played.proposals.get(proposal.number());
        asPlayed.draft = true;
        asPlayed.title = "WIP: Add describe";
        rig.open("alice", "describe", proposal.head());
        assertThat(asPlayed.title).isEqualTo("WIP: Add describe");
        asPlayed.draft = false;
        rig.open("alice", "describe", proposal.head());
        assertThat(asPlayed.title).isEqualTo("Add describe");
    }

    @Test
    void saysWhyAnApprovalThatTheHostShowsDoesNotCount() {
        Proposal proposal = describe();
        approve("carol", proposal);
        CommitId young = rig.commit(
                "bob",
                List.of(proposal.head()),
                "More",
                SourceFile.of("registry.yaml", DESCRIBED.replace("Acme.", "Acme and others.")));
        rig.push("bob", "alice/describe", young);
        PlayedProposal asPlayed = played.proposals.get(proposal.number());
        asPlayed.reviews.add(new PlayedProposal.Said(PlayedProposal.nextId(), "alice", young, "APPROVED"));
        asPlayed.reviews.add(new PlayedProposal.Said(PlayedProposal.nextId(), "bob", young, "APPROVED"));
        asPlayed.reviews.add(new PlayedProposal.Said(PlayedProposal.nextId(), "stranger", young, "APPROVED"));

        watcher.look();

        assertThat(judge(proposal).next())
                .containsExactlyInAnyOrder(
                        "1 more approval needed from any role. Ask carol or a member of acme/model-risk.",
                        "The approval of alice does not count: alice opened the proposal.",
                        "The approval of bob does not count: bob pushed to the proposal or stands in its commits.",
                        "The approval of carol does not count: it is of an earlier head, "
                                + proposal.head().abbreviated() + "; ask for it again.",
                        "The approval of stranger does not count: stranger has no role.");
        assertThat(comments(proposal))
                .singleElement()
                .asString()
                .contains("* The approval of alice does not count: alice opened the proposal.\n");
        assertThat(status(young)).contains("The approval of alice does not count");
    }

    private void touch(Proposal proposal) {
        played.proposals.get(proposal.number()).touched = Instant.now().getEpochSecond();
    }

    private void retarget(Proposal proposal, String base) {
        rig.client("alice").patch("/repos/acme/models/pulls/" + proposal.number(), Json.object("base", base));
        touch(proposal);
    }

    @Test
    void takesItsWordBackWhenAProposalIsForAnotherBranch() {
        rig.push("alice", "other", rig.target());
        Proposal proposal = describe();
        watcher.look();

        retarget(proposal, "other");

        assertThat(watcher.look())
                .extracting(Watcher.Event::what)
                .containsExactly("asks to be merged into other now: the verdict is taken back");
        assertThat(status(proposal.head()))
                .isEqualTo("failure This proposal now asks to be merged into other, and is not judged.");
        assertThat(comments(proposal))
                .singleElement()
                .asString()
                .contains("This proposal now asks to be merged into other, and is not judged.")
                .doesNotContain("approval");
        assertThat(watcher.look()).isEmpty();

        retarget(proposal, "main");

        watcher.look();
        assertThat(status(proposal.head())).startsWith("pending 1 more approval needed");
        assertThat(comments(proposal)).singleElement().asString().contains("1 more approval needed");
    }

    @Test
    void saysNothingOnAProposalThatNeverWasForTheRegistry() {
        rig.push("alice", "other", rig.target());
        Proposal proposal = describe();
        retarget(proposal, "other");
        watcher.look();
        touch(proposal);

        assertThat(watcher.look()).isEmpty();
        assertThat(comments(proposal)).isEmpty();
        assertThat(status(proposal.head())).isEqualTo("none");
    }

    @Test
    void leavesTheStatusToAnotherProposalOfTheSameHead() {
        rig.push("alice", "other", rig.target());
        Proposal one = describe();
        Proposal two = rig.open("alice", "again", one.head());
        watcher.look();

        retarget(two, "other");
        watcher.look();

        assertThat(status(one.head())).startsWith("pending 1 more approval needed");
        assertThat(comments(two)).singleElement().asString().contains("not judged");
    }

    @Test
    void knowsItsCommentAgainWithoutTheMarkerInAnyProcess() {
        Proposal proposal = describe();
        watcher.look();
        Map<Long, String[]> all = played.proposals.get(proposal.number()).comments;
        all.replaceAll((id, comment) -> new String[] {comment[0], comment[1].replace(Report.MARKER, "")});
        all.put(
                PlayedProposal.nextId(),
                new String[] {"mallory", all.values().iterator().next()[1]});

        new Watcher(workplace("carol"), false).look();

        assertThat(comments(proposal)).hasSize(2);
        assertThat(comments(proposal).get(0)).startsWith(Report.MARKER);
        assertThat(comments(proposal).get(1)).doesNotContain(Report.MARKER);
    }

    @Test
    void saysOnTheProposalThatItsCommitsAreMalformed() throws Exception {
        Proposal proposal = describe();
        Path raw = Files.writeString(
                folder.resolve("raw"),
                "tree " + played.git("rev-parse", proposal.head() + "^{tree}") + "\nparent " + rig.target()
                        + "\nauthor A <alice@acme.example> 99999999999999999999 +0000"
                        + "\ncommitter A <alice@acme.example> 99999999999999999999 +0000\n\nx\n");
        CommitId absurd = new CommitId(played.git("hash-object", "-t", "commit", "-w", "--literally", raw.toString()));
        move(proposal, absurd);
        Proposal sound =
                rig.open("alice", "sound", rig.head("alice", SourceFile.of("registry.yaml", DESCRIBED + "# sound\n")));

        watcher.look();

        assertThat(status(absurd)).startsWith("failure Commit " + absurd + " is malformed.");
        assertThat(comments(proposal)).singleElement().asString().contains("is malformed");
        assertThat(status(sound.head())).startsWith("pending");
        touch(proposal);
        assertThat(watcher.look()).isEmpty();
    }

    @Test
    void failsCommitsThatHaveNothingInCommonWithTheRegistry() {
        Proposal proposal = describe();
        CommitId orphan = rig.commit("alice", List.of(), "Orphan", SourceFile.of("registry.yaml", DESCRIBED));
        rig.push("alice", "alice/describe", orphan);

        watcher.look();

        assertThat(status(orphan)).startsWith("failure The proposal has no common history");
        assertThat(comments(proposal)).singleElement().asString().contains("no common history");
        assertThat(watcher.look()).isEmpty();
    }

    @Test
    void tellsEachVerdictBeforeItReadsTheNextProposal() {
        Proposal first = describe();
        Proposal second = rig.open(
                "alice", "second", rig.head("alice", SourceFile.of("registry.yaml", DESCRIBED + "# second\n")));
        List<String> statusOfSecond = new ArrayList<>();

        watcher.look(event -> {
            if (event.number() == first.number()) {
                statusOfSecond.add(status(second.head()));
            }
        });

        assertThat(statusOfSecond).containsExactly("none");
        assertThat(status(second.head())).startsWith("pending");
    }

    /** Has the host tell of another head, as if somebody had pushed it. */
    private void move(Proposal proposal, CommitId head) {
        played.git("update-ref", "refs/heads/alice/describe", head.toString());
        played.git("update-ref", "refs/pull/" + proposal.number() + "/head", head.toString());
        played.proposals.get(proposal.number()).head = head;
    }

    @Test
    void leavesItToTheGateThatTheRegistryNames() {
        String named = GithubHostTest.REGISTRY.replace("example\"}", "example\", gate: carol}");
        rig.push("alice", "main", rig.head("alice", SourceFile.of("registry.yaml", named)));
        Proposal proposal = rig.open(
                "alice",
                "describe",
                rig.head("alice", SourceFile.of("registry.yaml", named + "description: Of Acme.\n")));

        rig.clone("bob").refreshNow();
        assertThatThrownBy(() -> new Watcher(workplace("bob"), false).look())
                .isInstanceOf(RegistryException.class)
                .hasMessage("registry.yaml names carol as the gate, and you are bob.");
        assertThat(comments(proposal)).isEmpty();

        approve("bob", proposal);
        rig.clone("carol").refreshNow();
        new Watcher(workplace("carol"), false).look();
        assertThat(judge(proposal).next()).containsExactly("It can be merged by carol, the gate.");
        assertThat(comments(proposal)).singleElement().asString().contains("It can be merged by carol, the gate.");
        played.statuses.clear();

        new Merging(workplace("bob")).merge(proposal.number());

        assertThat(status(proposal.head())).isEqualTo("none");
    }

    @Test
    void saysOfADraftWhatElseIsMissing() {
        Proposal proposal = describe();
        played.proposals.get(proposal.number()).draft = true;

        watcher.look();

        assertThat(status(proposal.head())).startsWith("pending draft: 1 more approval needed");
        assertThat(Report.render(judge(proposal), OutputFormat.TEXT))
                .contains("next: 1 more approval needed")
                .contains("next: It is a draft: mark it ready for review.");
    }

    private int requests() {
        return rig.client("carol").requests();
    }

    @Test
    void doesNotReadAgainWhatOnlyItselfTouched() {
        played.commentsTouch = true;
        List<Proposal> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String text = DESCRIBED + "# " + i + "\n";
            all.add(rig.open("alice", "p" + i, rig.head("alice", SourceFile.of("registry.yaml", text))));
        }
        watcher.look();
        int before = requests();

        assertThat(watcher.look()).isEmpty();

        assertThat(requests() - before)
                .as("the list, and of each what happened to it")
                .isEqualTo(1 + all.size());
    }

    @Test
    void losesNoTouchInTheSecondOfItsOwn() {
        played.commentsTouch = true;
        Proposal proposal = describe();
        watcher.look();

        // The host's times tell nothing of it: the review is in the second of the comment, or before it.
        long own = played.proposals.get(proposal.number()).touched;
        approve("bob", proposal);
        played.proposals.get(proposal.number()).touched = own;

        assertThat(watcher.look()).extracting(Watcher.Event::what).anyMatch(what -> what.startsWith("merged as "));
    }

    @Test
    void losesNoTouchBetweenReadingAndSpeaking() {
        played.commentsTouch = true;
        Proposal proposal = describe();
        watcher.look(event -> {});
        played.proposals.get(proposal.number()).draft = true;
        touch(proposal);
        watcher.look(event -> {});
        assertThat(status(proposal.head())).startsWith("pending draft");
        played.proposals.get(proposal.number()).draft = false;

        watcher.look();

        assertThat(status(proposal.head())).startsWith("pending 1 more approval needed");
    }

    @Test
    void putsItsCommentRightThoughItsOwnTouchIsTheLast() {
        played.commentsTouch = true;
        Proposal proposal = describe();
        watcher.look();
        String said = comments(proposal).get(0);
        played.proposals.get(proposal.number()).comments.replaceAll((id, was) -> new String[] {was[0], "All is well."});

        watcher.look();

        assertThat(comments(proposal)).containsExactly(said);
    }
}
