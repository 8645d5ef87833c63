package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills uploads to a real S3 server and downloads from it, and lets the next run go on. */
class S3KilledTest {
    private static final int SIZE = (200 << 20) + 4_321;

    @TempDir
    Path work;

    private S3Peer.Bucket bucket;
    private Path source;
    private Digest digest;

    @BeforeEach
    void makeAFile() throws IOException {
        bucket = S3Peer.start().bucket();
        byte[] bytes = ArtifactStoreContract.random(SIZE);
        source = Files.write(work.resolve("weights.bin"), bytes);
        digest = Digest.of(bytes);
    }

    @Test
    void goesOnWithAnUploadThatWasKilled() throws Exception {
        kill(S3Transfer.command(bucket, "put", source, source), 5);
        assertThat(bucket.object(digest)).doesNotExist();
        Map<Path, Object> kept = parts();
        assertThat(kept).hasSizeGreaterThanOrEqualTo(5);
        kill(S3Transfer.command(bucket, "put", source, source), 15);
        Map<Path, Object> later = parts();
        assertThat(later).as("what was there is not sent again").containsAllEntriesOf(kept);
        assertThat(later.size()).isGreaterThanOrEqualTo(15);
        assertThat(run(S3Transfer.command(bucket, "put", source, source))).endsWith("done");
        assertThat(Digest.of(Files.readAllBytes(bucket.object(digest)))).isEqualTo(digest);
        assertThat(parts()).as("nothing is left").isEmpty();
    }

    @Test
    void goesOnWithADownloadThatWasKilled() throws Exception {
        assertThat(run(S3Transfer.command(bucket, "put", source, source))).endsWith("done");
        Path target = work.resolve("out/weights.bin");
        for (int dots : List.of(30, 200)) {
            kill(S3Transfer.command(bucket, "get", target, source), dots);
            assertThat(target).doesNotExist();
        }
        assertThat(run(S3Transfer.command(bucket, "get", target, source))).endsWith("done");
        assertThat(Digest.of(Files.readAllBytes(target))).isEqualTo(digest);
        assertThat(ArtifactStoreContract.siblings(target)).containsExactly("weights.bin");
    }

    /** In processes of their own: this server takes a second user on one connection for the first. */
    @Test
    void saysThatAKeyOrASecretIsWrongAndRepeatsNone() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(S3Transfer.command(bucket, "put", source, source));
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "not-the-right-one");
        builder.environment().put("AWS_ACCESS_KEY_ID", "modelgate");
        assertThat(said(builder))
                .contains("ENVIRONMENT", "your secret key is not the right one")
                .doesNotContain("not-the-right-one");
        builder.environment().put("AWS_ACCESS_KEY_ID", "nobody");
        assertThat(said(builder))
                .contains("ENVIRONMENT", "does not know your access key")
                .doesNotContain("not-the-right-one");
    }

    /** The parts that the server keeps, and when it got each. */
    private Map<Path, Object> parts() throws IOException {
        Path uploads = bucket.folder().resolve(".sgwtmp/multipart");
        if (!Files.exists(uploads)) {
            return Map.of();
        }
        try (Stream<Path> all = Files.walk(uploads)) {
            return all.filter(Files::isRegularFile).collect(Collectors.toMap(each -> each, S3KilledTest::modified));
        }
    }

    private static Object modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill(List<String> command, int dots) throws Exception {
        Process process = builder(command).start();
        try (InputStream said = process.getInputStream()) {
            said.readNBytes(dots);
            process.destroyForcibly();
        } finally {
            process.waitFor();
        }
    }

    private String run(List<String> command) throws Exception {
        return said(builder(command));
    }

    private static String said(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        bucket.peer().logIn(builder.environment());
        return builder;
    }
}
