package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.gate.Verdict;
import io.modelgate.git.Author;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.SourceFile;
import io.modelgate.policy.Review;
import io.modelgate.promotion.Workplace;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import io.modelgate.store.Progress;
import io.modelgate.watch.Watcher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
}
