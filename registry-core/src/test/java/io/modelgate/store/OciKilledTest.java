package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills uploads to a real registry, and lets the next run go on. */
@Timeout(300)
class OciKilledTest {
    /** Seven chunks of 6 MiB, the last of them not full. */
    private static final int CHUNKS = 7;

    private static final int SIZE = (6 << 20) * (CHUNKS - 1) + 4_321;

    @TempDir
    Path work;

    private final String repository = "k" + UUID.randomUUID() + "/credit/default-risk";
    private Peer registry;
    private Path source;
    private Digest digest;

    @BeforeEach
    void makeAFile() throws IOException {
        registry = Peer.start("registry", "docker-registry/usr/bin/docker-registry");
        byte[] bytes = ArtifactStoreContract.random(SIZE);
        source = Files.write(work.resolve("weights.bin"), bytes);
        digest = Digest.of(bytes);
    }

    @Test
    void goesOnAfterTheLastChunkThatTheRegistryHas() throws Exception {
        kill(3, 3);
        assertThat(notes()).hasSize(1);
        // Three more dots are for what is there already.
        kill(5, 5);
        assertThat(run(0)).isEqualTo(".".repeat(CHUNKS) + "done");
        assertThat(isThere()).isTrue();
        assertThat(chunksSent()).as("nothing was sent twice").isEqualTo(CHUNKS);
        assertThat(notes()).isEmpty();
    }

    @Test
    void beginsAnewWhereTheRegistryForgotTheUpload() throws Exception {
        kill(3, 3);
        Path uploads = registry.data("docker/registry/v2/repositories/" + repository + "/_uploads");
        try (Stream<Path> all = Files.walk(uploads)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        }
        assertThat(run(0)).endsWith("done");
        assertThat(isThere()).isTrue();
        assertThat(chunksSent()).isEqualTo(3 + CHUNKS);
    }

    /** This registry keeps a half chunk and then will not go on; whatever it says, the end is right. */
    @Test
    void endsRightWhereverItWasKilled() throws Exception {
        for (int dots : List.of(1, 2, 4)) {
            kill(dots, 0);
        }
        assertThat(run(0)).endsWith("done");
        assertThat(isThere()).isTrue();
        assertThat(notes()).isEmpty();
    }

    @Test
    void doesNotMixUpAnotherFileThatHasTheSameName() throws Exception {
        kill(3, 3);
        byte[] others = ArtifactStoreContract.random(SIZE + 1);
        Files.write(source, others);
        assertThat(run(0)).endsWith("done");
        digest = Digest.of(others);
        assertThat(isThere()).isTrue();
    }

    private boolean isThere() throws IOException {
        Path blob = registry.data(
                "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
        return Digest.of(Files.readAllBytes(blob)).equals(digest);
    }

    private long chunksSent() throws IOException {
        try (Stream<String> lines = Files.lines(registry.data("../server.log"))) {
            return lines.filter(line -> line.contains("\"PATCH /v2/" + repository))
                    .count();
        }
    }

    private List<Path> notes() throws IOException {
        try (Stream<Path> all = Files.list(work.resolve("cache/modelgate/uploads"))) {
            return all.toList();
        }
    }

    /** Kills it after so many dots; it waits after {@code last}. */
    private void kill(int dots, int last) throws Exception {
        Process process = builder(last).start();
        try (InputStream said = process.getInputStream()) {
            assertThat(new String(said.readNBytes(dots), StandardCharsets.UTF_8))
                    .isEqualTo(".".repeat(dots));
            process.destroyForcibly();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private String run(int last) throws Exception {
        Process process = builder(last).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said.strip();
    }

    private ProcessBuilder builder(int last) {
        String prefix = repository.substring(0, repository.indexOf('/'));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                OciTransfer.class.getName(),
                "oci://" + registry.fact("url") + "/" + prefix,
                source.toString(),
                String.valueOf(last));
        builder.environment().remove("MODELGATE_CACHE");
        builder.environment().put("XDG_CACHE_HOME", work.resolve("cache").toString());
        return builder;
    }
}
