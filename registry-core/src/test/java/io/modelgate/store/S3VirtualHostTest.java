package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server of S3 that takes the bucket from the name of the host, as Amazon's does. */
@Timeout(300)
class S3VirtualHostTest {
    @TempDir
    Path work;

    @Test
    void doesAllThatAStoreDoes() throws Exception {
        Peer peer = Peer.start("versitygw", "versitygw-1.8.0", Map.of("VGW_VIRTUAL_DOMAIN", "s3.localhost"));
        // Not s3.localhost: a bucket in the path would find no server.
        Path hosts = Files.writeString(work.resolve("hosts"), "127.0.0.1 models.s3.localhost\n");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts,
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                S3VirtualHost.class.getName(),
                peer.fact("url").replace("127.0.0.1", "s3.localhost"),
                peer.data("").toString(),
                work.toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", peer.fact("access"));
        builder.environment().put("AWS_SECRET_ACCESS_KEY", peer.fact("secret"));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as(said)
                .isTrue();
        assertThat(said.lines())
                .contains("ok givesBackWhatWasPut", "ok movesALargeFileInPartsAndListsIt")
                .hasSizeGreaterThanOrEqualTo(14)
                .allMatch(line -> line.startsWith("ok "));
    }
}
