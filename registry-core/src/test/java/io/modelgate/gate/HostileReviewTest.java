package io.modelgate.gate;

import static io.modelgate.gate.Documents.id;
import static io.modelgate.gate.GateRegistry.approval;
import static io.modelgate.gate.GateRegistry.blocks;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.StageHistory;
import io.modelgate.format.Examined;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.JudgeContext.ReviewState;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Review;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Verification;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Approvals that do not count, and rules from anywhere but the target branch. */
class HostileReviewTest extends HostileProposals {

    @Test
    void waitsForApprovalsOfExactlyThisHead() {
        CommitId old = registry.commit(registry.next("1.1.0", "prod", Reason.PROMOTE));
        CommitId head = registry.commitOn(
                old,
                new StagePointer(
                                id("1.1.0").model(),
                                new Stage("prod"),
                                Documents.pointer(id("1.1.0"), "prod", Reason.PROMOTE, Optional.empty())
                                        .target(),
                                Reason.PROMOTE,
                                Optional.of("a note"),
                                Documents.pointer(id("1.1.0"), "prod", Reason.PROMOTE, Optional.of(id("1.0.0")))
                                        .previous())
                        .toFile());

        assertThat(registry.judge(head, approval("bob", old)).outcome()).isEqualTo(Verdict.Outcome.PENDING);
        assertThat(registry.judge(head, approval("bob", head)).outcome()).isEqualTo(Verdict.Outcome.PASS);
        assertThat(registry.judge(head, approval("bob", old)).approvedBy()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nightly", "mallory", "dora"})
    void waitsWhateverTheAuthorOrABotOrAStrangerSays(String user) {
        CommitId head = registry.commit(registry.next("1.1.0", "prod", Reason.PROMOTE));

        assertThat(registry.approved(head, user).outcome()).isEqualTo(Verdict.Outcome.PENDING);
    }

    @Test
    void waitsForSomebodyWhoNeitherCommittedNorPushed() {
        CommitId head = registry.commit(registry.next("1.1.0", "prod", Reason.PROMOTE));
        UserId alice = new UserId("alice");
        UserId bob = new UserId("bob");

        assertThat(outcome(head, new Participants(alice, Set.of(bob), Optional.of(alice))))
                .isEqualTo(Verdict.Outcome.PENDING);
        assertThat(outcome(head, new Participants(alice, Set.of(alice), Optional.of(bob))))
                .isEqualTo(Verdict.Outcome.PENDING);
        assertThat(outcome(head, new Participants(alice, Set.of(new UserId("Bob")), Optional.of(alice))))
                .isEqualTo(Verdict.Outcome.PENDING);
        assertThat(outcome(head, new Participants(alice, Set.of(alice), Optional.of(alice))))
                .isEqualTo(Verdict.Outcome.PASS);
    }

    private Verdict.Outcome outcome(CommitId head, Participants participants) {
        return Gate.judge(registry.input(new ReviewState(head, participants, List.of(approval("bob", head)))))
                .outcome();
    }

    @Test
    void failsWhileSomebodyOfTheRoleRejects() {
        CommitId head = registry.commit(registry.next("1.1.0", "prod", Reason.PROMOTE));
        Review rejection = GateRegistry.review("carol", Review.State.CHANGES_REQUESTED, head);

        Verdict verdict = registry.judge(head, approval("bob", head), rejection);

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAIL);
        assertThat(blocks(verdict)).containsExactly("release/eyes");
        assertThat(registry.judge(
                                head,
                                approval("bob", head),
                                GateRegistry.review("mallory", Review.State.CHANGES_REQUESTED, head))
                        .outcome())
                .isEqualTo(Verdict.Outcome.PASS);
    }

    @Test
    void waitsForTheOldRoleHoldersWhenAProposalAddsOne() {
        CommitId head = registry.commit(
                Documents.registry(Documents.REGISTRY.replace("platform: [dora]", "platform: [dora, mallory]")));

        assertThat(registry.approved(head, "mallory", "bob").outcome()).isEqualTo(Verdict.Outcome.PENDING);
        assertThat(registry.approved(head, "dora").outcome()).isEqualTo(Verdict.Outcome.PASS);
    }

    @Test
    void judgesAWeakerPolicyByTheApprovalsOfTheOldRegistry() {
        CommitId head = registry.commit(Documents.policy(Documents.RELEASE.replace("0.7", "0.1")));

        assertThat(registry.approved(head, "dora").outcome()).isEqualTo(Verdict.Outcome.PENDING);
        assertThat(registry.approved(head, "bob").outcome()).isEqualTo(Verdict.Outcome.PASS);
    }

    @Test
    void judgesAPromotionByThePolicyOfTheTargetAndNotOfTheBranchItStartedFrom() {
        CommitId head = registry.commit(registry.next("1.1.0", "prod", Reason.PROMOTE));
        registry.merge(Documents.policy(Documents.RELEASE.replace("0.7", "0.9")));

        Verdict verdict = registry.approved(head, "bob");

        assertThat(blocks(verdict)).containsExactly("release/auc");
        assertThat(verdict.findings().get(0).message())
                .contains("0.75")
                .contains("≥ 0.9")
                .contains("off by 0.15");
        assertThat(verdict.findings().get(0).place().line()).isPositive();
    }

    @Test
    void refusesUnrelatedAndConflictingHistories() {
        CommitId unrelated = registry.repository()
                .commit(
                        registry.repository().snapshot(registry.main()),
                        new CommitDraft("Evil\n", new Author("m", "m@m"), GateRegistry.NOW, List.of()));
        CommitId head = registry.commit(registry.next("1.1.0", "prod", Reason.PROMOTE));
        registry.merge(Documents.pointer(id("1.0.0"), "prod", Reason.HOTFIX, Optional.of(id("1.0.0")))
                .toFile());

        refuses(unrelated, "gate/unrelated");
        refuses(head, "gate/conflict");
    }

    @Test
    void failsWhenTheGateItselfFails() {
        CommitId head = registry.commit(registry.next("1.1.0", "prod", Reason.PROMOTE));
        GateInput input = registry.input(head);

        Verdict verdict = Gate.judge(new GateInput(
                input.target(), input.merge(), input.review(), input.now(), StageHistory.NONE, new BrokenStores()));

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAIL);
        assertThat(blocks(verdict)).containsExactly("gate/internal");
        assertThat(verdict.findings().toString()).doesNotContain("secret");
    }

    /** Fails as no store should. */
    private static final class BrokenStores implements StoreAccess {
        @Override
        public List<Verification> verify(RegistryConfig config, StoredVersion version) {
            throw new IllegalStateException("secret detail");
        }

        @Override
        public List<Examined> examine(RegistryConfig config, StoredVersion version) {
            throw new IllegalStateException("secret detail");
        }
    }
}
