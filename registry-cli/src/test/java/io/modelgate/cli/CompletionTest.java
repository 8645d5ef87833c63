package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class CompletionTest {
    private static final CommandLine TOOL = new CommandLine(new Tool());

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource(CompletionCommand.Shell.class)
    void printsAScriptForEveryShell(CompletionCommand.Shell shell) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "completion", shell.name()))
                .isZero();
        assertThat(out.toString()).contains("modelgate", "completion", "version");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CompletionCommand.Shell.class)
    void completesNothingThatIsHidden(CompletionCommand.Shell shell) {
        assertThat(shell.script(TOOL)).doesNotContain("--secret-option").doesNotContain("secret-command");
    }

    /** Each shell says itself what it would offer after the given words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool             | policy,show",
                "tool policy      | test,why",
                "tool show --as   | json,text",
                "tool -v policy   | test,why",
                "tool policy why  | much,plain",
            })
    void completesInFish(String words, String expected) throws Exception {
        Path script = script("tool.fish", CompletionCommand.Shell.fish);
        String offered = output("fish", "-N", "-c", "source " + script + "; complete -C '" + words + " '");
        assertThat(offered.lines().map(line -> line.split("\t", -1)[0]).filter(word -> !word.startsWith("-")))
                .containsExactlyInAnyOrder(expected.split(","));
    }

    @Test
    void describesOptionsInFish() throws Exception {
        Path script = script("tool.fish", CompletionCommand.Shell.fish);
        assertThat(output("fish", "-N", "-c", "source " + script + "; complete -C 'tool show --'"))
                .contains("--as\tIt's a [form]: 100% of it", "--file\tWhere");
    }

    @Test
    void writesZshThatZshCanRead() throws Exception {
        Path script = script("_tool", CompletionCommand.Shell.zsh);
        assertThat(output("zsh", "-f", "-n", script.toString())).isEmpty();
    }

    private Path script(String name, CompletionCommand.Shell shell) throws IOException {
        return Files.writeString(temp.resolve(name), shell.script(TOOL));
    }

    /** What a shell prints; where there is no such shell, there is nothing to test. */
    private String output(String... command) throws Exception {
        Path out = temp.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("HOME", temp.toString());
        Process process;
        try {
            process = builder.start();
        } catch (IOException noSuchShell) {
            assumeTrue(false, command[0] + " is not installed");
            throw noSuchShell;
        }
        assertThat(process.waitFor()).isZero();
        return Files.readString(out);
    }

    @Command(
            name = "tool",
            subcommands = {Show.class, Policy.class, Secret.class})
    static final class Tool {
        @Option(names = "-v", description = "Say more.")
        boolean verbose;
    }

    @Command(name = "show", description = "Show it: now.")
    static final class Show {
        @Option(names = "--as", paramLabel = "FORM", description = "It's a [form]: 100%% of it.")
        @Nullable
        Form form;

        @Option(
                names = {"-f", "--file"},
                description = "Where.")
        @Nullable
        Path file;

        @Option(names = "--secret-option", hidden = true)
        boolean secret;
    }

    @Command(
            name = "policy",
            subcommands = {Try.class, Why.class})
    static final class Policy {}

    @Command(name = "test")
    static final class Try {}

    @Command(name = "why")
    static final class Why {
        @Parameters
        @Nullable
        Depth depth;
    }

    @Command(name = "secret-command", hidden = true)
    static final class Secret {}

    enum Form {
        text,
        json
    }

    enum Depth {
        plain,
        much
    }
}
