package io.modelgate.store.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.FileDigest;
import io.modelgate.store.http.Access;
import io.modelgate.store.http.Limits;
import io.modelgate.store.http.PlayedServer;
import io.modelgate.store.http.StoreClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is written to registries is known by the digest of its bytes: another order of fields would be another manifest. Run with
 * {@code -Dmodelgate.regenerate=true} to write the files anew.
 */
class ManifestBytesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/store/oci");
    private static final VersionId VERSION = VersionId.parse("credit/default-risk@1.4.0-rc.1");
    private static final List<FileDigest> FILES = List.of(
            file("weights/model.onnx", 70_001),
            file("README.md", 501),
            file("config.json", 12),
            file("modèle \"1\".py", 0));

    private final Map<String, byte[]> put = new LinkedHashMap<>();

    private static FileDigest file(String path, long size) {
        return new FileDigest(path, Digest.of(path), size);
    }

    @Test
    void theManifestOfAVersion() throws IOException {
        ModelPack pack = ModelPack.of(VERSION, FILES);
        isAsBefore("config.json", pack.config());
        isAsBefore("manifest.json", pack.manifest());
    }

    @Test
    void theManifestOfASignatureAndTheListOfThem() throws IOException {
        String present = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + MediaType.MANIFEST
                + "\",\"digest\":\"" + Digest.of("other")
                + "\",\"size\":7,\"artifactType\":\"application/x\",\"more\":1},{\"digest\":\"?\"}]}";
        try (PlayedServer server = new PlayedServer(exchange -> answer(exchange, present))) {
            OciRepository repository = new OciRepository(
                    new StoreClient(server.at("localhost"), Access.NONE, Limits.of(Map.of())), "credit/default-risk");
            new Referrers(repository)
                    .attach(
                            new Descriptor(MediaType.MANIFEST, Digest.of("subject"), 852),
                            "model.sig",
                            "application/vnd.dev.sigstore.bundle.v0.3+json",
                            "{}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(put.keySet())
                .last()
                .isEqualTo("sha256-" + Digest.of("subject").hex());
        byte[] referrer = put.values().iterator().next();
        assertThat(put).containsKey(Digest.of(referrer).toString());
        isAsBefore("referrer.json", referrer);
        isAsBefore("index.json", put.get("sha256-" + Digest.of("subject").hex()));
    }

    private void answer(HttpExchange exchange, String index) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "POST" -> PlayedServer.redirect(exchange, 202, path + "1");
            case "PUT" -> {
                if (path.contains("/manifests/")) {
                    put.put(path.substring(path.lastIndexOf('/') + 1), sent);
                }
                PlayedServer.send(exchange, 201, new byte[0]);
            }
            case "GET" ->
                PlayedServer.send(
                        exchange, path.contains("/manifests/") ? 200 : 404, index.getBytes(StandardCharsets.UTF_8));
            default -> PlayedServer.send(exchange, 404, new byte[0]);
        }
    }

    private static void isAsBefore(String name, byte[] bytes) throws IOException {
        if (Boolean.getBoolean("modelgate.regenerate")) {
            Files.write(Files.createDirectories(GOLDEN).resolve(name), bytes);
        }
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(Files.readString(GOLDEN.resolve(name)));
    }
}
