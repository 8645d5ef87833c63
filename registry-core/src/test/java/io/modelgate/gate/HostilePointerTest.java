package io.modelgate.gate;

import static io.modelgate.gate.Documents.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.VersionTarget;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A stage pointer says exactly what is true. */
class HostilePointerTest extends HostileProposals {

    @Test
    void refusesAPointerToAVersionThatIsNotRegistered() {
        refuses(
                registry.commit(Documents.pointer(id("7.0.0"), "prod", Reason.PROMOTE, Optional.of(id("1.0.0")))
                        .toFile()),
                "gate/not-registered");
    }

    @Test
    void refusesAPointerWithTheDigestOfAnotherManifest() {
        StagePointer honest = Documents.pointer(id("1.1.0"), "prod", Reason.PROMOTE, Optional.of(id("1.0.0")));

        refusesPointer(
                honest,
                new VersionTarget(
                        honest.target().version(),
                        Documents.manifest(id("1.0.0")),
                        honest.target().artifacts()),
                "gate/manifest-digest");
    }

    @Test
    void refusesAPointerWithTheDigestOfOtherArtifacts() {
        StagePointer honest = Documents.pointer(id("1.1.0"), "prod", Reason.PROMOTE, Optional.of(id("1.0.0")));

        refusesPointer(
                honest,
                new VersionTarget(honest.target().version(), honest.target().manifest(), Digest.of("other")),
                "gate/artifacts-digest");
    }

    private void refusesPointer(StagePointer honest, VersionTarget target, String rule) {
        StagePointer forged = new StagePointer(
                honest.model(), honest.stage(), target, honest.reason(), honest.note(), honest.previous());
        refuses(registry.commit(forged.toFile()), rule, "gate/order");
    }

    @Test
    void refusesToSkipAStage() {
        registry.register("1.2.0");
        registry.promote("1.2.0", "dev");

        refuses(registry.commit(registry.next("1.2.0", "prod", Reason.PROMOTE)), "gate/order");
        refuses(registry.commit(registry.next("1.2.0", "prod", Reason.HOTFIX)), "gate/order");
    }

    @Test
    void refusesToRollBackToWhatNeverWasInTheStage() {
        refuses(registry.commit(registry.next("1.1.0", "prod", Reason.ROLLBACK)), "gate/rollback");
    }

    @Test
    void refusesAPointerThatForgetsWhatWasThere() {
        refuses(
                registry.commit(Documents.pointer(id("1.1.0"), "prod", Reason.PROMOTE, Optional.empty())
                        .toFile()),
                "gate/previous");
    }

    @Test
    void refusesAPointerThatSaysSomethingElseWasThere() {
        refuses(
                registry.commit(Documents.pointer(id("1.1.0"), "prod", Reason.PROMOTE, Optional.of(id("1.1.0")))
                        .toFile()),
                "gate/previous");
    }

    @Test
    void refusesToEmptyAStage() {
        refuses(registry.commitWithout("stages/prod/credit/default-risk.yaml"), "gate/add-only");
    }

    @Test
    void refusesAPointerInAStageThatIsNotListed() {
        refuses(
                registry.commit(Documents.pointer(id("1.1.0"), "prodd", Reason.PROMOTE, Optional.empty())
                        .toFile()),
                "gate/stage");
        assertThat(registry.judge(registry.commit(
                                Documents.pointer(id("1.1.0"), "prodd", Reason.PROMOTE, Optional.empty())
                                        .toFile()))
                        .findings()
                        .get(0)
                        .message())
                .contains("did you mean prod?");
    }

    @Test
    void refusesAPointerWhoseContentIsOfAnotherStage() {
        SourceFile uat = registry.next("1.1.0", "uat", Reason.PROMOTE);

        refuses(
                registry.commit(SourceFile.of(
                        new RegistryPath.PointerFile(
                                        new Stage("prod"), id("1.1.0").model())
                                .path(),
                        uat.text())),
                "manifest/field");
    }

    @Test
    void refusesAYankedVersion() {
        registry.merge(Documents.lifecycle(Documents.entry("1.1.0", "yank")));

        refuses(registry.commit(registry.next("1.1.0", "prod", Reason.PROMOTE)), "gate/withdrawn");
    }

    @Test
    void refusesToRollBackToAYankedVersion() {
        registry.promote("1.1.0", "prod");
        registry.merge(Documents.lifecycle(Documents.entry("1.0.0", "yank"), Documents.entry("1.0.0", "deprecate")));

        refuses(registry.commit(registry.next("1.0.0", "prod", Reason.ROLLBACK)), "gate/withdrawn");
    }

    @Test
    void refusesAPromotionInWhichOneOfSeveralModelsFails() {
        registry.merge(SourceFile.of(
                "models/credit/other/model.yaml",
                Documents.model(id("1.0.0")).text().replace("default-risk", "other")));

        refuses(
                registry.commit(
                        registry.next("1.1.0", "prod", Reason.PROMOTE),
                        SourceFile.of(
                                "stages/prod/credit/other.yaml",
                                registry.next("1.1.0", "prod", Reason.PROMOTE)
                                        .text()
                                        .replace("default-risk", "other"))),
                "gate/not-registered");
    }
}
