package io.modelgate.gate;

import static io.modelgate.gate.Documents.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.RiskTier;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.VersionId;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;

/** What is merged of a version stays, and a proposal is one kind of change. */
class HostileVersionTest extends HostileProposals {

    @Test
    void refusesToEditAMergedManifest() {
        SourceFile manifest = Documents.version(id("1.0.0")).toFile();

        refuses(
                registry.commit(SourceFile.of(manifest.path(), manifest.text() + "description: Better.\n")),
                "gate/add-only");
    }

    @Test
    void refusesToEditAnEvaluation() {
        refuses(registry.commit(Documents.evaluation(id("1.0.0"), "test", 0.99)), "gate/add-only");
    }

    @Test
    void refusesToDeleteAnEvaluation() {
        refuses(registry.commitWithout(VERSION + "/evaluations/test.yaml"), "gate/add-only");
    }

    @Test
    void refusesToDeleteACard() {
        refuses(registry.commitWithout(VERSION + "/card.md"), "gate/add-only");
    }

    @Test
    void refusesToRenameAVersion() {
        List<SourceFile> moved = registry.repository().snapshot(registry.main()).files(VERSION).stream()
                .map(entry -> SourceFile.of(
                        entry.path().replace("1.0.0", "3.0.0"),
                        registry.repository()
                                .snapshot(registry.main())
                                .read(entry)
                                .text()))
                .toList();
        registry.commitWithout();
        CommitId without =
                registry.commitWithout(registry.repository().snapshot(registry.main()).files(VERSION).stream()
                        .map(entry -> entry.path())
                        .toArray(String[]::new));

        CommitId head = registry.commitOn(without, moved.toArray(SourceFile[]::new));

        refuses(head, "gate/add-only");
        assertThat(registry.judge(head).findings()).filteredOn(Finding::blocks).hasSize(4);
    }

    @Test
    void refusesToReplaceAVersionByAFile() throws IOException {
        refuses(raw(VERSION, FileMode.REGULAR_FILE, "x"), "gate/add-only", "gate/path");
    }

    @Test
    void refusesAPolicyMixedWithAPromotion() {
        CommitId head = registry.commit(
                Documents.policy(Documents.RELEASE.replace("0.7", "0.1")),
                registry.next("1.1.0", "prod", Reason.PROMOTE));

        refuses(head, "gate/mixed");
        assertThat(registry.judge(head).findings())
                .filteredOn(Finding::blocks)
                .extracting(finding -> finding.place().path())
                .containsExactly("policies/release.yaml", "stages/prod/credit/default-risk.yaml");
    }

    @Test
    void namesEveryFileOfAMix() {
        CommitId head = registry.commit(
                SourceFile.of("docs/a.md", "x"),
                SourceFile.of("docs/b.md", "x"),
                registry.next("1.1.0", "prod", Reason.PROMOTE));

        assertThat(registry.judge(head).findings())
                .filteredOn(Finding::blocks)
                .extracting(finding -> finding.place().path())
                .containsExactly("docs/a.md", "docs/b.md", "stages/prod/credit/default-risk.yaml");
    }

    @Test
    void refusesAWaiverSmuggledIntoAPromotion() {
        refuses(
                registry.commit(Documents.waiver("mine", "2027-01-01"), registry.next("1.1.0", "prod", Reason.PROMOTE)),
                "gate/mixed");
    }

    @Test
    void refusesARoleGivenInTheProposalThatNeedsIt() {
        refuses(
                registry.commit(
                        Documents.registry(Documents.REGISTRY.replace("carol,", "carol, mallory,")),
                        registry.next("1.1.0", "prod", Reason.PROMOTE)),
                "gate/mixed");
    }

    @Test
    void refusesAModelFileThatIsMergedTogetherWithANewVersion() {
        VersionId next = id("2.0.0");
        registry.put(next);

        refuses(registry.commit(with(next, Documents.model(next, RiskTier.MINIMAL))), "gate/mixed");
    }

    @Test
    void refusesTwoVersionsInOneRegistration() {
        refuses(
                registry.commit(Stream.of("2.0.0", "2.0.1")
                        .flatMap(version -> Documents.files(id(version)).stream())
                        .toArray(SourceFile[]::new)),
                "gate/one-version");
    }

    @Test
    void refusesTwoStagesInOneProposal() {
        refuses(
                registry.commit(
                        registry.next("1.1.0", "dev", Reason.PROMOTE),
                        registry.next("1.0.0", "uat", Reason.ROLLBACK),
                        registry.next("1.1.0", "prod", Reason.PROMOTE)),
                "gate/one-stage");
    }

    @Test
    void refusesAProposalThatChangesNothing() {
        refuses(registry.commit(), "gate/nothing");
        refuses(registry.main(), "gate/nothing");
    }
}
