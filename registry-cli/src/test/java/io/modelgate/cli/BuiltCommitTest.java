package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A commit that a merge queue built gets the verdict only if it is the merge that was judged. */
class BuiltCommitTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--stages", "dev", "--as", "ann");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
        succeeds("register", "wine/cultivar@1.0.0", "output", "--as", "ann");
    }

    @Test
    void takesExactlyTheJudgedMerge() throws Exception {
        String main = told("rev-parse", "main");
        String head = told("log", "--all", "--format=%H", "--grep=Register", "-1");
        String built = told("commit-tree", told("rev-parse", head + "^{tree}"), "-p", main, "-p", head, "-m", "queue");

        int plain = run("verify", "1", "--publish", "--as", "ann");
        String verdict = data;

        assertThat(run("verify", "1", "--publish", "--built", built, "--as", "ann"))
                .as(shown)
                .isEqualTo(plain)
                .isIn(ExitCode.OK.number(), ExitCode.PENDING.number());
        assertThat(data).isEqualTo(verdict);
        assertThat(shown).doesNotContain("is not the merge");
    }

    @Test
    void refusesAnotherCommitThanTheJudgedMerge() throws Exception {
        String main = told("rev-parse", "main");
        String head =
                told("for-each-ref", "--format=%(objectname)", "--sort=-committerdate", "--count=1", "refs/heads/ann");
        head = head.isEmpty() ? told("log", "--all", "--format=%H", "--grep=Register", "-1") : head;
        String tree = told("rev-parse", head + "^{tree}");
        String other = told("commit-tree", told("rev-parse", main + "^{tree}"), "-p", main, "-p", head, "-m", "empty");
        String turned = told("commit-tree", tree, "-p", head, "-p", main, "-m", "turned");

        fails(ExitCode.CONFLICT, "verify", "1", "--publish", "--built", other, "--as", "ann");
        assertThat(shown).contains("is not the merge of " + main.substring(0, 10) + " and " + head.substring(0, 10));
        fails(ExitCode.CONFLICT, "verify", "1", "--publish", "--built", turned, "--as", "ann");
        fails(ExitCode.CONFLICT, "verify", "1", "--publish", "--built", "0".repeat(40), "--as", "ann");
        fails(ExitCode.USAGE, "verify", "1", "--built", other, "--as", "ann");
        fails(ExitCode.USAGE, "verify", "1", "--publish", "--built", "main", "--as", "ann");
    }

    private String told(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=ann", "-c", "user.email=ann@acme.example", "--git-dir", "registry.git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }
}
