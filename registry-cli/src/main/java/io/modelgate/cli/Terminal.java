package io.modelgate.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The world as a command sees it.
 *
 * @param out where data goes
 * @param err where progress, notes and errors go
 * @param in what is piped in
 * @param environment the environment variables
 * @param directory what relative paths are relative to
 * @param clock tells what now is
 * @param interactive whether a person is watching {@code err}
 */
record Terminal(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        Map<String, String> environment,
        Path directory,
        Clock clock,
        boolean interactive) {
    Terminal {
        environment = Map.copyOf(environment);
        directory = directory.toAbsolutePath().normalize();
    }

    /** The process's own streams, environment, directory and clock. */
    static Terminal ofProcess() {
        return new Terminal(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.in,
                System.getenv(),
                Path.of(""),
                Clock.systemUTC(),
                "1".equals(System.getenv("MODELGATE_TERMINAL")));
    }

    /** Whether colour and progress bars may be shown: a person is watching and did not say otherwise. */
    boolean rich() {
        return interactive
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    /** A path that the user typed, made absolute. */
    Path path(String typed) {
        return directory.resolve(typed).normalize();
    }

    /** Prints a line of data. */
    void data(String line) {
        out.print(line + "\n");
    }

    /** Prints a line for the person who is watching. */
    void say(String line) {
        err.print(line + "\n");
        err.flush();
    }
}
