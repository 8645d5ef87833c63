package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code git} program in one folder, without the configuration of whoever runs the tests. */
final class CommandLineGit {
    static final String MAIN = "refs/heads/main";

    private final Path folder;

    CommandLineGit(Path folder) {
        this.folder = folder;
    }

    /** Makes a repository with a work tree whose branch is {@code main}. */
    static CommandLineGit init(Path folder, String... options) throws IOException {
        Files.createDirectories(folder);
        CommandLineGit git = new CommandLineGit(folder);
        List<String> arguments = new ArrayList<>(List.of("init", "-q", "-b", "main"));
        arguments.addAll(List.of(options));
        git.run(arguments.toArray(String[]::new));
        return git;
    }

    Path folder() {
        return folder;
    }

    /** Runs a command that must succeed, and gives what it says. */
    String run(String... arguments) {
        Said said = attempt(arguments);
        assertThat(said.code())
                .as(String.join(" ", arguments) + "\n" + said.text())
                .isZero();
        return said.text();
    }

    Said attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment());
        try {
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes files, commits them and gives the commit. */
    CommitId commit(String... pathsAndTexts) throws IOException {
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            Path file = folder.resolve(pathsAndTexts[i]);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, pathsAndTexts[i + 1]);
        }
        run("add", "-A");
        run("commit", "-q", "--allow-empty", "-m", "Change");
        return head();
    }

    CommitId head() {
        return new CommitId(run("rev-parse", "HEAD"));
    }

    static Map<String, String> environment() {
        return Map.of(
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_TERMINAL_PROMPT", "0",
                "GIT_AUTHOR_NAME", "Ann",
                "GIT_AUTHOR_EMAIL", "ann@example.com",
                "GIT_COMMITTER_NAME", "Ann",
                "GIT_COMMITTER_EMAIL", "ann@example.com");
    }

    /** Exit code and everything that was said. */
    record Said(int code, String text) {}
}
