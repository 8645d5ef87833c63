package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the bytes are, as a user asks for them: pull in its variants, the cache, the audit, and what nobody needs any more. */
class BytesCommandTest extends CommandLineFixture {
    private static final String SAMPLE = Path.of("../samples/credit-default-risk/1.0.0")
            .toAbsolutePath()
            .normalize()
            .toString();
    private static final String VERSION = "credit/default-risk@1.0.0";

    @BeforeEach
    void register() {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        assertThat(run("register", VERSION, SAMPLE, "-r", "registry.git", "--as", "ann"))
                .as(shown)
                .isIn(0, ExitCode.PENDING.number());
        if (!isMerged()) {
            succeeds("review", "1", "--approve", "-r", "registry.git", "--as", "ben");
            succeeds("merge", "1", "-r", "registry.git", "--as", "ann");
        }
        succeeds("resolve", VERSION, "-r", "registry.git");
    }

    @Test
    void comparesAFolderAndTheStoreWithoutWriting() throws IOException {
        succeeds("pull", VERSION, "--to", "out", "-r", "registry.git");
        succeeds("pull", VERSION, "--verify-only", "--to", "out", "-r", "registry.git");
        assertThat(data).contains("2 right, 0 missing, 0 changed");
        succeeds("pull", VERSION, "--verify-only", "-r", "registry.git");
        Files.writeString(folder.resolve("out/model.onnx"), "another");
        Files.delete(folder.resolve("out/shap-global.json"));
        fails(ExitCode.INTEGRITY, "pull", VERSION, "--verify-only", "--to", "out", "-r", "registry.git");
        assertThat(shown).contains("missing: shap-global.json", "changed: model.onnx");
        assertThat(folder.resolve("out/model.onnx")).hasContent("another");
        Files.delete(firstObject());
        fails(ExitCode.INTEGRITY, "pull", VERSION, "--verify-only", "-r", "registry.git");
        fails(ExitCode.NOT_FOUND, "pull", VERSION, "--verify-only", "--to", "nowhere", "-r", "registry.git");
    }

    @Test
    void pullTellsProgramsWhatItDid() throws IOException {
        succeeds("pull", VERSION, "--to", "out", "-o", "json", "-r", "registry.git");
        assertThat(data)
                .startsWith("{")
                .contains(
                        "\"format\" : \"modelgate.io/pull/v1\"",
                        "\"fetched\" : [",
                        "\"model.onnx\"",
                        "\"folder\" : \"" + folder.resolve("out") + "\"");
        Files.writeString(folder.resolve("out/model.onnx"), "another");
        fails(ExitCode.INTEGRITY, "pull", VERSION, "--verify-only", "--to", "out", "-o", "yaml", "-r", "registry.git");
        assertThat(data).startsWith("format: modelgate.io/pull-verification/v1").contains("changed: [model.onnx]");
        Files.delete(firstObject());
        fails(ExitCode.INTEGRITY, "pull", VERSION, "--verify-only", "-o", "json", "-r", "registry.git");
        assertThat(data).startsWith("{").contains("\"missing\" : [");
    }

    @Test
    void refusesWhatMakesNoSense() {
        fails(ExitCode.USAGE, "pull", VERSION, "-r", "registry.git");
        fails(ExitCode.NOT_FOUND, "push", VERSION, "nowhere", "-r", "registry.git");
        assertThat(shown).contains("nowhere is not a folder");
        fails(ExitCode.USAGE, "pull", VERSION, "--to", "out", "--no-cache", "--link", "-r", "registry.git");
        fails(ExitCode.USAGE, "pull", VERSION, "--to", "out", "--no-cache", "--offline", "-r", "registry.git");
        fails(ExitCode.USAGE, "pull", VERSION, "--verify-only", "--offline", "-r", "registry.git");
        fails(ExitCode.USAGE, "audit", "bytes", "--all", "--stage", "dev", "-r", "registry.git");
        fails(ExitCode.NOT_FOUND, "audit", "bytes", "--stage", "production", "-r", "registry.git");
        fails(ExitCode.USAGE, "cache", "prune", "--to", "little");
        fails(ExitCode.USAGE, "gc", "--grace", "soon", "-r", "registry.git");
    }

    @Test
    void linksAndPrunes() throws IOException {
        succeeds("cache", "list");
        assertThat(data).contains("0 files, 0 bytes of");
        succeeds("pull", VERSION, "--to", "one", "--link", "-r", "registry.git");
        succeeds("pull", VERSION, "--to", "two", "--link", "-r", "registry.git");
        assertThat(data).contains("2 files fetched (2 from the cache), 0 kept");
        assertThat(Files.isSameFile(folder.resolve("one/model.onnx"), folder.resolve("two/model.onnx")))
                .isTrue();
        succeeds("cache", "list", "-o", "json");
        assertThat(data).contains("\"format\" : \"modelgate.io/cache/v1\"", "\"digest\" : \"sha256:");
        succeeds("cache", "verify", "-o", "yaml");
        assertThat(data).contains("right: 2");
        succeeds("cache", "prune", "--all", "--dry-run");
        assertThat(data).contains("2 files would go");
        succeeds("cache", "prune", "--all");
        succeeds("cache", "list");
        assertThat(data).contains("0 files");
        assertThat(folder.resolve("one/model.onnx")).exists();
    }

    @Test
    void cacheVerifyEndsWithFiveWhenSomethingWasDamaged() throws IOException {
        succeeds("pull", VERSION, "--to", "one", "--link", "-r", "registry.git");
        Path entry;
        try (Stream<Path> all = Files.walk(folder.resolve(".cache/modelgate/artifacts/sha256"))) {
            entry = all.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
        Files.delete(entry);
        Files.writeString(entry, "damage");
        fails(ExitCode.INTEGRITY, "cache", "verify");
        assertThat(data).contains("damaged, thrown away: sha256:" + entry.getFileName());
        succeeds("cache", "verify");
    }

    @Test
    void pullsOfflineFromTheCloneOfTheRegistry() throws IOException {
        String address = "file://" + folder.resolve("registry.git");
        fails(ExitCode.NOT_FOUND, "pull", VERSION, "--to", "out", "--offline", "-r", address);
        succeeds("list", "-r", address);
        Files.move(folder.resolve("registry.git"), folder.resolve("unreachable.git"));
        succeeds("pull", VERSION, "--to", "out", "--offline", "-r", address);
        assertThat(folder.resolve("out/model.onnx")).exists();
    }

    @Test
    void auditsBytesForPeopleAndPrograms() throws IOException {
        succeeds("audit", "bytes", "--all", "-r", "registry.git");
        assertThat(data).contains("1 merged version: every byte is right in every place.");
        succeeds("audit", "bytes", "-o", "markdown", "-r", "registry.git");
        assertThat(data).contains("# Audit of bytes", "| store main");
        Files.delete(firstObject());
        fails(ExitCode.INTEGRITY, "audit", "bytes", "--all", "-o", "json", "-r", "registry.git");
        assertThat(data).contains("\"missing\" : 1", "\"damaged\" : true").doesNotContain("modelgate push");
        assertThat(shown).contains("Next: put the right bytes there again: 'modelgate push");
        fails(ExitCode.NOT_FOUND, "audit", "bytes", "fraud/*", "--all", "-r", "registry.git");
        Files.move(folder.resolve("artifacts"), folder.resolve("away"));
        fails(ExitCode.ENVIRONMENT, "audit", "bytes", "--all", "-r", "registry.git");
        assertThat(data).contains("not everything could be read");
    }

    @Test
    void takesAwayOnlyWithConsent() throws IOException {
        Path rubbish = folder.resolve("artifacts/sha256/ab").resolve("ab".repeat(32));
        Files.createDirectories(rubbish.resolveSibling(""));
        Files.writeString(rubbish, "nobody's");
        succeeds("gc", "--dry-run", "-r", "registry.git");
        assertThat(data).contains("2 referred to, 0 not, 1 not yet");
        succeeds("gc", "--dry-run", "--grace", "0d", "-o", "json", "-r", "registry.git");
        assertThat(data).contains("\"digest\" : \"sha256:abab", "\"dryRun\" : true");
        for (List<String> half : List.of(List.<String>of(), List.of("--yes"), List.of("--store-is-ours"))) {
            List<String> words = new ArrayList<>(List.of("gc", "--grace", "0d", "-r", "registry.git"));
            words.addAll(half);
            fails(ExitCode.USAGE, words.toArray(String[]::new));
            assertThat(rubbish).exists();
        }
        succeeds("gc", "--grace", "0d", "--yes", "--store-is-ours", "-r", "registry.git");
        assertThat(shown).contains("1 object is gone, 8 bytes.");
        assertThat(rubbish).doesNotExist();
        succeeds("audit", "bytes", "--all", "-r", "registry.git");
    }

    private boolean isMerged() {
        return run("resolve", VERSION, "-r", "registry.git") == 0;
    }

    private Path firstObject() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("artifacts/sha256"))) {
            return all.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
    }

    @Test
    void claimsNothingOfVersionsThatWereNotRead() throws IOException {
        Files.delete(firstObject());
        succeeds("audit", "bytes", "-r", "registry.git");
        assertThat(data).contains("0 live versions: nothing was read; 'modelgate audit bytes --all'");
    }
}
