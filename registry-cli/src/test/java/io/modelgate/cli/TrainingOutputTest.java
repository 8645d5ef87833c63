package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong with the folder of a training job is told with the place where its owner can mend it. */
class TrainingOutputTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/credit-default-risk").toAbsolutePath().normalize();

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
    }

    @Test
    void losesNoDocumentOfTwoWithOneId() throws Exception {
        Files.copy(folder.resolve("output/evaluations/test.yaml"), folder.resolve("output/evaluations/test2.yaml"));
        edit("fairness/aif360-test.yaml", "id: aif360-test", "id: fairlearn-test");
        registerFails();
        assertThat(shown)
                .contains("evaluations/test2.yaml:4:1: The id 'test' is also that of ", "evaluations/test.yaml;")
                .contains("fairness/fairlearn-test.yaml:4:1: The id 'fairlearn-test' is also that of ")
                .contains("fairness/aif360-test.yaml;");
    }

    @Test
    void countsNoExplanationTwice() throws Exception {
        String facts = Files.readString(folder.resolve("output/facts.yaml"));
        String global = facts.substring(facts.indexOf("  - scope: global"), facts.indexOf("  - scope: local"));
        Files.writeString(folder.resolve("output/facts.yaml"), facts + global.replace("rows: 400", "rows: 399"));
        registerFails();
        assertThat(shown)
                .contains("facts.yaml:46:5: explainability[2] (LinearExplainer) is the same explanation as explain"
                        + "ability[0]. Remove one of them; it counts once.");
    }

    @Test
    void findsWhatIsWrongInAReportWhereItIsWritten() throws Exception {
        edit("fairness/fairlearn-test.yaml", "female, n: 125, tp: 74", "female, n: 125, tp: 76");
        edit("evaluations/test.yaml", "id: accuracy, value: 0.735", "id: accuracy, value: 1.735");
        registerFails();
        assertThat(shown)
                .contains("fairness/fairlearn-test.yaml:15:27: n of female is 125, but tp + fp + tn + fn is 127.")
                .contains("evaluations/test.yaml:11:27: accuracy is 1.735, but can only be ");
        edit("evaluations/test.yaml", "task: binary-classification", "task: guessing");
        edit("evaluations/test.yaml", "kind: Evaluation\n", "");
        registerFails();
        assertThat(shown).contains("evaluations/test.yaml:7:7: ");
    }

    @Test
    void printsOnlyTheFormatThatWasAskedFor() {
        String version = "credit/default-risk@1.0.0";
        succeeds("register", version, "output", "--merge", "-o", "json", "--as", "ann");
        assertThat(data).startsWith("{").endsWith("}\n");
        assertThat(shown).contains("Register " + version + ": merged as ");
        succeeds("register", version, "output", "-o", "json", "--as", "ann");
        assertThat(data)
                .contains("\"format\" : \"modelgate.io/nothing-to-do/v1\"", "is already registered with these bytes");
        for (String stage : List.of("dev", "prod")) {
            for (String[] format : new String[][] {
                {"json", "{"}, {"yaml", "format: "}, {"junit", "<?xml"}, {"sarif", "{"}, {"markdown", "<!--"}
            }) {
                assertThat(run("promote", version, "--to", stage, "--dry-run", "-o", format[0], "--as", "ann"))
                        .isNotEqualTo(ExitCode.USAGE.number());
                assertThat(data).as(format[0]).startsWith(format[1]).doesNotContain("\n  write ");
                assertThat(shown).contains("  write stages/" + stage);
            }
        }
        int ignored = run("promote", version, "--to", "prod", "-o", "json", "--as", "ann");
        assertThat(data).startsWith("{").endsWith("}\n");
        assertThat(shown).contains("Promote " + version + " to prod: refused, nothing was proposed.");
        succeeds("evidence", "show", version, "-o", "yaml");
        for (String format : List.of("markdown", "sarif", "junit")) {
            fails(ExitCode.USAGE, "evidence", "show", version, "-o", format);
            assertThat(shown).contains("This command does not write " + format + ".");
        }
    }

    @Test
    void isJudgedBeforeAnythingIsUploaded() throws Exception {
        List<Path> before = files();
        succeeds("register", "credit/default-risk@1.0.0", "output", "--dry-run", "--as", "ann");
        assertThat(shown)
                .contains("  upload model.onnx (", "  open proposal \"Register credit/default-risk@1.0.0\"")
                .contains("PASS  registration of ")
                .doesNotContain("is not in the store");
        assertThat(files()).isEqualTo(before);
    }

    /** All but Git's objects, to which nothing may point. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("registry.git/objects")))
                    .sorted()
                    .toList();
        }
    }

    private void registerFails() {
        fails(ExitCode.FINDINGS, "register", "credit/default-risk@1.0.0", "output", "--as", "ann");
    }

    private void edit(String file, String from, String to) throws IOException {
        Path path = folder.resolve("output").resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }
}
