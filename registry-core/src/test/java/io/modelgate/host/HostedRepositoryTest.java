package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostedRepositoryTest {
    @TempDir
    Path folder;

    private static CommitId commit(RegistryRepository repository, List<CommitId> parents, SourceFile... files) {
        return repository.commit(
                repository.edit(
                        parents.isEmpty() ? repository.empty() : repository.snapshot(parents.get(0)),
                        TreeEdit.of(List.of(files))),
                new CommitDraft(
                        "Change\n",
                        new Author("alice", "alice@acme.example"),
                        Instant.parse("2026-11-23T10:00:00Z"),
                        parents));
    }

    @Test
    void tellsAMergeFromWhatOnlyLooksLikeOne() {
        try (RegistryRepository repository = Repositories.init(folder.resolve("r.git"), "main")) {
            CommitId target = commit(repository, List.of(), SourceFile.of("README.md", "one\n"));
            CommitId head = commit(repository, List.of(target), SourceFile.of("docs/a.md", "a\n"));
            MergeRequest request = new MergeRequest(7, head, target, "Merge\n");
            HostedRepository hosted = new HostedRepository(repository, "main");
            SourceFile same = SourceFile.of("docs/a.md", "a\n");
            CommitId honest = commit(repository, List.of(target, head), same);
            CommitId smuggling =
                    commit(repository, List.of(target, head), same, SourceFile.of("policies/x.yaml", "x\n"));
            CommitId squashed = commit(repository, List.of(target), same);

            assertThat(hosted.merged(request, honest)).isEqualTo(new MergeResult.Merged(honest));
            for (CommitId strange : List.of(smuggling, squashed)) {
                GitHostContract.assertTrouble(RegistryException.Kind.INTEGRITY, () -> hosted.merged(request, strange));
            }
            GitHostContract.assertTrouble(
                    RegistryException.Kind.ENVIRONMENT,
                    () -> hosted.merged(request, new CommitId("0123456789".repeat(4))));
        }
    }

    @Test
    void namesABranchByUserAndSource() {
        assertThat(HostedRepository.branchFor("alice", "promote/uat/credit/default-risk"))
                .isEqualTo("alice/promote/uat/credit/default-risk");
        assertThat(HostedRepository.source("alice", "alice/promote/uat/credit/default-risk"))
                .isEqualTo("promote/uat/credit/default-risk");
        assertThat(HostedRepository.source("alice", "bob/x")).isEqualTo("bob/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a..b",
                "-x",
                "x.lock",
                "x.lock/y",
                "a//b",
                "$(id)",
                "a b",
                "é",
                "x/",
                "x.",
                ".x",
                "a/.b",
                "~^:?*[\\"
            })
    void makesAnySourceABranchThatGitTakes(String source) {
        String branch = HostedRepository.branchFor("alice", source);

        assertThat(org.eclipse.jgit.lib.Repository.isValidRefName("refs/heads/" + branch))
                .as(branch)
                .isTrue();
        assertThat(branch).matches("alice[/-][A-Za-z0-9._/-]*[0-9a-f]{8}").doesNotContain("/-");
    }

    @Test
    void keepsTwoLongSourcesApart() {
        String long1 = "x".repeat(500) + "1";
        String long2 = "x".repeat(500) + "2";

        assertThat(HostedRepository.branchFor("alice", long1))
                .isNotEqualTo(HostedRepository.branchFor("alice", long2))
                .hasSizeLessThan(200);
    }
}
