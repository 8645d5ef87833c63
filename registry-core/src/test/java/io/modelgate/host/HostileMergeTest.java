// Longer than 400 lines: one attack after another on the same registry, and the steps that they share.
package io.modelgate.host;

import static io.modelgate.host.HookedRegistry.MAIN;
import static io.modelgate.host.HookedRegistry.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.PushedRepository;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.Review;
import io.modelgate.store.FileDigest;
import io.modelgate.store.FileTree;
import io.modelgate.store.Progress;
import io.modelgate.store.Stores;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing reaches the target branch but the merge of an open proposal that passes the gate. It is long since each way around it needs
 * the same registry and hook.
 */
class HostileMergeTest extends HookedPushes {
    @Test
    void acceptsTheMergeOfAnApprovedProposal() {
        Proposal proposal = approved("one");

        assertThat(registry.message(1)).endsWith("Approved-by: local:bob Bob Brandt\n");
        registry.assertAccepted("alice", registry.mergeCommit("alice", proposal) + ":" + MAIN);

        assertThat(registry.host("bob").read(1).state()).isEqualTo(Proposal.State.MERGED);
    }

    @Test
    void acceptsTheMergeAndTheEndOfItsProposalInOnePush() {
        Proposal proposal = approved("one");
        registry.host("bob").status(proposal.head(), new Status(Status.State.SUCCESS, "It can be merged."));

        assertThat(registry.merge("alice", proposal)).isInstanceOf(MergeResult.Merged.class);

        assertThat(registry.server().refs("refs/modelgate/"))
                .containsOnlyKeys("refs/modelgate/closed/1", "refs/modelgate/reviews/1/bob");
    }

    @Test
    void refusesToDeleteTheTargetBranch() {
        registry.assertRefused("bob", "push/delete", ":" + MAIN);
    }

    @Test
    void refusesCommitsThatAreNoMerge() {
        registry.assertRefused("bob", "push/direct", registry.head("bob", "one") + ":" + MAIN);
    }

    @Test
    void refusesToFastForwardToTheHeadOfAnApprovedProposal() {
        registry.assertRefused("alice", "push/direct", approved("one").head() + ":" + MAIN);
    }

    @Test
    void refusesToTakeBackWhatIsMerged() {
        CommitId before = registry.main();
        registry.merge("alice", approved("one"));

        registry.assertRefused("bob", "push/force", "+" + before + ":" + MAIN);
        registry.assertRefused(
                "bob", "push/force", "+" + registry.commit("bob", HookedRegistry.model("evil"), before) + ":" + MAIN);
        registry.assertRefused(
                "bob", "push/force", "+" + registry.commit("bob", HookedRegistry.model("evil")) + ":" + MAIN);
    }

    @Test
    void refusesAMergeWithoutTheApprovalsThatAreNeeded() {
        Proposal proposal = registry.open("alice", "one");

        registry.assertRefused("alice", "push/verdict", registry.mergeCommit("alice", proposal) + ":" + MAIN);
    }

    @Test
    void refusesAMergeWhoseApprovalIsOfAnOlderHead() {
        approved("one");
        Proposal moved = registry.open("alice", "one", registry.head("alice", "other"));

        registry.assertRefused("alice", "push/verdict", registry.mergeCommit("alice", moved) + ":" + MAIN);
    }

    @Test
    void refusesAMergeOfAnOlderHeadThatWasApproved() {
        Proposal old = approved("one");
        CommitId merge = registry.mergeCommit("alice", old);
        registry.open("alice", "one", registry.head("alice", "other"));

        registry.assertRefused("alice", "push/proposal", merge + ":" + MAIN);
    }

    @Test
    void refusesAMergeWhoseApprovalWasWithdrawn() {
        Proposal proposal = approved("one");
        CommitId merge = registry.mergeCommit("alice", proposal);
        review("bob", proposal, Review.State.DISMISSED);

        registry.assertRefused("alice", "push/verdict", merge + ":" + MAIN);
    }

    @Test
    void refusesAMergeThatSomebodyRejected() {
        Proposal proposal = approved("one");
        CommitId merge = registry.mergeCommit("alice", proposal);
        review("carol", proposal, Review.State.CHANGES_REQUESTED);

        registry.assertRefused("alice", "push/verdict", merge + ":" + MAIN);
    }

    @Test
    void refusesAMergeWhoseApproverWroteTheCommit() {
        CommitId ofBob = registry.commit("bob", HookedRegistry.model("one"), registry.main());
        Proposal proposal = registry.open("alice", "one", ofBob);
        CommitId approval = event("bob", approvalOfBob(proposal), ofBob);

        registry.assertRefused("bob", "push/own", approval + ":refs/modelgate/reviews/1/bob");
        registry.assertRefused("alice", "push/verdict", registry.mergeCommit("alice", proposal) + ":" + MAIN);
    }

    @Test
    void refusesAnApprovalAndTheMergeThatNeedsItInOnePush() {
        Proposal proposal = registry.open("alice", "one");
        CommitId approval = event("bob", approvalOfBob(proposal), proposal.head());

        registry.assertRefused(
                "bob",
                "push/verdict",
                approval + ":refs/modelgate/reviews/1/bob",
                registry.mergeCommit("bob", proposal) + ":" + MAIN);
    }

    @Test
    void refusesAMergeThatFailsTheGate() {
        CommitId bad = registry.commit(
                "alice", SourceFile.of("models/test/one/model.yaml", "kind: Nothing\n"), registry.main());
        Proposal proposal = registry.open("alice", "one", bad);
        review("bob", proposal, Review.State.APPROVED);

        registry.assertRefused("alice", "push/verdict", registry.mergeCommit("alice", proposal) + ":" + MAIN);
    }

    @Test
    void refusesAMergeWhoseTreeIsNotTheMerge() {
        Proposal proposal = approved("one");
        CommitId evil = registry.copy()
                .commit(
                        registry.copy()
                                .edit(
                                        registry.copy().snapshot(registry.mergeCommit("alice", proposal)),
                                        TreeEdit.of(List.of(HookedRegistry.model("evil")))),
                        new CommitDraft(
                                registry.message(1),
                                HookedRegistry.author("alice"),
                                NOW,
                                List.of(registry.main(), proposal.head())));

        registry.assertRefused("alice", "push/tree", evil + ":" + MAIN);
    }

    @Test
    void refusesAMergeThatDropsWhatTheTargetHas() {
        Proposal first = approved("one");
        Proposal second = registry.open("alice", "two");
        review("bob", second, Review.State.APPROVED);
        registry.merge("alice", first);
        CommitId ours = registry.copy()
                .commit(
                        registry.copy().snapshot(second.head()),
                        new CommitDraft(
                                registry.message(2),
                                HookedRegistry.author("alice"),
                                NOW,
                                List.of(registry.main(), second.head())));

        registry.assertRefused("alice", "push/tree", ours + ":" + MAIN);
    }

    @Test
    void refusesAMergeWithMoreParents() {
        Proposal proposal = approved("one");
        CommitId evil = registry.head("alice", "evil");
        String message = registry.message(1);

        registry.assertRefused(
                "alice",
                "push/direct",
                registry.mergeCommit("alice", NOW, message, registry.main(), proposal.head(), evil) + ":" + MAIN);
    }

    @Test
    void refusesAMergeWhoseParentsAreSwapped() {
        Proposal proposal = approved("one");
        String message = registry.message(1);

        registry.assertRefused(
                "alice",
                "push/direct",
                registry.mergeCommit("alice", NOW, message, proposal.head(), registry.main()) + ":" + MAIN);
    }

    @Test
    void refusesTwoMergesAtOnce() {
        Proposal first = approved("one");
        Proposal second = registry.open("alice", "two");
        review("bob", second, Review.State.APPROVED);
        CommitId one = registry.mergeCommit("alice", first);
        CommitId two = registry.mergeCommit("alice", NOW, registry.message(2), one, second.head());

        registry.assertRefused("alice", "push/direct", two + ":" + MAIN);
    }

    @Test
    void refusesForgedTrailers() {
        Proposal proposal = approved("one");
        String right = registry.message(1);

        for (String wrong : List.of(
                right + "Approved-by: local:carol\n",
                right.replace("local:bob", "local:carol"),
                right.replaceAll("sha256:[0-9a-f]{8}", "sha256:00000000"),
                right.replace("Modelgate-Verdict: pass\n", ""),
                right.replace("Add one", "Something else"),
                right.replace("Modelgate-Policy", "Modelgate-Verdict: pass\nModelgate-Policy"))) {
            CommitId merge = registry.mergeCommit("alice", NOW, wrong, registry.main(), proposal.head());
            registry.assertRefused("alice", "push/message", merge + ":" + MAIN);
        }
        for (String wrong : List.of(
                "Merge branch 'one'\n",
                right + "\nReviewed by everybody.\n",
                right.replace("Proposal: 1", "Proposal: 2"))) {
            CommitId merge = registry.mergeCommit("alice", NOW, wrong, registry.main(), proposal.head());
            registry.assertRefused("alice", "push/proposal", merge + ":" + MAIN);
        }
    }

    @Test
    void refusesAMergeUnderAnotherName() {
        Proposal proposal = approved("one");

        registry.assertRefused("mallory", "push/forged", registry.mergeCommit("bob", proposal) + ":" + MAIN);
    }

    @Test
    void refusesAMergeThatIsDatedBackOrForward() {
        Proposal proposal = approved("one");
        String message = registry.message(1);
        CommitId main = registry.main();

        for (Duration wrong :
                List.of(Duration.ofMinutes(6), Duration.ofMinutes(-16), Duration.ofDays(-8), Duration.ofDays(-10))) {
            CommitId merge = registry.mergeCommit("alice", NOW.plus(wrong), message, main, proposal.head());
            registry.assertRefused("alice", "push/time", merge + ":" + MAIN);
        }
        registry.assertAccepted(
                "alice",
                registry.mergeCommit("alice", NOW.plus(Duration.ofMinutes(4)), message, main, proposal.head()) + ":"
                        + MAIN);
    }

    @Test
    void refusesAllWhenOneOfSeveralIsRefused() {
        Proposal proposal = approved("one");
        CommitId merge = registry.mergeCommit("alice", proposal);

        registry.assertRefused(
                "alice",
                "push/namespace",
                merge + ":" + MAIN,
                proposal.head() + ":refs/heads/mine",
                merge + ":refs/replace/" + proposal.head());
    }

    @Test
    void refusesAMergeWhileItsProposalMovesInTheSamePush() {
        Proposal proposal = approved("one");
        CommitId merge = registry.mergeCommit("alice", proposal);
        CommitId other = registry.head("alice", "other");
        ProposalEvent old = ProposalEvent.first(
                1,
                new ProposalDraft(proposal.text(), proposal.head()),
                registry.host("alice").me());
        CommitId tip = registry.server().ref("refs/modelgate/proposals/1").orElseThrow();
        CommitId moved =
                event("alice", old.moved(other, old.text(), old.author()).toFile(), tip, other);

        registry.assertRefused("alice", "push/proposal", merge + ":" + MAIN, moved + ":refs/modelgate/proposals/1");
    }

    @Test
    void letsOneOfTwoMergesWin() throws Exception {
        Proposal first = approved("one");
        Proposal second = registry.open("alice", "two");
        review("bob", second, Review.State.APPROVED);
        CommitId before = registry.main();
        CommitId one = registry.mergeCommit("alice", first);
        CommitId two = registry.mergeCommit("alice", second);

        List<Boolean> won = atOnce(
                () -> registry.git("alice")
                        .run("push", PushedRepository.ORIGIN, one + ":" + MAIN)
                        .ok(),
                () -> registry.git("alice")
                        .run("push", PushedRepository.ORIGIN, two + ":" + MAIN)
                        .ok());

        assertThat(won).containsExactlyInAnyOrder(true, false);
        assertThat(registry.main()).isIn(one, two);
        assertThat(registry.server().facts(registry.main()).parents()).first().isEqualTo(before);
    }

    @Test
    void verifiesTheBytesThemselves() throws Exception {
        VersionId id = VersionId.parse("test/one@1.0.0");
        Path model = Files.writeString(
                Files.createDirectories(folder.resolve("trained")).resolve("model.bin"), "bytes");
        FileDigest file = FileTree.hash(model.getParent(), Progress.NONE).get().get(0);
        RegistryConfig config = RegistryConfig.readTrusted(SourceFile.of("registry.yaml", HookedRegistry.REVIEWED))
                .get();
        Stores.open(config.stores(), folder).named(Optional.empty()).put(file, model, Progress.NONE);
        ModelVersion version = ModelVersion.of(
                id,
                List.of(new Artifact(file.path(), file.digest(), file.size(), Optional.empty())),
                Optional.empty(),
                VersionFacts.NONE);
        CommitId withModel = registry.head("alice", "one");
        CommitId withVersion = registry.commit("alice", version.toFile(), withModel);
        CommitId head = registry.commit(
                "alice", SourceFile.of(new RegistryPath.CardFile(id).path(), "# Card\nGood.\n"), withVersion);
        Proposal proposal = registry.open("alice", "one", head);
        CommitId merge = registry.mergeCommit("alice", proposal);
        Path stored = stored();
        Files.delete(stored);

        registry.assertRefused("alice", "gate/bytes", merge + ":" + MAIN);

        Files.writeString(stored, "other");
        registry.assertRefused("alice", "gate/bytes", merge + ":" + MAIN);

        Files.writeString(stored, "bytes");
        registry.assertAccepted("alice", merge + ":" + MAIN);
    }

    @Test
    void refusesWhatAClientLiesAboutWhereTheBranchWas() {
        CommitId evil = registry.head("bob", "evil");
        registry.assertAccepted("bob", evil + ":refs/heads/mine");

        for (String old : List.of("0".repeat(40), evil.hex())) {
            assertThat(judge("bob", old + " " + evil + " " + MAIN + "\n")).contains("push/moved");
        }
        assertThat(judge("bob", "what is this\n")).contains("push/internal");
        assertThat(judge("bob", registry.main() + " " + "1".repeat(40) + " " + MAIN + "\n"))
                .contains("push/direct");
    }

    private List<String> judge(String user, String line) {
        return ReceiveHook.judge(
                        folder.resolve("registry.git"),
                        new StringReader(line),
                        Map.of(LocalIdentity.FORCED_USER, user),
                        "account",
                        HookedRegistry.CLOCK)
                .stream()
                .map(Finding::rule)
                .toList();
    }

    /** A proposal of alice that bob approved. */
    private Proposal approved(String name) {
        Proposal proposal = registry.open("alice", name);
        review("bob", proposal, Review.State.APPROVED);
        return registry.host("alice").read(proposal.number());
    }

    private void review(String user, Proposal proposal, Review.State state) {
        registry.host(user).review(proposal.number(), new ReviewDraft(state, ""));
    }

    private SourceFile approvalOfBob(Proposal proposal) {
        return new ReviewEvent(new Review(new UserId("bob"), Review.State.APPROVED, proposal.head()), "").toFile();
    }

    private CommitId event(String user, SourceFile file, CommitId... parents) {
        return registry.copy()
                .commit(
                        registry.copy().edit(registry.copy().empty(), TreeEdit.of(List.of(file))),
                        new CommitDraft(file.path() + "\n", HookedRegistry.author(user), NOW, List.of(parents)));
    }

    private Path stored() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("artifacts"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private static List<Boolean> atOnce(Callable<Boolean> one, Callable<Boolean> other) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> results = pool.invokeAll(List.of(one, other));
            return List.of(results.get(0).get(), results.get(1).get());
        } finally {
            pool.shutdown();
        }
    }
}
