package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoriesTest {
    @TempDir
    Path folder;

    @Test
    void saysThatAPathDoesNotExist() {
        assertThatThrownBy(() -> Repositories.open(folder.resolve("nothing")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void saysThatAFileIsNoRepository() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");

        assertThatThrownBy(() -> Repositories.open(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("is not a Git repository");
    }

    @Test
    void saysThatAGitFileLeadsNowhere() throws IOException {
        Files.writeString(folder.resolve(".git"), "gitdir: /nowhere/at/all\n");

        assertThatThrownBy(() -> Repositories.open(folder))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void saysThatObjectsAreNamedInAnotherWay() throws IOException {
        CommandLineGit.init(folder, "--object-format=sha256");

        assertThatThrownBy(() -> Repositories.open(folder))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("sha256");
    }

    @Test
    void saysThatTheConfigurationCannotBeRead() throws IOException {
        CommandLineGit git = CommandLineGit.init(folder.resolve("checkout"));
        Files.writeString(git.folder().resolve(".git/config"), "[core\n");

        assertThatThrownBy(() -> Repositories.open(git.folder()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void opensAnEmptyRepository() throws IOException {
        CommandLineGit git = CommandLineGit.init(folder.resolve("empty"));

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThat(repository.ref(CommandLineGit.MAIN)).isEmpty();
            assertThat(repository.refs("refs/")).isEmpty();
            assertThat(repository.empty().files("")).isEmpty();
        }
    }

    @Test
    void doesNotMindADetachedHead() throws IOException {
        CommandLineGit git = CommandLineGit.init(folder.resolve("checkout"));
        CommitId first = git.commit("a", "1");
        CommitId second = git.commit("a", "2");
        git.run("checkout", "-q", "--detach", first.hex());

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThat(repository.ref(CommandLineGit.MAIN)).contains(second);
        }
    }

    @Test
    void opensALinkedWorkTree() throws IOException {
        CommandLineGit git = CommandLineGit.init(folder.resolve("checkout"));
        CommitId first = git.commit("a", "1");
        git.run("worktree", "add", "-q", "-b", "topic", folder.resolve("linked").toString());
        CommandLineGit linked = new CommandLineGit(folder.resolve("linked"));
        CommitId second = linked.commit("a", "2");

        try (RegistryRepository repository = Repositories.open(linked.folder())) {
            assertThat(repository.ref("refs/heads/topic")).contains(second);
            assertThat(repository.snapshot(second).read("a"))
                    .map(SourceFile::text)
                    .contains("2");
            CommitId third = Writing.commit(repository, List.of(first), "a", "3");
            assertThat(repository.publish(List.of(
                            RefChange.create("refs/modelgate/x", third), RefChange.create("refs/modelgate/y", third))))
                    .isEqualTo(new PublishResult.Published());
            assertThat(git.run("rev-parse", "refs/modelgate/x")).isEqualTo(third.hex());
        }
    }

    @Test
    void runsNothingThatAHostileConfigurationNames() throws IOException {
        CommandLineGit git = CommandLineGit.init(folder.resolve("checkout"));
        CommitId commit = git.commit(".gitattributes", "* filter=evil\n", "a", "1");
        Path evidence = folder.resolve("it-ran");
        String evil = "touch " + evidence;
        for (String key : List.of(
                "core.fsmonitor",
                "filter.evil.clean",
                "filter.evil.smudge",
                "filter.evil.process",
                "core.sshCommand",
                "core.editor",
                "gpg.program",
                "core.pager",
                "diff.external",
                "credential.helper")) {
            git.run("config", key, evil);
        }
        for (String hook : List.of("reference-transaction", "post-update", "pre-push", "post-commit", "pre-commit")) {
            Path file = git.folder().resolve(".git/hooks").resolve(hook);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "#!/bin/sh\n" + evil + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(git.folder().resolve("a"), "changed");

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            Snapshot now = repository.worktree(git.folder());
            assertThat(repository.snapshot(commit).changesTo(now)).hasSize(1);
            CommitId next = repository.commit(now, Writing.draft("Next", Instant.EPOCH, List.of(commit)));
            repository.publish(List.of(RefChange.create("refs/heads/topic", next)));
        }
        assertThat(evidence).doesNotExist();
    }

    @Test
    void seesInAHookWhatIsBeingPushed() throws IOException {
        Path bare = folder.resolve("registry.git");
        Repositories.init(bare, "main").close();
        Path hook = bare.resolve("hooks/pre-receive");
        Files.writeString(hook, "#!/bin/sh\nenv > env.txt\ncp -r \"$GIT_QUARANTINE_PATH\" kept\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        CommandLineGit git = CommandLineGit.init(folder.resolve("checkout"));
        CommitId pushed = git.commit("a", "1");
        assertThat(git.attempt("push", "-q", bare.toString(), "main").code()).isNotZero();

        Map<String, String> environment = new HashMap<>();
        try (Stream<String> lines = Files.lines(bare.resolve("env.txt"))) {
            lines.filter(line -> line.contains("="))
                    .forEach(line -> environment.put(
                            line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        }
        assertThat(environment).containsKey("GIT_QUARANTINE_PATH");
        environment.put("GIT_OBJECT_DIRECTORY", bare.resolve("kept").toString());

        try (RegistryRepository outside = Repositories.open(bare)) {
            assertThat(outside.has(pushed)).isFalse();
        }
        try (RegistryRepository inside = Repositories.inHook(bare, environment)) {
            assertThat(inside.snapshot(pushed).read("a")).map(SourceFile::text).contains("1");
            assertThat(inside.publish(List.of(RefChange.create(CommandLineGit.MAIN, pushed))))
                    .isInstanceOf(PublishResult.Refused.class);
        }
    }

    @Test
    void makesARepositoryThatGitCanUse() {
        Path bare = folder.resolve("sub/folder/registry.git");
        try (RegistryRepository repository = Repositories.init(bare, "trunk")) {
            CommitId commit = Writing.commit(repository, List.of(), "a", "1");
            repository.publish(List.of(RefChange.create("refs/heads/trunk", commit)));
        }
        CommandLineGit git = new CommandLineGit(folder);
        git.run("clone", "-q", bare.toString(), "clone");
        assertThat(folder.resolve("clone/a")).hasContent("1");
        assertThatThrownBy(() -> Repositories.init(bare, "trunk")).hasMessageContaining("is there already");
    }

    @Test
    void leavesNoProbeFilesBehind() throws IOException {
        Path bare = folder.resolve("registry.git");
        try (RegistryRepository repository = Repositories.init(bare, "main")) {
            CommitId commit = Writing.commit(repository, List.of(), "a", "1");
            repository.publish(List.of(RefChange.create(CommandLineGit.MAIN, commit)));
            repository.ref(CommandLineGit.MAIN);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(".probe"));
        }
    }
}
