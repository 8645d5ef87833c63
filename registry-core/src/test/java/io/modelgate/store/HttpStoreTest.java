package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.StoreConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mirror on a real web server: what is put into a file store is read over HTTP. */
class HttpStoreTest extends ArtifactStoreContract {
    private static final int LARGE = (int) Download.LEAST + 1_234;

    private final String folder = UUID.randomUUID().toString();
    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        peer = Peer.start("nginx", "nginx/usr/sbin/nginx");
        Files.createDirectories(peer.data(folder));
    }

    private ArtifactStore mirror() {
        return open(peer.fact("http") + "/" + folder + "/");
    }

    private static ArtifactStore open(String url) {
        return Stores.open(List.of(new StoreConfig("main", url)), Path.of("")).named(Optional.empty());
    }

    /** Only reads go over HTTP: a mirror takes nothing. */
    @Override
    ArtifactStore store() {
        return new ReadThrough(new FileStore("main", peer.data(folder)), mirror());
    }

    @Override
    void damage(FileDigest file, byte[] bytes) throws IOException {
        Path object = object(file);
        Files.delete(object);
        Files.write(object, bytes);
    }

    private Path object(FileDigest file) {
        String digits = file.digest().hex();
        return peer.data(folder).resolve("sha256/" + digits.substring(0, 2) + "/" + digits);
    }

    @Test
    void bringsALargeObjectInParts() throws IOException {
        byte[] bytes = random(LARGE);
        FileDigest file = put("weights.bin", bytes);
        CountingProgress progress = new CountingProgress();
        mirror().get(file, work.resolve("out"), progress);
        assertThat(work.resolve("out")).hasBinaryContent(bytes);
        assertThat(progress.bytes()).isEqualTo(LARGE);
    }

    @Test
    void looksIntoAnyPart() throws IOException {
        byte[] bytes = random(500_000);
        FileDigest file = put("model.onnx", bytes);
        try (SeekableByteChannel channel = mirror().open(file)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.position(400_000).read(one);
            assertThat(one.get(0)).isEqualTo(bytes[400_000]);
            assertThat(channel.size()).isEqualTo(500_000);
        }
    }

    @Test
    void refusesToWrite() throws IOException {
        FileDigest file = describe("model.onnx", random(10));
        Path source = Files.write(work.resolve("source"), random(10));
        refuses(Kind.USAGE, () -> mirror().put(file, source, Progress.NONE)).hasMessageContaining("only read");
        assertThat(Files.exists(object(file), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void saysThatAnAuthorityIsNotTrustedAndWhatToDo() {
        FileDigest file = describe("model.onnx", random(10));
        refuses(Kind.ENVIRONMENT, () -> open(peer.fact("https") + "/" + folder).verify(file))
                .hasMessageContaining("certificate of localhost is not trusted")
                .matches(e -> e.remedy().contains("MODELGATE_CA_FILE"), "names the variable");
    }

    /** Puts into one store and does everything else with another. */
    private record ReadThrough(ArtifactStore below, ArtifactStore mirror) implements ArtifactStore {
        @Override
        public String name() {
            return mirror.name();
        }

        @Override
        public void put(FileDigest file, Path source, Progress progress) {
            below.put(file, source, progress);
        }

        @Override
        public void get(FileDigest file, Path target, Progress progress) {
            mirror.get(file, target, progress);
        }

        @Override
        public Verification verify(FileDigest file, Progress progress) {
            return mirror.verify(file, progress);
        }

        @Override
        public SeekableByteChannel open(FileDigest file) {
            return mirror.open(file);
        }
    }
}
