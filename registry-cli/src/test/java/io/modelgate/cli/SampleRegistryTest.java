package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample registry is sound, and is what registering the samples gives. */
class SampleRegistryTest {
    private static final Path SAMPLE =
            Path.of("../sample-registry-repo").toAbsolutePath().normalize();
    private static final Path OUTPUTS = Path.of("../samples").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private String shown = "";

    @Test
    void isSound() {
        assertThat(run("verify", SAMPLE.toString())).as(shown).isZero();
        assertThat(shown).contains("sample-registry-repo is a sound registry.");
    }

    @Test
    void isWhatRegisteringTheSamplesGives() throws Exception {
        assertThat(run("init", "r.git", "--from", SAMPLE.toString(), "--identity", "declared", "--as", "carol"))
                .as(shown)
                .isZero();
        for (String version : List.of("1.0.0", "1.1.0", "1.2.0")) {
            registeringSaysThatItIsThere("credit/default-risk", "credit-default-risk", version);
        }
        for (String version : List.of("1.0.0", "1.1.0")) {
            registeringSaysThatItIsThere("wine/cultivar", "wine-cultivar", version);
        }
    }

    @Test
    void isFoundWantingWhenAFileIsChanged() throws Exception {
        Path copy = folder.resolve("copy");
        copy(SAMPLE, copy);
        Path pointer = copy.resolve("stages/prod/credit/default-risk.yaml");
        Files.writeString(pointer, Files.readString(pointer).replace("version: 1.0.0", "version: 9.0.0"));
        Files.writeString(copy.resolve("notes.txt"), "mine");
        Path policy = copy.resolve("policies/credit-fairness.yaml");
        Files.writeString(policy, Files.readString(policy).replace("between: [0.8, 1.25]", "between: [0.1, 10]"));

        assertThat(run("verify", "copy")).isEqualTo(ExitCode.FINDINGS.number());

        assertThat(shown)
                .contains("stages/prod/credit/default-risk.yaml: credit/default-risk@9.0.0 is not registered.")
                .contains("notes.txt: A registry has no place for this file.")
                .contains("credit-fairness/four-fifths says pass, expected was fail");
    }

    @Test
    void judgesARangeOfCommits() throws Exception {
        assertThat(run("init", "r.git", "--from", SAMPLE.toString(), "--identity", "declared", "--as", "carol"))
                .isZero();
        git("clone", "-q", "r.git", "clone");
        Files.writeString(folder.resolve("clone/models/credit/default-risk/versions/1.0.0/version.yaml"), "changed");
        git("-C", "clone", "-c", "user.name=x", "-c", "user.email=x@y.z", "commit", "-qam", "change");
        git("-C", "clone", "push", "-q", "origin", "HEAD:refs/heads/change");

        assertThat(run("verify", "main..change", "-r", "r.git")).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(shown).contains("What is merged of a version never changes");
        assertThat(run("verify", "main..nowhere", "-r", "r.git")).isEqualTo(ExitCode.NOT_FOUND.number());
    }

    private void registeringSaysThatItIsThere(String model, String output, String version) {
        String from = OUTPUTS.resolve(output).resolve(version).toString();
        assertThat(run("register", model + "@" + version, from, "-r", "r.git", "--as", "alice"))
                .as(shown)
                .isZero();
        assertThat(shown).contains("is already registered with these bytes");
    }

    private void git(String... args) throws Exception {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of("git"), Stream.of(args)).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("git.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("git.log")))
                .isZero();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private int run(String... args) {
        StringWriter out = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(out),
                InputStream.nullInputStream(),
                Map.of("HOME", folder.toString()),
                folder,
                Clock.systemUTC(),
                false);
        int code = Main.run(terminal, args);
        shown = out.toString();
        return code;
    }
}
