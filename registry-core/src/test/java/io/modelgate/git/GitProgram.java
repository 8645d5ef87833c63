package io.modelgate.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real {@code git}, with no configuration but that of its repository. */
public record GitProgram(Path folder, Map<String, String> environment) {
    /** What came out of it. */
    public record Result(int code, String out, String err) {
        public boolean ok() {
            return code == 0;
        }
    }

    public GitProgram with(String name, String value) {
        Map<String, String> more = new java.util.TreeMap<>(environment);
        more.put(name, value);
        return new GitProgram(folder, more);
    }

    /** Runs it; the words are those after {@code git}. */
    public Result run(String... words) {
        return run(new byte[0], words);
    }

    /** Runs it with something to read. */
    public Result run(byte[] input, String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            Path err = Files.createTempFile("git", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("MODELGATE_"));
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            builder.environment().put("GIT_TERMINAL_PROMPT", "0");
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input);
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            String said = Files.readString(err);
            Files.delete(err);
            return new Result(code, out, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs it and gives the one line that it prints; anything but success is an error. */
    public String line(byte[] input, String... words) {
        Result result = run(input, words);
        if (!result.ok()) {
            throw new IllegalStateException(String.join(" ", words) + ": " + result.err());
        }
        return result.out().strip();
    }

    public String line(String... words) {
        return line(new byte[0], words);
    }
}
