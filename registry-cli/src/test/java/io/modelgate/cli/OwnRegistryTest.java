package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that somebody makes from nothing and changes by hand. */
class OwnRegistryTest {
    @TempDir
    Path folder;

    private String shown = "";

    @BeforeEach
    void init() {
        assertThat(run("init", "registry.git", "--identity", "declared", "--as", "ann"))
                .isZero();
    }

    @Test
    void isSoundFromTheStart() {
        assertThat(run("doctor", "-r", "registry.git")).isZero();
        assertThat(shown).contains("stages [dev, uat, prod]", "2 valid");
        assertThat(run("doctor", "-r", "registry.git", "-o", "json")).isZero();
        assertThat(shown)
                .startsWith("{")
                .contains("\"format\" : \"modelgate.io/doctor/v1\"", "\"id\" : \"policies\"", "\"sound\" : true");
        assertThat(run("list", "--registry", "registry.git")).isZero();
        assertThat(run("--registry", "registry.git", "list")).isZero();
    }

    @Test
    void isNotMadeTwice() {
        assertThat(run("init", "registry.git")).isEqualTo(ExitCode.CONFLICT.number());
        assertThat(shown).contains("is there already");
    }

    @Test
    void hasTheStagesThatWereAskedFor() {
        assertThat(run("init", "two.git", "--stages", "test,live", "--name", "two"))
                .isZero();
        assertThat(run("doctor", "-r", "two.git")).isZero();
        assertThat(shown).contains("two, stages [test, live]");
        assertThat(run("init", "bad.git", "--stages", "Test")).isEqualTo(ExitCode.USAGE.number());
        assertThat(folder.resolve("bad.git")).doesNotExist();
    }

    @Test
    void keepsItsArtifactsWhereItWasTold() throws Exception {
        assertThat(run(
                        "init",
                        "bucket.git",
                        "--store",
                        "s3://acme-models/registry",
                        "--store-endpoint",
                        "https://minio.acme.example:9000",
                        "--store-region",
                        "eu-central-1"))
                .isZero();
        assertThat(Files.readString(checkout("bucket.git").resolve("registry.yaml")))
                .contains("s3://acme-models/registry", "https://minio.acme.example:9000", "eu-central-1")
                .doesNotContain("file:artifacts");
        assertThat(run("init", "no.git", "--store", "gopher://models")).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(shown).contains("gopher");
        assertThat(folder.resolve("no.git")).doesNotExist();
    }

    @Test
    void refusesOptionsThatWouldChangeNothing() {
        assertThat(run("init", "no.git", "--store-endpoint", "https://minio.acme.example"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(shown).contains("no bucket is named");
        assertThat(run("init", "no.git", "--from", ".", "--store", "file:x")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shown).contains("those of its registry.yaml");
        assertThat(run("init", "no.git", "--gate", "robot")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shown).contains("--gate is for registries on a Git host");
        assertThat(folder.resolve("no.git")).doesNotExist();
    }

    @Test
    void isChangedByAProposalThatSomebodyElseApproves() throws Exception {
        Path files = checkout();
        Files.writeString(files.resolve("policies/strict.yaml"), """
                apiVersion: modelgate.io/v1
                kind: Policy
                name: strict
                appliesTo: {stages: [prod]}
                rules:
                  - id: accurate
                    rationale: Below this nobody wants it.
                    metric: {metric: accuracy, dataset: test, atLeast: 0.9}
                """);
        assertThat(run("propose", "files", "--title", "Ask for accuracy", "-r", "registry.git", "--as", "ann"))
                .isEqualTo(ExitCode.PENDING.number());
        assertThat(shown).contains("proposal 1 is open", "1 more approval needed");
        assertThat(run("review", "1", "--approve", "-r", "registry.git", "--as", "ann"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(run("merge", "1", "-r", "registry.git", "--as", "ann")).isEqualTo(ExitCode.PENDING.number());
        assertThat(run("review", "1", "--approve", "-r", "registry.git", "--as", "ben"))
                .isZero();
        assertThat(run("merge", "1", "-r", "registry.git", "--as", "ann")).isZero();
        assertThat(run("doctor", "-r", "registry.git")).isZero();
        assertThat(shown).contains("3 valid");
    }

    @Test
    void refusesAProposalThatMixesKindsOfChange() throws Exception {
        Path files = checkout();
        Files.writeString(files.resolve("policies/release.yaml"), "nonsense: [");
        Files.writeString(files.resolve("README.md"), "changed");
        assertThat(run("propose", "files", "--title", "Two things", "-r", "registry.git", "--as", "ann"))
                .isEqualTo(ExitCode.FINDINGS.number());
        assertThat(shown).contains("mixes kinds of change", "nothing was proposed");
        assertThat(run("proposals", "-r", "registry.git", "--state", "all")).isZero();
        assertThat(shown).doesNotContain("Two things");
    }

    @Test
    void closesAProposal() throws Exception {
        Path files = checkout();
        Files.writeString(files.resolve("README.md"), "changed");
        assertThat(run("propose", "files", "--title", "Words", "-r", "registry.git", "--as", "ann"))
                .isEqualTo(ExitCode.PENDING.number());
        assertThat(run("review", "1", "--close", "-r", "registry.git", "--as", "ann"))
                .isZero();
        assertThat(run("merge", "1", "-r", "registry.git", "--as", "ann")).isEqualTo(ExitCode.CONFLICT.number());
        assertThat(run("proposals", "--state", "closed", "-r", "registry.git")).isZero();
        assertThat(shown).contains("Words");
    }

    /** The files of main, by the real git program, without its folder. */
    private Path checkout() throws Exception {
        return checkout("registry.git");
    }

    private Path checkout(String registry) throws Exception {
        Path files = folder.resolve("files");
        Process clone = new ProcessBuilder("git", "clone", "-q", registry, "files")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(clone.waitFor()).isZero();
        try (Stream<Path> git = Files.walk(files.resolve(".git"))) {
            git.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> assertThat(path.toFile().delete()).isTrue());
        }
        return files;
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
