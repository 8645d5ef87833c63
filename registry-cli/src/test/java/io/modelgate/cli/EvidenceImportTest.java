package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports of real tools get into a version that is being registered, and to one that is. */
class EvidenceImportTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/credit-default-risk").toAbsolutePath().normalize();
    private static final Path REPORTS = Path.of("../registry-core/src/test/resources/importer")
            .toAbsolutePath()
            .normalize();

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
    }

    @Test
    void goesIntoATrainingOutputAndIsRegistered() throws Exception {
        fairlearn("--into", "output");
        assertThat(shown).contains("wrote ", "fairness/imported.yaml");
        assertThat(folder.resolve("output/fairness/imported.yaml")).content().doesNotContain("subject:");
        succeeds(
                "evidence",
                "import",
                "auto",
                report("shap"),
                "--id",
                "shap",
                "--dataset",
                "german-test",
                "--into",
                "output",
                "--about",
                "model.onnx");
        succeeds("register", "credit/default-risk@1.0.0", "output", "--merge", "--as", "ann");
        succeeds("evidence", "show", "credit/default-risk@1.0.0");
        assertThat(shown).contains("id: imported", "name: difference.selection_rate", "method: shap LinearExplainer");
    }

    @Test
    void isProposedForAVersionThatIsThere() throws Exception {
        succeeds("register", "credit/default-risk@1.0.0", "output", "--merge", "--as", "ann");
        fairlearn("--version", "credit/default-risk@1.0.0", "--merge", "--as", "ann");
        assertThat(shown).contains("Add evidence to credit/default-risk@1.0.0: imported: merged as");
        fairlearn("--version", "credit/default-risk@1.0.0", "--as", "ann");
        assertThat(shown).contains("credit/default-risk@1.0.0 has this evidence already.");
    }

    @Test
    void overwritesNothing() throws Exception {
        fairlearn("--into", "output");
        String before = Files.readString(folder.resolve("output/fairness/imported.yaml"));
        fails(
                ExitCode.CONFLICT,
                "evidence",
                "import",
                "fairlearn",
                report("fairlearn"),
                "--id",
                "imported",
                "--dataset",
                "d",
                "--favourable",
                "1",
                "--reference",
                "sex=male",
                "--into",
                "output");
        assertThat(shown).contains("is there already", "--id");
        assertThat(folder.resolve("output/fairness/imported.yaml")).content().isEqualTo(before);
    }

    @Test
    void refusesARowPerPersonAndWhatIsMissing() throws Exception {
        Files.writeString(folder.resolve("rows.csv"), "sex,label_value,score\nf,1,1\nm,0,1\nf,0,1\nm,1,0\n");
        fails(
                ExitCode.FINDINGS,
                "evidence",
                "import",
                "auto",
                "rows.csv",
                "--id",
                "x",
                "--dataset",
                "d",
                "--into",
                "output");
        assertThat(shown).contains("a row per person");
        fails(
                ExitCode.FINDINGS,
                "evidence",
                "import",
                "auto",
                report("clarify"),
                "--id",
                "x",
                "--dataset",
                "d",
                "--into",
                "output");
        assertThat(shown).contains("Say --rows <number>.");
        fails(
                ExitCode.NOT_FOUND,
                "evidence",
                "import",
                "auto",
                "nothing.json",
                "--id",
                "x",
                "--dataset",
                "d",
                "--into",
                "output");
        fails(
                ExitCode.USAGE,
                "evidence",
                "import",
                "excel",
                report("shap"),
                "--id",
                "x",
                "--dataset",
                "d",
                "--into",
                "output");
    }

    @Test
    void refusesATimeToCome() {
        fails(
                ExitCode.FINDINGS,
                "evidence",
                "import",
                "fairlearn",
                REPORTS.resolve("fairlearn/1.0.0/fairlearn-sex.json").toString(),
                "--id",
                "x",
                "--dataset",
                "d",
                "--favourable",
                "1",
                "--reference",
                "sex=male",
                "--created-at",
                "2999-01-01T00:00:00Z",
                "--into",
                "output");
        assertThat(shown)
                .contains("--created-at says that it was measured at 2999-01-01T00:00:00Z, which is yet to come");
        assertThat(folder.resolve("output/fairness/x.yaml")).doesNotExist();
    }

    @Test
    void importsAnExplanationOnce() throws Exception {
        shap();
        assertThat(shown).contains("wrote ", "facts.yaml");
        String without = Files.readString(folder.resolve("output/facts.yaml"));
        shap("--about", "model.onnx");
        String once = Files.readString(folder.resolve("output/facts.yaml"));
        assertThat(once).containsOnlyOnce("method: shap LinearExplainer").isNotEqualTo(without);
        shap("--about", "model.onnx");
        assertThat(shown).contains("facts.yaml has this explanation already");
        shap();
        assertThat(shown).contains("facts.yaml has this explanation already");
        assertThat(folder.resolve("output/facts.yaml")).content().isEqualTo(once);
        Path again = Files.writeString(
                folder.resolve("again.json"),
                Files.readString(Path.of(report("shap"))).replaceFirst("\"rows\": [0-9]+", "\"rows\": 399"));
        shap(again, "--about", "model.onnx");
        assertThat(folder.resolve("output/facts.yaml"))
                .content()
                .containsOnlyOnce("method: shap LinearExplainer")
                .contains("rows: 399");
    }

    @Test
    void saysWhatAnExplanationLacksToCount() throws Exception {
        shap();
        assertThat(shown)
                .contains("The explanation does not count yet. It lacks")
                .contains("  which artifact it explains: say --about <artifact>, such as --about model.onnx.");
        shap("--about", "model.onnx");
        assertThat(shown).doesNotContain("does not count");
        shap();
        assertThat(shown).doesNotContain("does not count");
        delete(folder.resolve("output/model"));
        Files.delete(folder.resolve("output/facts.yaml"));
        Path bare = Files.writeString(
                folder.resolve("bare.json"),
                "{\"shap\": \"1\", \"global\": [{\"feature\": \"a\", \"mean_abs_shap\": 0}]}");
        shap(bare);
        assertThat(shown)
                .contains("put the files of the version into " + folder.resolve("output/model") + ", then say --about")
                .contains("  the units of its numbers: write 'units'")
                .contains("  an input that matters: all have importance 0.");
    }

    private void shap(String... more) throws Exception {
        shap(Path.of(report("shap")), more);
    }

    private void shap(Path file, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "evidence",
                "import",
                "shap",
                file.toString(),
                "--id",
                "shap",
                "--dataset",
                "german-test",
                "--into",
                "output"));
        args.addAll(List.of(more));
        succeeds(args.toArray(String[]::new));
    }

    private void fairlearn(String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "evidence",
                "import",
                "fairlearn",
                report("fairlearn"),
                "--id",
                "imported",
                "--dataset",
                "german-test",
                "--favourable",
                "1",
                "--reference",
                "sex=male"));
        args.addAll(List.of(more));
        succeeds(args.toArray(String[]::new));
    }

    private static String report(String tool) throws Exception {
        return switch (tool) {
            case "fairlearn" ->
                REPORTS.resolve("fairlearn/1.0.0/fairlearn-sex.json").toString();
            case "shap" -> REPORTS.resolve("shap/1.0.0/shap-global.json").toString();
            default -> REPORTS.resolve("clarify/1.0.0/clarify-analysis.json").toString();
        };
    }
}
