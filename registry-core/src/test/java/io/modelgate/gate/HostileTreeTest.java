package io.modelgate.gate;

import static io.modelgate.gate.Documents.id;
import static io.modelgate.gate.GateRegistry.blocks;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tree can hold that no honest client writes. */
class HostileTreeTest extends HostileProposals {

    @Test
    void refusesASymbolicLinkInAVersion() throws IOException {
        refuses(raw(VERSION + "/evaluations/x.yaml", FileMode.SYMLINK, "/etc/passwd"), "gate/mode");
    }

    @Test
    void refusesAnExecutableFile() throws IOException {
        SourceFile more = Documents.evaluation(id("1.0.0"), "more", 0.8);
        refuses(raw(more.path(), FileMode.EXECUTABLE_FILE, more.text()), "gate/mode");
    }

    @Test
    void refusesToMakeACardExecutable() throws IOException {
        refuses(raw(VERSION + "/card.md", FileMode.EXECUTABLE_FILE, Documents.CARD), "gate/mode");
    }

    @Test
    void refusesToMakeAMergedManifestExecutable() throws IOException {
        String manifest = Documents.version(id("1.0.0")).toFile().text();
        refuses(raw(VERSION + "/version.yaml", FileMode.EXECUTABLE_FILE, manifest), "gate/add-only", "gate/mode");
    }

    @Test
    void refusesASubmodule() throws IOException {
        try (RawTree raw = registry.raw()) {
            String head = raw.commitSubmodule(registry.main().hex(), VERSION + "/fairness/x.yaml");
            refuses(new CommitId(head), "gate/mode");
        }
    }

    @Test
    void refusesAnEmptyFolderThatWouldTakeAVersionNumber() throws IOException {
        try (RawTree raw = registry.raw()) {
            String head = raw.commitEmptyFolder(
                    registry.commit(Documents.evaluation(id("1.0.0"), "more", 0.8))
                            .hex(),
                    "models/credit/default-risk/versions/9.9.9");
            refuses(new CommitId(head), "gate/mode", "gate/path");
        }
    }

    @Test
    void refusesAnEmptyFolderAlone() throws IOException {
        try (RawTree raw = registry.raw()) {
            refuses(
                    new CommitId(raw.commitEmptyFolder(registry.main().hex(), "stages/prod/empty")),
                    "gate/mode",
                    "gate/path");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".gitmodules",
                "evil.sh",
                "policies/evil.rego",
                "models/credit/default-risk/.gitattributes",
                "models/credit/default-risk/versions/1.0.0",
                "models/credit/default-risk/versions/1.0.0/evil.yaml",
                "models/credit/default-risk/versions/1.0.0/evaluations/a/b.yaml",
                "models/credit/default-risk/versions/1.0.0/evaluations/A.yaml",
                "models/credit/default-risk/versions/1.0.0/version.yml",
                "models/credit/default-risk/versions/v2.0.0/version.yaml",
                "models/credit/default-risk/versions/2.0/version.yaml",
                "models/credit/default-risk/versions/2.0.0+build/version.yaml",
                "models/credit\\evil/x/model.yaml",
                "models/Credit/x/model.yaml",
                "models/crédit/x/model.yaml",
                "stages/prod/credit/default-risk.yml",
                "stages/prod/credit/default-risk.yaml/x",
                "stages/prod/credit/sub/default-risk.yaml",
                "STAGES/prod/credit/default-risk.yaml",
                "Registry.yaml",
                "registry.yaml ",
                "waivers/a\u202eb.yaml",
                "waivers/a\nb.yaml",
                "targets/prod/./x.yaml",
                " "
            })
    void refusesAPathThatTheLayoutHasNoPlaceFor(String path) throws IOException {
        Verdict verdict = tolerant(path);

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAIL);
        assertThat(verdict.kind()).isEqualTo("unknown");
        assertThat(blocks(verdict)).containsAnyOf("gate/path", "gate/integrity");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/con/a.md",
                "docs/a\\b.md",
                "docs/a\u202eb.md",
                "docs/a\nb.md",
                "docs/trailing. ",
                "docs/README.MD",
                "docs/Cafe\u0301.md",
                "docs/.git\u200c/config",
                "docs/git~1/config"
            })
    void refusesNamesThatMeanSomethingElseOnAnotherMachine(String path) throws IOException {
        registry.merge(SourceFile.of("docs/readme.md", "x"), SourceFile.of("docs/Caf\u00e9.md", "x"));

        refuses(raw(path, FileMode.REGULAR_FILE, "x"), "gate/path");
    }

    @Test
    void refusesAFileThatIsTooLong() {
        refuses(
                registry.commit(SourceFile.of(VERSION + "/evaluations/big.yaml", "#".repeat((1 << 20) + 1))),
                "gate/size");
        assertThat(registry.judge(registry.commit(SourceFile.of(VERSION + "/version.yaml", "#".repeat((4 << 20) + 1))))
                        .findings())
                .extracting(Finding::message)
                .contains("This file has more than 4 MiB.");
    }

    @Test
    void refusesMoreFilesThanAnybodyCanRead() {
        SourceFile[] many = IntStream.range(0, 2_001)
                .mapToObj(i -> SourceFile.of("docs/" + i + ".md", "x"))
                .toArray(SourceFile[]::new);

        refuses(registry.commit(many), "gate/size");
    }

    @Test
    void refusesMoreBytesThanAnybodyCanRead() {
        SourceFile[] many = IntStream.range(0, 40)
                .mapToObj(i -> SourceFile.of("docs/" + i + ".md", i + "x".repeat(1_000_000)))
                .toArray(SourceFile[]::new);

        refuses(registry.commit(many), "gate/size");
    }
    /** Judges a path that may be so odd that not even the merge can be made. */
    private Verdict tolerant(String path) throws IOException {
        CommitId head = raw(path, FileMode.REGULAR_FILE, "x");
        GateInput input = registry.input(registry.main());
        return Gate.judge(new GateInput(
                input.target(),
                new MergeOutcome.Merged(registry.repository()
                        .snapshotOfTree(registry.repository().snapshot(head).tree())),
                registry.input(registry.main()).review(),
                input.now(),
                input.history(),
                input.stores()));
    }
}
