package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTest {
    @TempDir
    static Path folder;

    private static final StringWriter SHOWN = new StringWriter();
    private static int code;

    @BeforeAll
    static void play() {
        code = Main.run(terminal(folder, SHOWN, SHOWN), "demo", "life");
    }

    @Test
    void playsToTheEnd() {
        assertThat(SHOWN.toString()).contains("The registry is yours now");
        assertThat(code).isZero();
    }

    @Test
    void showsWhereTheUnfairVersionIsUnfair() {
        assertThat(SHOWN.toString())
                .contains("versions/1.2.0/fairness/aif360-test.yaml:")
                .contains("disparate_impact_ratio of age: 25-or-less / over-25 is 0.1579, required is 0.8 to 1.25");
    }

    @Test
    void showsThatADamagedArtifactIsNotPromoted() {
        assertThat(SHOWN.toString())
                .contains("artifacts[0] (model.onnx) has other bytes in the store than the manifest says");
    }

    @Test
    void leavesTheBytesThatWereJudged() throws Exception {
        assertThat(folder.resolve("life/serving/model.onnx"))
                .hasSameBinaryContentAs(folder.resolve("life/training/1.0.0/model/model.onnx"));
    }

    @Test
    void leavesARegistryToGoOnWith() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int listed = Main.run(terminal(folder.resolve("life"), out, err), "resolve", "credit/default-risk@prod");
        assertThat(err.toString()).isEmpty();
        assertThat(listed).isZero();
        assertThat(out.toString()).contains("credit/default-risk@1.0.0");
    }

    @Test
    void registeringTheSameBytesAgainDoesNothingAndOtherBytesAreAConflict() throws Exception {
        Path life = folder.resolve("life");
        StringWriter out = new StringWriter();
        assertThat(Main.run(
                        terminal(life, out, out),
                        "register",
                        "credit/default-risk@1.0.0",
                        "training/1.0.0",
                        "--as",
                        "alice"))
                .isZero();
        assertThat(out.toString()).contains("already registered with these bytes");
        assertThat(Main.run(
                        terminal(life, out, out),
                        "register",
                        "credit/default-risk@1.0.0",
                        "training/1.1.0",
                        "--as",
                        "alice"))
                .isEqualTo(ExitCode.CONFLICT.number());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list credit | credit/default-risk  high  3         dev 1.1.0, uat 1.1.0, prod 1.0.0",
                "list --output json | \"prod\" : \"1.0.0\"",
                "show credit/default-risk | 1.1.0    dev, uat",
                "show credit/default-risk@prod | disparate_impact_ratio of age: 25-or-less / over-25",
                "show credit/default-risk@1.1.0 -o yaml | library_name: onnx",
                "resolve credit/default-risk -o json | \"version\" : \"1.2.0\"",
                "history credit/default-risk --stage prod | local:carol Carol Costa",
                "history credit/default-risk --stage prod -o json | \"reason\" : \"rollback\"",
                "proposals --state merged | Promote credit/default-risk@1.0.0 to prod",
                "proposals --state all -o yaml | state: merged",
                "diff credit/default-risk@1.0.0 credit/default-risk@1.1.0 | +0.01414",
                "diff credit/default-risk@1.0.0 credit/default-risk@1.0.0 | do not differ",
                "diff credit/default-risk@1.0.0 credit/default-risk@1.1.0 -o json | \"part\" : \"fairness\"",
                "doctor | 4 valid",
            })
    void answersQuestionsAboutIt(String command, String answer) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Main.run(terminal(folder.resolve("life"), out, err), command.split(" ", -1)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains(answer);
    }

    @Test
    void saysWhichFormatsACommandWrites() {
        StringWriter out = new StringWriter();
        assertThat(Main.run(terminal(folder.resolve("life"), out, out), "list", "-o", "sarif"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(out.toString()).contains("text, json or yaml");
    }

    @Test
    void doesNotTouchAFolderThatHoldsSomething() throws Exception {
        Files.createDirectories(folder.resolve("full"));
        Files.writeString(folder.resolve("full/mine.txt"), "mine");
        StringWriter out = new StringWriter();
        assertThat(Main.run(terminal(folder, out, out), "demo", "full")).isEqualTo(ExitCode.CONFLICT.number());
        assertThat(out.toString()).contains("is not empty");
        assertThat(folder.resolve("full")).isDirectoryContaining(file -> file.endsWith("mine.txt"));
    }

    @Test
    void suggestsTheNearestCommandAndModel() {
        StringWriter out = new StringWriter();
        assertThat(Main.run(terminal(folder, out, out), "promot")).isEqualTo(ExitCode.USAGE.number());
        assertThat(out.toString()).contains("Did you mean 'modelgate promote'");
        assertThat(Main.run(terminal(folder.resolve("life"), out, out), "resolve", "credit/default-rsik@prod"))
                .isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(out.toString()).contains("did you mean credit/default-risk?");
    }

    @Test
    void saysWhenThereIsNoRegistry() {
        StringWriter out = new StringWriter();
        assertThat(Main.run(terminal(folder, out, out), "list")).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(out.toString()).contains("There is no registry here.", "modelgate init");
    }

    private static Terminal terminal(Path directory, StringWriter out, StringWriter err) {
        return new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                InputStream.nullInputStream(),
                Map.of("HOME", folder.toString()),
                directory,
                Clock.systemUTC(),
                false);
    }
}
