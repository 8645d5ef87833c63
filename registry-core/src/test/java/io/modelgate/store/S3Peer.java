package io.modelgate.store;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.store.http.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real S3 server that this process started, one for all tests: {@code peers/versitygw build} makes it, in about a minute. */
final class S3Peer {
    private static final String VERSION = "1.8.0";
    private static Optional<S3Peer> started = Optional.empty();

    private final Path folder;
    private final Map<String, String> facts;

    private S3Peer(Path folder, Map<String, String> facts) {
        this.folder = folder;
        this.facts = facts;
    }

    /** Starts it if need be; skips the test where it was never built. */
    static synchronized S3Peer start() {
        Assumptions.assumeTrue(
                Files.isExecutable(peers().resolve("versitygw-" + VERSION)),
                "no S3 server on this machine: 'peers/versitygw build' makes one");
        if (started.isEmpty()) {
            started = Optional.of(run());
        }
        return started.get();
    }

    private static Path peers() {
        Map<String, String> variables = System.getenv();
        String cache = variables.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(variables.getOrDefault("MODELGATE_PEERS", cache + "/modelgate-peers"));
    }

    private static S3Peer run() {
        try {
            Path folder = Files.createTempDirectory("s3-peer");
            Path script = Path.of("..", "peers", "versitygw").toAbsolutePath().normalize();
            Process process = new ProcessBuilder(script.toString(), "start", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Map<String, String> facts = new HashMap<>();
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .forEach(line -> facts.put(line[0], line[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(script, folder)));
            return new S3Peer(folder, facts);
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
                walk.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets this process be the owner of the buckets. */
    void logIn() {
        System.setProperty("aws.accessKeyId", facts.getOrDefault("access", ""));
        System.setProperty("aws.secretAccessKey", facts.getOrDefault("secret", ""));
    }

    static void logOut() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    /** Lets another process be the owner of the buckets. */
    void logIn(Map<String, String> environment) {
        environment.put("AWS_ACCESS_KEY_ID", facts.getOrDefault("access", ""));
        environment.put("AWS_SECRET_ACCESS_KEY", facts.getOrDefault("secret", ""));
    }

    URI url() {
        return URI.create(facts.getOrDefault("url", ""));
    }

    /** A bucket of its own. */
    Bucket bucket() throws IOException {
        String name = "b" + UUID.randomUUID();
        return new Bucket(this, name, Files.createDirectory(folder.resolve("data/" + name)));
    }

    /** A bucket, and the folder that the server keeps it in. */
    record Bucket(S3Peer peer, String name, Path folder) {
        StoreLocation location() {
            return S3Peer.location("s3://" + name + "/models", peer.url());
        }

        ArtifactStore store() {
            return S3Peer.store(location());
        }

        Path object(FileDigest file) {
            return object(file.digest());
        }

        Path object(Digest digest) {
            String hex = digest.hex();
            return folder.resolve("models/sha256").resolve(hex.substring(0, 2)).resolve(hex);
        }
    }

    static StoreLocation location(String url, URI endpoint) {
        return new StoreLocation(url, Optional.of(endpoint), Optional.empty(), Optional.empty());
    }

    /** A store that may name so many objects. */
    static ArtifactStore store(StoreLocation location, int listed) {
        Limits usual = Limits.of(Map.of());
        Limits few = new Limits(usual.connect(), usual.silence(), usual.pause(), usual.least(), listed);
        return new io.modelgate.store.s3.S3StoreKind(few).open(new StoreKind.Site("main", location, Path.of("")));
    }

    static ArtifactStore store(StoreLocation location) {
        return new io.modelgate.store.s3.S3StoreKind().open(new StoreKind.Site("main", location, Path.of("")));
    }
}
