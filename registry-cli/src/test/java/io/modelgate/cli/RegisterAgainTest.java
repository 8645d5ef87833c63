package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pipeline that runs the same build again. */
class RegisterAgainTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();
    private static final String VERSION = "wine/cultivar@1.0.0";
    private static final String INTERVAL = "interval: {level: 0.95, lower: 0.5, upper: 0.6, method: bootstrap}, ";

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ci");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
        succeeds("register", VERSION, "output", "--merge", "--as", "ci");
    }

    private void change(String file, String from, String to) throws Exception {
        Path path = folder.resolve("output").resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    @Test
    void saysNothingMoreThanThatItIsThere() {
        succeeds("register", VERSION, "output", "--merge", "--as", "ci");

        assertThat(shown).isEqualTo("wine/cultivar@1.0.0 is already registered with these bytes.\n");
    }

    @Test
    void isNotWarnedThatItMeasuredTheSameLater() throws Exception {
        change("evaluations/test.yaml", "2026-09-15T08:00:00Z", "2026-09-16T09:30:00Z");
        change("facts.yaml", "2026-09-15T08:00:00Z", "2026-09-16T09:30:00Z");
        succeeds("register", VERSION, "output", "--merge", "--as", "ci");

        assertThat(shown)
                .isEqualTo(
                        "wine/cultivar@1.0.0 is already registered with these bytes. It was measured again with the same"
                                + " results; the registered ones keep their dates.\n");
    }

    @Test
    void isToldThatItMeasuredSomethingElse() throws Exception {
        change("evaluations/test.yaml", "0.07652951776981354", "0.08");
        succeeds("register", VERSION, "output", "--merge", "--as", "ci");

        assertThat(shown)
                .contains("measured again with another result than the registered one, which stays")
                .contains("--id <another id> --version wine/cultivar@1.0.0");
    }

    @Test
    void isWarnedAlsoWhenTheProposalIsMade() throws Exception {
        change("evaluations/test.yaml", "n: 72}\n  - {id: f1_macro", INTERVAL + "n: 72}\n  - {id: f1_macro");
        succeeds("register", "wine/cultivar@1.1.0", "output", "--dry-run", "--as", "ci");
        assertThat(shown).contains("outside of its interval");
        succeeds("register", "wine/cultivar@1.1.0", "output", "--as", "ci");

        assertThat(shown)
                .contains("proposal 2 is open")
                .containsPattern("warn: \\S*output/evaluations/test.yaml:11:27: ");
    }

    @Test
    void isRefusedWithOtherBytes() throws Exception {
        Files.writeString(folder.resolve("output/model/vocabulary.txt"), "one two\n");
        fails(ExitCode.CONFLICT, "register", VERSION, "output", "--merge", "--as", "ci");

        assertThat(shown).contains("already registered with other bytes", "under the next version");
    }
}
