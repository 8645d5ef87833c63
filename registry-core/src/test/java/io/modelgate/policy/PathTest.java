package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.StageHistory;
import io.modelgate.evidence.Tenure;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.VersionTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way through an earlier stage is that of exactly these bytes. */
class PathTest {
    private static final JudgeContext CONTEXT = Given.context("{}");
    private static final Digest MANIFEST = CONTEXT.evidence().manifestDigest();
    private static final Digest ARTIFACTS = CONTEXT.evidence().version().rootDigest();

    @Test
    void wantsTheSameManifestAndTheSameArtifactsInTheEarlierStage() {
        assertThat(judge(MANIFEST, ARTIFACTS, Duration.ofDays(8)).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(Digest.of("other"), ARTIFACTS, Duration.ofDays(8)).outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge(MANIFEST, Digest.of("other"), Duration.ofDays(8)).outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void waitsUntilTheWholeTimeIsOver() {
        assertThat(judge(MANIFEST, ARTIFACTS, Duration.ofDays(7)).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(MANIFEST, ARTIFACTS, Duration.ofDays(7).minusSeconds(1))
                        .outcome())
                .isEqualTo(Outcome.PENDING);
    }

    @Test
    void supposesTheStagesOfAPolicyTestForItsOwnModelOnly() {
        PolicyTest test = Given.testIn(Given.RESOURCES.resolve("release/accepts-what-was-approved-and-soaked.yaml"));
        StageHistory supposed = test.circumstances().around(test.evidence()).history();
        ModelName mine = test.evidence().id().model();
        ModelName other = ModelName.parse("some/other");
        Digest manifest = test.evidence().manifestDigest();
        assertThat(supposed.current(Given.UAT, mine, Given.NOW)).isPresent();
        assertThat(supposed.current(Given.UAT, other, Given.NOW)).isEmpty();
        assertThat(supposed.current(Given.PROD, mine, Given.NOW)).isEmpty();
        assertThat(supposed.wasLive(Given.UAT, mine, manifest)).isTrue();
        assertThat(supposed.wasLive(Given.UAT, mine, Digest.of("other"))).isFalse();
        assertThat(supposed.wasLive(Given.PROD, mine, manifest)).isFalse();
        assertThat(supposed.tenures(Given.UAT, mine, 10)).singleElement().satisfies(tenure -> {
            assertThat(tenure.from()).isEqualTo(Instant.parse("2026-11-16T10:00:00Z"));
            assertThat(tenure.commit().committedAt()).isEqualTo(tenure.from());
        });
    }

    @Test
    void saysWhatItAsksForWithoutAVersionToJudge() {
        assertThat(Given.policy(
                                "id: a, approvals: {count: 2, role: model-risk}",
                                "id: b, path: {stage: uat, soak: P7D}")
                        .rules())
                .extracting(rule ->
                        rule.requirement().title() + ": " + rule.requirement().bound())
                .containsExactly("approvals: 2 of model-risk, not the author", "through uat: live in uat for 7 days");
    }

    private static RuleResult judge(Digest manifest, Digest artifacts, Duration since) {
        Surroundings around = CONTEXT.around();
        JudgeContext context = new JudgeContext(
                CONTEXT.evidence(),
                CONTEXT.incumbent(),
                CONTEXT.stage(),
                CONTEXT.occasion(),
                CONTEXT.review(),
                CONTEXT.registry(),
                new Surroundings(
                        new InUat(manifest, artifacts, Given.NOW.minus(since)), around.registered(), around.formats()));
        return Given.policies(Given.policy("id: x, path: {stage: uat, soak: P7D}"))
                .judge(context, each -> true)
                .get(0);
    }

    /** A history in which this is live in uat. */
    private record InUat(Digest manifest, Digest artifacts, Instant since) implements StageHistory {
        @Override
        public Optional<Tenure> current(Stage stage, ModelName model, Instant notBefore) {
            VersionTarget target = new VersionTarget(CONTEXT.evidence().id().version(), manifest, artifacts);
            CommitFacts.Signature gate = new CommitFacts.Signature("gate", "");
            return Optional.of(new Tenure(
                    new StagePointer(model, stage, target, Reason.PROMOTE, Optional.empty(), Optional.empty()),
                    since,
                    Optional.empty(),
                    new CommitFacts(new CommitId("0".repeat(40)), List.of(), "", gate, gate, since)));
        }

        @Override
        public boolean wasLive(Stage stage, ModelName model, Digest manifestOfVersion) {
            return manifest.equals(manifestOfVersion);
        }

        @Override
        public List<Tenure> tenures(Stage stage, ModelName model, int max) {
            return current(stage, model, since).stream().toList();
        }
    }
}
