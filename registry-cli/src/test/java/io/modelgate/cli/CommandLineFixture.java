package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.WrittenDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands in a folder as a user would, and remembers what they showed. */
class CommandLineFixture {
    @TempDir
    Path folder;

    /** Where programs are looked for. */
    String path = "/usr/bin:/bin";

    /** All of it. */
    String shown = "";

    /** What came out as data. */
    String data = "";

    void succeeds(String... args) {
        assertThat(run(args)).as(shown).isZero();
    }

    void fails(ExitCode code, String... args) {
        assertThat(run(args)).as(shown).isEqualTo(code.number());
        assertThat(shown).doesNotContain("Exception in", "\tat ");
    }

    int run(String... args) {
        StringWriter both = new StringWriter();
        StringWriter out = new StringWriter() {
            @Override
            public void write(String text, int from, int length) {
                super.write(text, from, length);
                both.write(text, from, length);
            }
        };
        int code = Main.run(
                new Terminal(
                        new PrintWriter(out),
                        new PrintWriter(both),
                        InputStream.nullInputStream(),
                        Map.of("HOME", folder.toString(), "PATH", path),
                        folder,
                        Clock.systemUTC(),
                        false),
                args);
        shown = both.toString();
        data = out.toString();
        return code;
    }

    /** What came out as data is what a schema says, and the schema knows every key of it. */
    void isDescribedBy(String schema) {
        WrittenDocument written = WrittenDocument.read(schema, data);
        assertThat(written.findings()).as(data).isEmpty();
        assertThat(written.withStrangeKeys()).isNotEmpty();
        for (WrittenDocument strange : written.withStrangeKeys()) {
            assertThat(strange.findings()).as(strange.document().toString()).isNotEmpty();
        }
    }

    void git(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    static void delete(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
