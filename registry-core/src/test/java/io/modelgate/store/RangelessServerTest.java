package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.StoreConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror on Python's own web server, which knows no ranges. */
class RangelessServerTest {
    @TempDir
    Path work;

    private Process server;
    private ArtifactStore below;
    private ArtifactStore mirror;

    @BeforeEach
    void start() throws IOException {
        Path root = Files.createDirectories(work.resolve("store"));
        try {
            server = new ProcessBuilder(
                            "python3",
                            "-u",
                            "-m",
                            "http.server",
                            "0",
                            "--bind",
                            "127.0.0.1",
                            "--directory",
                            root.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("no python3 on this machine");
        }
        BufferedReader said = server.inputReader();
        Matcher port = Pattern.compile("port ([0-9]+)").matcher(String.valueOf(said.readLine()));
        assertThat(port.find()).isTrue();
        below = new FileStore("main", root);
        mirror = Stores.open(List.of(new StoreConfig("main", "http://127.0.0.1:" + port.group(1))), work)
                .named(Optional.empty());
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void givesALargeObjectInOneStream() throws IOException {
        byte[] bytes = ArtifactStoreContract.random((int) Download.LEAST + 99);
        FileDigest file = ArtifactStoreContract.describe("weights.bin", bytes);
        below.put(file, Files.write(work.resolve("source"), bytes), Progress.NONE);
        CountingProgress progress = new CountingProgress();
        mirror.get(file, work.resolve("out"), progress);
        assertThat(FileTree.is(work.resolve("out"), file, Progress.NONE)).isTrue();
        assertThat(progress.bytes()).isEqualTo(bytes.length);
        assertThat(mirror.verify(file)).isEqualTo(Verification.OK);
    }

    @Test
    void saysWhenItHasNothing() {
        FileDigest nothing = ArtifactStoreContract.describe("model.onnx", new byte[] {1});
        assertThat(mirror.verify(nothing)).isEqualTo(Verification.MISSING);
        ArtifactStoreContract.refuses(Kind.NOT_FOUND, () -> mirror.get(nothing, work.resolve("out"), Progress.NONE));
    }
}
