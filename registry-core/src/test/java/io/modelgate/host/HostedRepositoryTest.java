package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostedRepositoryTest {
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
