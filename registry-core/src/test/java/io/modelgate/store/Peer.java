package io.modelgate.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real server that {@code peers/<name> build} brings to this machine and {@code peers/<name> start} starts. */
public final class Peer {
    private static final Map<String, Peer> STARTED = new HashMap<>();

    private final Path folder;
    private final Map<String, String> facts = new HashMap<>();

    private Peer(Path folder) {
        this.folder = folder;
    }

    /** Starts it if need be, one for all tests; skips the test where it was never built. */
    static Peer start(String name, String binary) {
        return start(name, binary, Map.of());
    }

    /** One with variables of its own. */
    public static synchronized Peer start(String name, String binary, Map<String, String> environment) {
        Assumptions.assumeTrue(
                Files.isExecutable(file(binary)),
                "no " + name + " on this machine: 'peers/" + name + " build' brings one");
        return STARTED.computeIfAbsent(name + new TreeMap<>(environment), key -> run(name, environment));
    }

    /** A file of what was built. */
    static Path file(String name) {
        Map<String, String> variables = System.getenv();
        String cache = variables.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(variables.getOrDefault("MODELGATE_PEERS", cache + "/modelgate-peers"))
                .resolve(name);
    }

    private static Peer run(String name, Map<String, String> environment) {
        try {
            Peer peer = new Peer(Files.createTempDirectory(name + "-peer"));
            String script =
                    Path.of("..", "peers", name).toAbsolutePath().normalize().toString();
            ProcessBuilder builder = new ProcessBuilder(script, "start", peer.folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            Process process = builder.start();
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .forEach(line -> peer.facts.put(line[0], line[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> peer.stop(script)));
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop(String script) {
        try {
            new ProcessBuilder(script, "stop", folder.toString()).start().waitFor(20, TimeUnit.SECONDS);
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it said when it started. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** A folder in its data. */
    Path data(String name) {
        return folder.resolve("data").resolve(name);
    }
}
