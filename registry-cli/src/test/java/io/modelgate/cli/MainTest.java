package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsTheVersionOfTheBuild() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("modelgate \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void namesAnUnknownCommandOnTheErrorStream() {
        assertThat(run("no-such-command")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("no-such-command");
    }

    @Test
    void asksForACommandWhenThereIsNone() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Which command?", "Usage: modelgate");
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
