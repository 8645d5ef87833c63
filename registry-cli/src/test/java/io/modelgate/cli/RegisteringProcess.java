package io.modelgate.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A process that registers several versions, one after the other, and ends with the first exit code that is not 0. */
final class RegisteringProcess {
    private RegisteringProcess() {}

    /** {@code <folder> <model> <major> <count>}: versions {@code <major>.0.0} to {@code <major>.<count-1>.0}. */
    public static void main(String[] args) {
        Terminal terminal = new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                Map.of("HOME", args[0]),
                Path.of(args[0]),
                Clock.systemUTC(),
                false);
        for (int minor = 0; minor < Integer.parseInt(args[3]); minor++) {
            String version = args[1] + "@" + args[2] + "." + minor + ".0";
            int code = Main.run(
                    terminal, "register", version, "output", "--merge", "-r", "registry.git", "--as", "user" + args[2]);
            if (code != 0) {
                System.exit(code);
            }
        }
    }
}
