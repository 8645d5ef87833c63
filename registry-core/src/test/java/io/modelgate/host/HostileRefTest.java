package io.modelgate.host;

import static io.modelgate.host.HookedRegistry.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.CommitId;
import io.modelgate.git.GitProgram;
import io.modelgate.git.PushedRepository;
import io.modelgate.manifest.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Branches and tags are free, and nothing else is anybody's. */
class HostileRefTest extends HookedPushes {
    @Test
    void letsBranchesAndTagsComeMoveAndGo() {
        CommitId one = registry.head("alice", "one");
        CommitId two = registry.head("alice", "two");

        registry.assertAccepted("alice", one + ":refs/heads/feature/one", one + ":refs/tags/v1.0.0");
        registry.assertAccepted("alice", "+" + two + ":refs/heads/feature/one");
        registry.assertAccepted("bob", ":refs/heads/feature/one", ":refs/tags/v1.0.0");
    }

    @Test
    void refusesNamespacesThatNothingUses() {
        CommitId commit = registry.head("mallory", "one");

        for (String ref : new String[] {
            "refs/replace/" + registry.main(),
            "refs/notes/commits",
            "refs/meta/config",
            "refs/pull/1/head",
            "refs/for/main",
            "refs/changes/01/1/1",
            "refs/remotes/origin/main",
            "refs/stash",
            "refs/main",
            "refs/modelgate/main",
            "refs/modelgate/proposals/0",
            "refs/modelgate/proposals/01",
            "refs/modelgate/proposals/1/main",
            "refs/modelgate/proposals/1234567890",
            "refs/modelgate/closed/x",
            "refs/modelgate/reviews/1",
            "refs/modelgate/reviews/1/bob/more",
            "refs/Modelgate/proposals/1",
            "refs/HEADS/main"
        }) {
            registry.assertRefused("mallory", "push/namespace", commit + ":" + ref);
        }
    }

    @Test
    void refusesNamesThatCanBeTakenForSomethingElse() {
        CommitId commit = registry.head("mallory", "one");

        for (String ref : new String[] {
            "refs/heads/" + registry.main(),
            "refs/heads/" + "A".repeat(40),
            "refs/heads/refs/heads/main",
            "refs/heads/refs/modelgate/proposals/1",
            "refs/heads/modelgate/proposals/1",
            "refs/heads/heads/main",
            "refs/heads/HEAD",
            "refs/heads/FETCH_HEAD",
            "refs/heads/Main",
            "refs/heads/ma\u0456n",
            "refs/heads/-delete",
            "refs/heads/a/-b",
            "refs/heads/$(id)",
            "refs/tags/main",
            "refs/tags/HEAD",
            "refs/tags/heads/main",
            "refs/tags/" + registry.main()
        }) {
            registry.assertRefused("mallory", "push/name", commit + ":" + ref);
        }
    }

    @Test
    void refusesToPushToAnotherNameOfTheTargetBranch() {
        registry.assertAccepted("alice", registry.head("alice", "one") + ":refs/heads/other");
        GitProgram server = new GitProgram(folder.resolve("registry.git"), java.util.Map.of());
        server.line("symbolic-ref", "refs/heads/alias", MAIN);
        server.line("symbolic-ref", "refs/modelgate/proposals/1", MAIN);
        CommitId before = registry.main();
        CommitId evil = registry.head("mallory", "evil");

        assertThat(registry.git("mallory")
                        .run("push", PushedRepository.ORIGIN, evil + ":refs/heads/alias")
                        .err())
                .contains("push/name");
        assertThat(registry.git("mallory")
                        .run("push", PushedRepository.ORIGIN, evil + ":refs/modelgate/proposals/1")
                        .err())
                .contains("push/name");
        assertThat(registry.main()).isEqualTo(before);
    }

    @Test
    void refusesToPushHead() {
        CommitId evil = registry.head("mallory", "evil");

        GitProgram.Result result = registry.push("mallory", evil + ":HEAD");

        assertThat(result.ok()).isFalse();
        assertThat(registry.server().ref(MAIN)).contains(registry.main());
    }

    @Test
    void takesNoPushOptions() {
        CommitId commit = registry.head("alice", "one");

        GitProgram.Result result = registry.git("alice")
                .run("push", "-o", "merge_request.create", PushedRepository.ORIGIN, commit + ":refs/heads/mine");

        assertThat(result.ok()).isFalse();
        assertThat(result.err()).contains("does not support push options");
    }

    @Test
    void refusesABranchThatPointsToNoCommit() {
        String blob = registry.git().line("x".getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin");

        assertThat(registry.push("alice", blob + ":refs/heads/mine").ok()).isFalse();
    }

    @Test
    void refusesMoreRefsThanAnybodyNeeds() {
        String commit = registry.head("alice", "one").hex();
        String[] refs = new String[201];
        for (int i = 0; i < refs.length; i++) {
            refs[i] = commit + ":refs/heads/b" + i;
        }

        registry.assertRefused("alice", "push/environment", refs);
    }

    @Test
    void holdsAgainstTheUsersOwnConfiguration() throws Exception {
        CommitId evil = registry.head("mallory", "evil");
        Path own = Files.writeString(
                folder.resolve("gitconfig"),
                "[core]\n\thooksPath = /nowhere\n[modelgate]\n\tidentity = declared\n[receive]\n\tfsckObjects = false\n");

        GitProgram.Result result = registry.git("mallory")
                .with("GIT_CONFIG_GLOBAL", own.toString())
                .run("push", PushedRepository.ORIGIN, evil + ":" + MAIN);

        assertThat(result.err()).contains("push/direct");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "author x <x@x> 1 +0000\ncommitter x <x@x> 99999999999999999999 +0000\n",
                "author x <x@x> 1 +0000\n",
                "author x x@x> 1 +0000\ncommitter x <x@x> 1 +0000\n"
            })
    void refusesObjectsThatAreNotWellFormed(String people) {
        String tree = registry.git().line("mktree");
        String commit = registry.git()
                .line(
                        ("tree " + tree + "\n" + people + "\nbad\n").getBytes(StandardCharsets.UTF_8),
                        "hash-object",
                        "-w",
                        "-t",
                        "commit",
                        "--literally",
                        "--stdin");

        GitProgram.Result result = registry.push("mallory", commit + ":refs/heads/mine");

        assertThat(result.ok()).isFalse();
        assertThat(result.err()).containsAnyOf("fsck", "unpack", "bad");
    }

    @Test
    void acceptsARegistryAsTheFirstCommitAndNothingElse() throws Exception {
        try (HookedRegistry empty = new HookedRegistry(folder.resolve("empty"), "")) {
            CommitId noRegistry = empty.commit("alice", SourceFile.of("README.md", "Hello.\n"));
            CommitId unknownFile = empty.commit(
                    "alice",
                    SourceFile.of("run.sh", "true\n"),
                    empty.commit("alice", SourceFile.of("registry.yaml", HookedRegistry.REVIEWED)));
            CommitId wrong = empty.commit("alice", SourceFile.of("registry.yaml", "kind: Registry\n"));
            CommitId otherBranch =
                    empty.commit("alice", SourceFile.of("registry.yaml", HookedRegistry.REVIEWED + "branch: trunk\n"));
            CommitId right = empty.commit("alice", SourceFile.of("registry.yaml", HookedRegistry.REVIEWED));

            empty.assertRefused("alice", "push/first", noRegistry + ":" + MAIN);
            empty.assertRefused("alice", "push/first", unknownFile + ":" + MAIN);
            empty.assertRefused("alice", "push/first", otherBranch + ":" + MAIN);
            assertThat(empty.push("alice", wrong + ":" + MAIN).err()).contains("hook declined");
            empty.assertAccepted("alice", right + ":" + MAIN);
            empty.assertRefused("alice", "push/direct", empty.head("alice", "one") + ":" + MAIN);
        }
    }
}
