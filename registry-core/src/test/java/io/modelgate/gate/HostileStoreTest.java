package io.modelgate.gate;

import static io.modelgate.gate.Documents.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.CommitId;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.PlayedStoreKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proposals that name places of their own: the gate asks none but the stores that the target branch names. */
class HostileStoreTest extends HostileProposals {
    private static final String STORES = "stores: [{name: main, url: \"file:artifacts\"}]";

    @Test
    void asksNoStoreThatOnlyAProposalNames() {
        String evil = "played:/evil-store";
        assertThat(Documents.REGISTRY).contains(STORES);
        CommitId head = registry.commit(Documents.registry(
                Documents.REGISTRY.replace(STORES, "stores: [{name: main, url: \"" + evil + "\"}]")));

        Verdict verdict = registry.approved(head, "bob", "carol", "dora");

        assertThat(verdict.findings().toString()).doesNotContain("connection");
        assertThat(PlayedStoreKind.asked(evil)).isZero();
    }

    @Test
    void asksNoMirrorThatOnlyAProposalNamesBesideANewVersion() {
        String evil = "played:/evil-mirror";
        registry.put(id("1.2.0"));
        List<SourceFile> files = new ArrayList<>(Documents.files(id("1.2.0")));
        files.add(Documents.registry(Documents.REGISTRY.replace(
                STORES, "stores: [{name: main, url: \"file:artifacts\", mirrors: [{url: \"" + evil + "\"}]}]")));

        Verdict verdict = registry.approved(registry.commit(files.toArray(SourceFile[]::new)), "bob", "carol", "dora");

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAIL);
        assertThat(PlayedStoreKind.asked(evil)).isZero();
    }

    @Test
    void asksNoStoreForAManifestThatNamesAnUnknownOne() {
        registry.put(id("1.2.0"));
        SourceFile manifest = Documents.files(id("1.2.0")).stream()
                .filter(file -> file.path().endsWith("version.yaml"))
                .findFirst()
                .orElseThrow();
        SourceFile elsewhere = SourceFile.of(
                manifest.path(), manifest.text().replaceFirst("(?m)^artifacts:", "store: evil\nartifacts:"));
        assertThat(elsewhere.text()).contains("store: evil");

        refuses(registry.commit(with(id("1.2.0"), elsewhere)), "gate/store");
    }

    @Test
    void neverBelievesAMirrorWhereTheStoreIsWrong() {
        String mirror = "played:/mirror-of-main";
        registry.merge(Documents.registry(Documents.REGISTRY.replace(
                STORES, "stores: [{name: main, url: \"file:artifacts\", mirrors: [{url: \"" + mirror + "\"}]}]")));

        // The bytes of the version are in no store; whatever the mirror has must not matter.
        CommitId head = registry.commit(with(id("1.2.0")));

        assertThat(GateRegistry.blocks(registry.approved(head, "bob", "carol", "dora")))
                .contains("gate/bytes");
        assertThat(PlayedStoreKind.asked(mirror)).isZero();
    }
}
