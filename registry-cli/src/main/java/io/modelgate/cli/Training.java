package io.modelgate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the usual commands once, so that the launcher can keep what Java loaded for them in its start-up archive. */
final class Training {
    private static final String VERSION = "credit/default-risk@1.0.0";

    /** Add a line for every command whose start people wait for. They work in a folder of their own and need no network. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("--version"),
            List.of("--help"),
            List.of("no-such-command"),
            List.of("completion", "bash"),
            List.of("init", "registry.git", "--from", "starter", "--identity", "declared", "--as", "carol"),
            List.of("register", VERSION, "training/1.0.0", "--merge", "--as", "alice"),
            List.of("promote", VERSION, "--to", "dev", "--merge", "--as", "alice"),
            List.of("promote", VERSION, "--to", "uat", "--as", "alice"),
            List.of("proposals"),
            List.of("verify", "3"),
            List.of("merge", "3", "--as", "alice"),
            List.of("resolve", "credit/default-risk@uat"),
            List.of("pull", "credit/default-risk@uat", "--to", "pulled"),
            List.of("list"),
            List.of("history", "credit/default-risk", "--stage", "uat"),
            List.of("resolve", "credit/default-risk@prod"));

    private Training() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("modelgate-training");
        try {
            DemoFiles.unpack(folder);
            COMMANDS.forEach(command -> run(folder, command));
        } finally {
            remove(folder);
        }
    }

    /** Not by {@code Main.main}, which ends the process. The exit code is of no interest here. */
    private static void run(Path folder, List<String> command) {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                nowhere,
                nowhere,
                InputStream.nullInputStream(),
                Map.of("HOME", folder.toString()),
                folder,
                Clock.systemUTC(),
                false);
        int ignored = Main.run(terminal, command.toArray(String[]::new));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
