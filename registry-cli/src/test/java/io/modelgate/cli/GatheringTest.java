package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files of a training job are found by the names that its pipeline has for them, and nothing outside its folder is. */
class GatheringTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/credit-default-risk").toAbsolutePath().normalize();
    private static final Path REPORTS = Path.of("../registry-core/src/test/resources/importer/fairlearn/1.0.0")
            .toAbsolutePath()
            .normalize();

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0/model"), folder.resolve("out"));
        copy(SAMPLES.resolve("1.0.0/evaluations"), folder.resolve("reports"));
        Files.copy(SAMPLES.resolve("1.0.0/card.md"), folder.resolve("MODEL_CARD.md"));
        Files.copy(SAMPLES.resolve("1.0.0/facts.yaml"), folder.resolve("facts.yaml"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("describe.yaml"));
    }

    @Test
    void registersTheSameAsTheLayoutOfATrainingOutput() throws Exception {
        succeeds(arguments("1.0.0", "--files", "out/*", "--evidence", "reports/*.yaml"));
        succeeds("resolve", "credit/default-risk@1.0.0");
        String named = data.substring(data.indexOf("artifacts"));

        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        succeeds("register", "credit/default-risk@1.0.1", "output", "--merge", "--as", "ann");
        succeeds("resolve", "credit/default-risk@1.0.1");
        assertThat(data.lines().filter(line -> line.startsWith("artifacts")).toList())
                .isEqualTo(named.lines()
                        .filter(line -> line.startsWith("artifacts"))
                        .toList())
                .hasSize(1);
        succeeds("show", "credit/default-risk@1.0.0");
        assertThat(data).contains("model.onnx", "shap-global.json");
    }

    @Test
    void readsReportsOfOtherToolsOnTheWay() throws Exception {
        Files.copy(REPORTS.resolve("fairlearn-sex.json"), folder.resolve("reports/Fairlearn Test.json"));
        fails(ExitCode.FINDINGS, arguments("1.0.0", "--files", "out/*", "--evidence", "reports/*"));
        assertThat(shown).contains("reports/Fairlearn Test.json", "Name the data: --dataset");
        succeeds(arguments(
                "1.0.0",
                "--files",
                "out/*",
                "--evidence",
                "reports/*",
                "--dataset",
                "statlog-german-credit-test",
                "--rows",
                "400",
                "--favourable",
                "1"));
        succeeds("evidence", "show", "credit/default-risk@1.0.0");
        assertThat(data).contains("fairlearn-test", "statlog-german-credit-test");
    }

    @Test
    void takesNothingFromOutsideTheFolder() throws Exception {
        Path secret = Files.createTempDirectory("elsewhere");
        Files.writeString(secret.resolve("key.json"), "{}");
        Files.createSymbolicLink(folder.resolve("link"), secret);
        Files.createSymbolicLink(folder.resolve("out/key.json"), secret.resolve("key.json"));
        refuses("../" + secret.getFileName() + "/*", "It is not a path below the folder of the job.");
        refuses(secret + "/key.json", "It is not a path below the folder of the job.");
        refuses("out/../../x", "It is not a path below the folder of the job.");
        refuses("link/key.json", "A symbolic link is on the way to it.");
        refuses("link/*", "A symbolic link is on the way to it.");
        refuses("out/*", "This is a symbolic link");
        refuses("out/key.json", "symbolic link");
        refuses("", "It is not a path below the folder of the job.");
        fails(
                ExitCode.FINDINGS,
                arguments("1.0.0", "--files", "out/model.onnx", "--evidence", "../" + secret.getFileName() + "/*"));
        fails(
                ExitCode.FINDINGS,
                "register",
                "credit/default-risk@1.0.0",
                "--files",
                "out/model.onnx",
                "--card",
                "link/key.json",
                "--as",
                "ann");
        assertThat(shown).contains("A symbolic link is on the way to it.");
    }

    @Test
    void saysWhatIsNotThere() {
        refuses("out/*.pkl", "No file matches it.");
        refuses("output/model.onnx", "There is no such file.");
        refuses("reports/**/test.json", "No file matches it.");
        fails(
                ExitCode.FINDINGS,
                "register",
                "credit/default-risk@1.0.0",
                "--files",
                "out/model.onnx",
                "--card",
                "CARD.md",
                "--as",
                "ann");
        assertThat(shown).contains("CARD.md: There is no such file.");
    }

    private void refuses(String pattern, String message) {
        fails(ExitCode.FINDINGS, arguments("1.0.0", "--files", pattern));
        assertThat(shown).contains(message);
    }

    private static String[] arguments(String version, String... more) {
        String[] all = new String[more.length + 11];
        String[] fixed = {
            "register",
            "credit/default-risk@" + version,
            "--card",
            "MODEL_CARD.md",
            "--facts",
            "facts.yaml",
            "--model",
            "describe.yaml",
            "--merge",
            "--as",
            "ann"
        };
        System.arraycopy(fixed, 0, all, 0, fixed.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return all;
    }
}
