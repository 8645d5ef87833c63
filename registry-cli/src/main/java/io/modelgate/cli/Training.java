package io.modelgate.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the usual commands once, so that the launcher can keep what Java loaded for them in its start-up archive. */
final class Training {
    /** Add a line for every command whose start people wait for. They must change nothing and need no network. */
    private static final List<List<String>> COMMANDS =
            List.of(List.of("--version"), List.of("--help"), List.of("no-such-command"), List.of("completion", "bash"));

    private Training() {}

    public static void main(String[] args) {
        COMMANDS.forEach(Training::run);
    }

    /** Not by {@code Main.main}, which ends the process. The exit code is of no interest here. */
    private static void run(List<String> command) {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        int ignored = Main.run(nowhere, nowhere, command.toArray(String[]::new));
    }
}
