package io.modelgate.host;

import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real Gitea that this process started, one for all tests: {@code peers/gitea build} makes it, in about four minutes. */
final class GiteaPeer {
    private static final String VERSION = "1.26.0";
    private static Optional<GiteaPeer> started = Optional.empty();

    private final String url;
    private final String ssh;
    private final HostClient administrator;
    private final Map<String, String> tokens = new HashMap<>();
    private int repositories;

    private GiteaPeer(Map<String, String> facts) {
        this.url = facts.getOrDefault("url", "");
        this.ssh = facts.getOrDefault("ssh", "");
        this.administrator = api(facts.getOrDefault("admin", ""));
    }

    /** Starts it if need be; skips the test where it was never built. */
    static synchronized GiteaPeer start() {
        Assumptions.assumeTrue(
                Files.isExecutable(peers().resolve("gitea-" + VERSION)),
                "no Gitea on this machine: 'peers/gitea build' makes one");
        if (started.isEmpty()) {
            started = Optional.of(new GiteaPeer(run()));
        }
        return started.get();
    }

    private static Path peers() {
        Map<String, String> variables = System.getenv();
        String cache = variables.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(variables.getOrDefault("MODELGATE_PEERS", cache + "/modelgate-peers"));
    }

    private static Map<String, String> run() {
        try {
            Path folder = Files.createTempDirectory("gitea-peer");
            Path script = Path.of("..", "peers", "gitea").toAbsolutePath().normalize();
            Process process = new ProcessBuilder(script.toString(), "start", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Map<String, String> facts = new HashMap<>();
            new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .forEach(line -> facts.put(line[0], line[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(script, folder)));
            return facts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Path script, Path folder) {
        try {
            new ProcessBuilder(script.toString(), "stop", folder.toString())
                    .start()
                    .waitFor(20, TimeUnit.SECONDS);
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    HostClient api(String token) {
        return new HostClient(
                URI.create(url + "/api/v1"), Map.of("Authorization", "token " + token), Clock.systemUTC());
    }

    HostClient administrator() {
        return administrator;
    }

    /** The API as a user sees it, who is made if need be. */
    HostClient api(Account account) {
        return api(token(account.login()));
    }

    /** A user's name, so that nobody mistakes it for a token. */
    record Account(String login) {}

    /** A token of a user, who is made if need be. */
    synchronized String token(String user) {
        return tokens.computeIfAbsent(user, name -> {
            String password = "not-secret-" + name;
            administrator.post(
                    "/admin/users",
                    Json.object(
                            "username",
                            name,
                            "email",
                            name + "@acme.example",
                            "password",
                            password,
                            "must_change_password",
                            false));
            String basic = java.util.Base64.getEncoder()
                    .encodeToString((name + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            HostClient own = new HostClient(
                    URI.create(url + "/api/v1"), Map.of("Authorization", "Basic " + basic), Clock.systemUTC());
            return own.post("/users/" + name + "/tokens", Json.object("name", "tests", "scopes", List.of("all")))
                    .text("sha1")
                    .orElseThrow();
        });
    }

    /** A new empty repository of the administrator, to which these users may write. */
    synchronized String repository(String... writers) {
        String name = "models-" + ++repositories;
        administrator.post("/user/repos", Json.object("name", name, "default_branch", "main", "private", false));
        for (String writer : writers) {
            token(writer);
            administrator.require(
                    administrator.ask(
                            "PUT",
                            "/repos/administrator/" + name + "/collaborators/" + writer,
                            Json.object("permission", "write")),
                    writer);
        }
        return "administrator/" + name;
    }

    /** Waits until the host has noticed that a repository is not empty any more; until then it has no pull requests. */
    void awaitContent(String repository) {
        io.modelgate.git.Backoff backoff = new io.modelgate.git.Backoff();
        while (administrator.get("/repos/" + repository).isTrue("empty") && backoff.again()) {
            // asked again
        }
    }

    /** The address of a repository over HTTP. */
    String address(String repository) {
        return url + "/" + repository + ".git";
    }

    /** The address of a repository over SSH. */
    String sshAddress(String repository) {
        return ssh + "/" + repository + ".git";
    }
}
