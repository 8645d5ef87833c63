package io.modelgate.cli;

import io.modelgate.deploy.Commands;
import io.modelgate.finding.RegistryException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs programs of this machine, in a folder and with these environment variables. */
record ProcessCommands(Path folder, Map<String, String> environment) implements Commands {
    private static final int SCREEN = 4_000;

    /** Java looks for a program on the PATH of its own process, which need not be that of the environment. */
    private List<String> resolved(List<String> command) {
        List<String> found = new ArrayList<>(command);
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> folder.resolve(directory).resolve(command.get(0)))
                .filter(Files::isExecutable)
                .findFirst()
                .ifPresent(program -> found.set(0, program.toString()));
        if (found.equals(command)) {
            throw RegistryException.environment(
                    command.get(0) + " is not on the PATH.", "Install it, or put it on the PATH.", null);
        }
        return found;
    }

    @Override
    public Ended run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(resolved(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            return new Ended(code, said.substring(Math.max(0, said.length() - SCREEN)));
        } catch (IOException e) {
            throw RegistryException.environment(
                    command.get(0) + " cannot be started: " + e.getMessage() + ".",
                    "See whether it runs by itself.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.environment(command.get(0) + " was stopped.", "Run again.", e);
        }
    }
}
