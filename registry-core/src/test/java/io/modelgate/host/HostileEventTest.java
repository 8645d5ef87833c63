package io.modelgate.host;

import static io.modelgate.host.HookedRegistry.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.GitProgram;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people said is only ever added to, and only by themselves. */
class HostileEventTest extends HookedPushes {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final UserId MALLORY = new UserId("mallory");
    private static final String PROPOSAL_1 = ":refs/modelgate/proposals/1";
    private static final String REVIEW_OF_BOB = ":refs/modelgate/reviews/1/bob";

    @Test
    void refusesAReviewUnderAnothersName() {
        Proposal proposal = registry.open("alice", "one");
        SourceFile approval = approval(BOB, proposal.head());

        registry.assertRefused("mallory", "push/forged", event("bob", approval, proposal.head()) + REVIEW_OF_BOB);
        registry.assertRefused("alice", "push/forged", event("alice", approval, proposal.head()) + REVIEW_OF_BOB);
        registry.assertRefused(
                "mallory",
                "push/forged",
                event("mallory", approval, proposal.head()) + ":refs/modelgate/reviews/1/mallory");
        registry.assertRefused("bob", "push/forged", event("carol", approval, proposal.head()) + REVIEW_OF_BOB);
        registry.assertAccepted("bob", event("bob", approval, proposal.head()) + REVIEW_OF_BOB);
    }

    @Test
    void refusesToCarryAnApprovalToAnotherHead() {
        Proposal old = registry.open("alice", "one");
        CommitId approval = event("bob", approval(BOB, old.head()), old.head());
        registry.assertAccepted("bob", approval + REVIEW_OF_BOB);
        Proposal moved = registry.open("alice", "one", registry.head("alice", "other"));
        CommitId forged = event("bob", approval(BOB, moved.head()), approval, moved.head());

        registry.assertRefused("alice", "push/forged", forged + REVIEW_OF_BOB);
        registry.assertRefused(
                "bob", "push/head", event("bob", approval(BOB, old.head()), approval, old.head()) + REVIEW_OF_BOB);
        registry.assertRefused(
                "bob", "push/head", event("bob", approval(BOB, old.head()), approval, moved.head()) + REVIEW_OF_BOB);
        registry.assertRefused(
                "bob", "push/head", event("bob", approval(BOB, moved.head()), approval, old.head()) + REVIEW_OF_BOB);
        registry.assertAccepted("bob", forged + REVIEW_OF_BOB);
    }

    @Test
    void refusesTheAuthorsOwnApproval() {
        Proposal proposal = registry.open("alice", "one");

        registry.assertRefused(
                "alice",
                "push/own",
                event("alice", approval(ALICE, proposal.head()), proposal.head()) + ":refs/modelgate/reviews/1/alice");
    }

    @Test
    void refusesToDeleteOrRewriteWhatWasSaid() {
        Proposal proposal = registry.open("alice", "one");
        registry.host("bob").review(1, new ReviewDraft(Review.State.CHANGES_REQUESTED, "No."));
        registry.host("bob").comment(1, "<!-- gate -->", "fail");
        registry.fetch();

        registry.assertRefused("bob", "push/append-only", REVIEW_OF_BOB);
        registry.assertRefused("bob", "push/append-only", ":refs/modelgate/comments/1/bob");
        registry.assertRefused("mallory", "push/forged", REVIEW_OF_BOB);
        registry.assertRefused(
                "bob",
                "push/append-only",
                "+" + event("bob", approval(BOB, proposal.head()), proposal.head()) + REVIEW_OF_BOB);
    }

    @Test
    void refusesAProposalUnderAnothersName() {
        CommitId head = registry.head("alice", "one");

        registry.assertRefused("mallory", "push/forged", event("mallory", first(1, ALICE, head), head) + PROPOSAL_1);
        registry.assertRefused("mallory", "push/forged", event("alice", first(1, MALLORY, head), head) + PROPOSAL_1);
        registry.assertAccepted("alice", event("alice", first(1, ALICE, head), head) + PROPOSAL_1);
    }

    @Test
    void refusesToHideWhoPushed() {
        CommitId head = registry.head("alice", "one");
        ProposalEvent hidden = new ProposalEvent(1, text("one"), MALLORY, Proposal.State.OPEN, head, Set.of(), MALLORY);

        registry.assertRefused("mallory", "push/event", event("mallory", hidden.toFile(), head) + PROPOSAL_1);
    }

    @Test
    void refusesToMoveAProposalOfSomebodyElse() {
        Proposal proposal = registry.open("alice", "one");
        CommitId tip = tip(1);
        CommitId evil = registry.head("mallory", "evil");

        SourceFile moved = firstEvent(1, ALICE, proposal.head())
                .moved(evil, text("one"), MALLORY)
                .toFile();
        registry.assertRefused("mallory", "push/author", event("mallory", moved, tip, evil) + PROPOSAL_1);

        SourceFile forged = firstEvent(1, ALICE, proposal.head())
                .moved(evil, text("one"), ALICE)
                .toFile();
        registry.assertRefused("mallory", "push/author", event("mallory", forged, tip, evil) + PROPOSAL_1);
    }

    @Test
    void refusesToRewriteTheChainOfAProposal() {
        Proposal proposal = registry.open("alice", "one");
        CommitId other = registry.head("alice", "other");

        registry.assertRefused(
                "alice", "push/append-only", "+" + event("alice", first(1, ALICE, other), other) + PROPOSAL_1);
        SourceFile moved = firstEvent(1, ALICE, proposal.head())
                .moved(other, text("one"), ALICE)
                .toFile();
        CommitId one = event("alice", moved, tip(1), other);
        registry.assertRefused("alice", "push/append-only", event("alice", moved, one, other) + PROPOSAL_1);
        registry.assertRefused("alice", "push/append-only", event("alice", moved, other, tip(1)) + PROPOSAL_1);
        registry.assertRefused(
                "alice", "push/append-only", event("alice", moved, tip(1), other, registry.main()) + PROPOSAL_1);
        registry.assertAccepted("alice", one + PROPOSAL_1);
    }

    @Test
    void refusesAHeadThatIsNotTheCommitInTheRecord() {
        CommitId head = registry.head("alice", "one");
        CommitId other = registry.head("alice", "other");

        registry.assertRefused("alice", "push/event", event("alice", first(1, ALICE, head), other) + PROPOSAL_1);
        registry.assertRefused(
                "alice", "push/head", event("alice", first(1, ALICE, registry.main()), registry.main()) + PROPOSAL_1);
    }

    @Test
    void refusesNumbersWithGapsAndNumbersOfClosedProposals() {
        CommitId head = registry.head("alice", "one");

        registry.assertRefused(
                "alice", "push/number", event("alice", first(7, ALICE, head), head) + ":refs/modelgate/proposals/7");
        registry.assertRefused("alice", "push/event", event("alice", first(2, ALICE, head), head) + PROPOSAL_1);
        registry.open("alice", "one", head);
        registry.host("alice").close(1);
        registry.fetch();
        registry.assertRefused("alice", "push/closed", event("alice", first(1, ALICE, head), head) + PROPOSAL_1);
    }

    @Test
    void refusesToDeleteAProposal() {
        registry.open("alice", "one");

        registry.assertRefused("alice", "push/append-only", PROPOSAL_1);
    }

    @Test
    void refusesToCloseWhatOneMayNot() {
        Proposal proposal = registry.open("alice", "one");
        ProposalEvent open = firstEvent(1, ALICE, proposal.head());

        assertCannotEnd("mallory", "push/author", open.ended(Proposal.State.CLOSED, MALLORY));
        assertCannotEnd("mallory", "push/event", open.ended(Proposal.State.CLOSED, ALICE));
        assertCannotEnd("alice", "push/merged", open.ended(Proposal.State.MERGED, ALICE));
        assertCannotEnd("alice", "push/event", open);
        assertCannotEnd(
                "alice", "push/event", firstEvent(2, ALICE, proposal.head()).ended(Proposal.State.CLOSED, ALICE));

        registry.host("carol").close(1);
        assertThat(registry.host("alice").read(1).state()).isEqualTo(Proposal.State.CLOSED);
    }

    @Test
    void refusesToChangeWhatIsClosed() {
        Proposal proposal = registry.open("alice", "one");
        registry.host("alice").close(1);
        registry.fetch();
        CommitId closed = registry.server().ref("refs/modelgate/closed/1").orElseThrow();
        CommitId again = event("alice", firstEvent(1, ALICE, proposal.head()).toFile(), closed, proposal.head());

        registry.assertRefused("alice", "push/closed", ":refs/modelgate/closed/1");
        registry.assertRefused("alice", "push/closed", again + ":refs/modelgate/closed/1");
        registry.assertRefused(
                "bob", "push/closed", event("bob", approval(BOB, proposal.head()), proposal.head()) + REVIEW_OF_BOB);
    }

    @Test
    void refusesEventsFromTheFutureAndFromBeforeThePast() {
        Proposal proposal = registry.open("alice", "one");
        SourceFile approval = approval(BOB, proposal.head());
        CommitId late = event("bob", NOW.plus(Duration.ofMinutes(6)), approval, proposal.head());
        CommitId ok = event("bob", NOW.plus(Duration.ofMinutes(4)), approval, proposal.head());

        registry.assertRefused("bob", "push/time", late + REVIEW_OF_BOB);
        registry.assertAccepted("bob", ok + REVIEW_OF_BOB);
        registry.assertRefused("bob", "push/time", event("bob", NOW, approval, ok, proposal.head()) + REVIEW_OF_BOB);
    }

    @Test
    void refusesDocumentsThatAreHuge() {
        CommitId head = registry.head("alice", "one");
        SourceFile huge = SourceFile.of("proposal.yaml", "a: " + "x".repeat(600_000) + "\n");

        registry.assertRefused("alice", "push/event", event("alice", huge, head) + PROPOSAL_1);
    }

    @Test
    void refusesDocumentsInAnyOtherForm() {
        CommitId head = registry.head("alice", "one");
        String right = first(1, ALICE, head).text();

        for (String wrong : List.of(
                right + "secret: 1\n",
                right + "# approved\n",
                right.replace("\n", "\r\n"),
                right.replace("title: Add one", "title: \"Add one\""),
                right + "---\n" + right)) {
            CommitId event = event("alice", SourceFile.of("proposal.yaml", wrong), head);
            GitProgram.Result result = registry.push("alice", event + PROPOSAL_1);
            assertThat(result.err()).contains("pre-receive hook declined").containsAnyOf("push/event", "yaml/");
        }
        registry.assertRefused(
                "alice", "push/event", event("alice", SourceFile.of("other.yaml", right), head) + PROPOSAL_1);
    }

    @Test
    void refusesASymbolicLinkInPlaceOfADocument() {
        CommitId head = registry.head("alice", "one");
        String blob =
                registry.git().line("/etc/passwd".getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin");
        String document = registry.git().line(first(1, ALICE, head).bytes(), "hash-object", "-w", "--stdin");

        for (String entries : List.of(
                "120000 blob " + blob + "\tproposal.yaml\n",
                "100755 blob " + document + "\tproposal.yaml\n",
                "160000 commit " + head + "\tproposal.yaml\n",
                "100644 blob " + document + "\tproposal.yaml\n100644 blob " + blob + "\tmore\n",
                "")) {
            String tree = registry.git().line(entries.getBytes(StandardCharsets.UTF_8), "mktree");
            String commit = registry.git()
                    .with("GIT_AUTHOR_NAME", "alice")
                    .with("GIT_AUTHOR_EMAIL", "alice@modelgate.invalid")
                    .with("GIT_AUTHOR_DATE", NOW.toString())
                    .with("GIT_COMMITTER_NAME", "alice")
                    .with("GIT_COMMITTER_EMAIL", "alice@modelgate.invalid")
                    .with("GIT_COMMITTER_DATE", NOW.toString())
                    .line("commit-tree", tree, "-p", head.hex(), "-m", "event");
            registry.assertRefused("alice", "push/event", commit + PROPOSAL_1);
        }
    }

    @Test
    void refusesWhatIsNoCommit() {
        String blob = registry.git().line("x".getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin");

        registry.assertRefused("alice", "push/event", blob + PROPOSAL_1);
    }

    @Test
    void refusesCommentsAndStatusesOfOthers() {
        Proposal proposal = registry.open("alice", "one");
        SourceFile comment = LocalComments.file("<!-- gate -->", "pass");
        SourceFile status =
                new StatusEvent(proposal.head(), new Status(Status.State.SUCCESS, "It can be merged.")).toFile();

        registry.assertRefused("mallory", "push/forged", event("mallory", comment) + ":refs/modelgate/comments/1/bob");
        registry.assertRefused(
                "mallory", "push/forged", event("mallory", status, proposal.head()) + ":refs/modelgate/status/1/bob");
        registry.assertRefused("bob", "push/number", event("bob", comment) + ":refs/modelgate/comments/2/bob");
        registry.assertRefused(
                "bob", "push/head", event("bob", status, registry.main()) + ":refs/modelgate/status/1/bob");
        registry.assertRefused(
                "bob",
                "push/event",
                event("bob", SourceFile.of("../../x.md".substring(6), "x")) + ":refs/modelgate/comments/1/bob");
    }

    @Test
    void takesNobodysWordForWhoPushes() {
        CommitId head = registry.head("alice", "one");
        CommitId event = event("alice", first(1, ALICE, head), head);
        GitProgram mallory = registry.git("mallory").with(LocalIdentity.DECLARED_USER, "alice");

        assertThat(mallory.run("push", "-q", "../registry.git", event + PROPOSAL_1)
                        .err())
                .contains("push/forged")
                .contains("MODELGATE_USER=mallory");
        assertThat(registry.git()
                        .with(LocalIdentity.DECLARED_USER, "alice")
                        .run("push", "-q", "../registry.git", event + PROPOSAL_1)
                        .err())
                .contains("push/environment");
        assertThat(registry.git("alice;id")
                        .run("push", "-q", "../registry.git", event + PROPOSAL_1)
                        .err())
                .contains("push/environment");
    }

    private void assertCannotEnd(String user, String rule, ProposalEvent end) {
        CommitId event = event(user, end.toFile(), tip(1), end.head());
        registry.assertRefused(user, rule, event + ":refs/modelgate/closed/1", PROPOSAL_1);
    }

    private CommitId tip(int number) {
        return registry.server().ref("refs/modelgate/proposals/" + number).orElseThrow();
    }

    private static ProposalText text(String source) {
        return new ProposalText("Add " + source, "", source);
    }

    private static ProposalEvent firstEvent(int number, UserId author, CommitId head) {
        return ProposalEvent.first(number, new ProposalDraft(text("one"), head), author);
    }

    private static SourceFile first(int number, UserId author, CommitId head) {
        return firstEvent(number, author, head).toFile();
    }

    private static SourceFile approval(UserId by, CommitId head) {
        return new ReviewEvent(new Review(by, Review.State.APPROVED, head), "").toFile();
    }

    private CommitId event(String user, SourceFile file, CommitId... parents) {
        return event(user, NOW, file, parents);
    }

    private CommitId event(String user, Instant when, SourceFile file, CommitId... parents) {
        return registry.copy()
                .commit(
                        registry.copy().edit(registry.copy().empty(), TreeEdit.of(List.of(file))),
                        new CommitDraft(file.path() + "\n", HookedRegistry.author(user), when, List.of(parents)));
    }
}
