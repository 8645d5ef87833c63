package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A variable that makes no sense, in a process of its own: what is read once must not break what comes after it. */
class WrongRateTest extends CommandLineFixture {
    private String said(int exitCode, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("MODELGATE_STORE_LEAST_RATE", "fast");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == exitCode)
                .as(said)
                .isTrue();
        return said;
    }

    @Test
    void isSaidInWordsAndOnlyWhereAServerIsAsked() throws Exception {
        assertThat(said(2, "init", "remote.git", "--store", "http://127.0.0.1:9/models", "--identity", "declared"))
                .contains("MODELGATE_STORE_LEAST_RATE", "Correct the variable")
                .doesNotContain("\tat ");
        assertThat(said(0, "init", "local.git", "--identity", "declared")).doesNotContain("MODELGATE_STORE_LEAST_RATE");
    }
}
