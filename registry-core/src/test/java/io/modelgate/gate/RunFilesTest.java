package io.modelgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that decide what runs the gate are named in every verdict. */
class RunFilesTest {
    @TempDir
    private Path folder;

    private static Verdict judge(GateRegistry registry, String... paths) {
        return registry.judge(registry.commit(
                Arrays.stream(paths).map(path -> SourceFile.of(path, "new\n")).toArray(SourceFile[]::new)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/workflows/ci.yml",
                ".github/CODEOWNERS",
                ".gitea/workflows/ci.yaml",
                ".forgejo/workflows/ci.yaml",
                ".gitlab-ci.yml",
                ".gitlab/CODEOWNERS",
                ".bitbucket/CODEOWNERS",
                "bitbucket-pipelines.yml",
                "Jenkinsfile",
                "CODEOWNERS",
                "docs/CODEOWNERS"
            })
    void areNamedWithThoseWhoMustApproveThem(String path) {
        try (GateRegistry registry = new GateRegistry(folder)) {
            Verdict verdict = judge(registry, path);

            assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.PENDING);
            assertThat(verdict.findings())
                    .filteredOn(finding -> finding.rule().equals("gate/runs"))
                    .extracting(Finding::toString)
                    .containsExactly(path
                            + ": This file decides what CI runs or who is asked to review: the gate may hang on it."
                            + " Have an administrator read every line; it needs the approval of 1 of platform, as"
                            + " registry.yaml does.");
        }
    }

    @Test
    void areNamedBesideWhateverElseIsProposedAndNothingElseIs() {
        try (GateRegistry registry = new GateRegistry(folder)) {
            assertThat(judge(registry, "Jenkinsfile", "policies/x.yaml").findings())
                    .extracting(Finding::rule)
                    .contains("gate/runs", "gate/mixed");
            assertThat(judge(registry, "README.md", "docs/a.md", ".gitignore").findings())
                    .extracting(Finding::rule)
                    .doesNotContain("gate/runs");
        }
    }

    @Test
    void sayWhenNobodyMustApproveThem() {
        String open =
                Documents.REGISTRY.replace("configuration: {count: 1, role: platform}", "configuration: {count: 0}");
        try (GateRegistry registry = new GateRegistry(folder, Documents.registry(open))) {
            Verdict verdict = judge(registry, "Jenkinsfile");

            assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.PASS);
            assertThat(verdict.findings())
                    .singleElement()
                    .extracting(Finding::remedy)
                    .isEqualTo("Have an administrator read every line; nobody has to approve it: write"
                            + " approvals.configuration into registry.yaml.");
        }
    }
}
