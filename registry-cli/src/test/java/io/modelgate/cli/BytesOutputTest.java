package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands about bytes write for programs is what the schemas say, and those are closed. */
class BytesOutputTest extends CommandLineFixture {
    private static final String SAMPLE = Path.of("../samples/credit-default-risk/1.0.0")
            .toAbsolutePath()
            .normalize()
            .toString();
    private static final String VERSION = "credit/default-risk@1.0.0";

    @BeforeEach
    void register() {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        run("register", VERSION, SAMPLE, "-r", "registry.git", "--as", "ann");
        if (run("resolve", VERSION, "-r", "registry.git") != 0) {
            succeeds("review", "1", "--approve", "-r", "registry.git", "--as", "ben");
            succeeds("merge", "1", "-r", "registry.git", "--as", "ann");
        }
    }

    private void both(ExitCode code, String schema, String... command) {
        for (String format : List.of("json", "yaml")) {
            String[] words =
                    Stream.concat(Stream.of(command), Stream.of("-o", format)).toArray(String[]::new);
            assertThat(run(words)).as(shown).isEqualTo(code.number());
            isDescribedBy(schema);
        }
    }

    @Test
    void auditWritesWhatItsSchemaSays() throws IOException {
        String[] all = {"audit", "bytes", "--all", "-r", "registry.git"};
        both(ExitCode.OK, "bytes-audit", all);
        both(ExitCode.OK, "bytes-audit", "audit", "bytes", "--stage", "dev", "credit/*", "-r", "registry.git");
        List<Path> objects = objects();
        Files.delete(objects.get(0));
        byte[] bytes = Files.readAllBytes(objects.get(1));
        bytes[0] ^= 1;
        Files.delete(objects.get(1));
        Files.write(objects.get(1), bytes);
        both(ExitCode.INTEGRITY, "bytes-audit", all);
        assertThat(data).contains("missing: 1", "changed: 1");
        Files.delete(objects.get(1));
        Files.write(objects.get(1), new byte[1]);
        both(ExitCode.INTEGRITY, "bytes-audit", all);
        assertThat(data).contains("wrong-size: 1");
    }

    @Test
    void auditSaysWhatToDoAboutAPlaceThatCannotBeRead() throws IOException {
        Files.move(folder.resolve("artifacts"), folder.resolve("away"));
        String[] all = {"audit", "bytes", "--all", "-r", "registry.git"};
        both(ExitCode.ENVIRONMENT, "bytes-audit", all);
        assertThat(data).contains("detail: ", "remedy: ", "complete: false");
        fails(ExitCode.ENVIRONMENT, all);
        List<String> lines = data.lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("  Check that the folder is there"))
                .hasSize(1);
        fails(ExitCode.ENVIRONMENT, "audit", "bytes", "--all", "-o", "markdown", "-r", "registry.git");
        assertThat(data).contains("no such file or folder", "Check that the folder is there");
    }

    @Test
    void auditNamesEveryFormatThatItWritesBeforeItReadsAnything() throws IOException {
        Files.delete(objects().get(0));
        for (String format : List.of("sarif", "junit", "code-quality")) {
            fails(ExitCode.USAGE, "audit", "bytes", "--all", "-o", format, "-r", "registry.git");
            assertThat(shown)
                    .contains("This command does not write " + format + ".", "Choose text, json, yaml or markdown.");
        }
        fails(ExitCode.USAGE, "gc", "--dry-run", "-o", "sarif", "-r", "registry.git");
        assertThat(shown).contains("Choose text, json or yaml.");
    }

    @Test
    void gcWritesWhatItsSchemaSays() throws IOException {
        both(ExitCode.OK, "gc", "gc", "--dry-run", "-r", "registry.git");
        both(ExitCode.OK, "gc", "gc", "--dry-run", "--forget-ended", "180d", "-r", "registry.git");
        assertThat(data).contains("ended: PT4320H");
        Path rubbish = folder.resolve("artifacts/sha256/ab").resolve("ab".repeat(32));
        Files.createDirectories(rubbish.resolveSibling(""));
        Files.writeString(rubbish, "nobody's");
        both(ExitCode.OK, "gc", "gc", "--dry-run", "--grace", "0d", "-r", "registry.git");
        assertThat(data).contains("objects: 1", "modified: ");
        Files.move(folder.resolve("artifacts"), folder.resolve("away"));
        both(ExitCode.ENVIRONMENT, "gc", "gc", "--dry-run", "-r", "registry.git");
        assertThat(data).contains("trouble: ", "remedy: ");
        fails(ExitCode.ENVIRONMENT, "gc", "--dry-run", "-r", "registry.git");
        assertThat(data).contains("not looked at. Store main");
    }

    @Test
    void cacheCommandsWriteWhatTheirSchemasSay() throws IOException {
        both(ExitCode.OK, "cache", "cache", "list");
        succeeds("pull", VERSION, "--to", "one", "--link", "-r", "registry.git");
        both(ExitCode.OK, "cache", "cache", "list");
        both(ExitCode.OK, "cache-verify", "cache", "verify");
        both(ExitCode.OK, "cache-prune", "cache", "prune", "--all", "--dry-run");
        assertThat(data).contains("removed:", "digest: sha256:");
        Path entry = files(folder.resolve(".cache/modelgate/artifacts/sha256")).get(0);
        Files.delete(entry);
        Files.writeString(entry, "damage");
        assertThat(run("cache", "verify", "-o", "json")).isEqualTo(ExitCode.INTEGRITY.number());
        isDescribedBy("cache-verify");
        assertThat(data).contains("\"removed\"");
        succeeds("cache", "prune", "--all", "-o", "json");
        isDescribedBy("cache-prune");
    }

    private List<Path> objects() throws IOException {
        return files(folder.resolve("artifacts/sha256"));
    }

    private static List<Path> files(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
