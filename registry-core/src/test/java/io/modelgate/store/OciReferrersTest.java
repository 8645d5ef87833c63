package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that lists referrers by the API, and does not say so when a manifest comes ({@code OCI-Subject}). */
class OciReferrersTest extends OciStoreContract {
    private static final String TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private Peer peer;

    @BeforeEach
    void start() {
        peer = Peer.start("referrers-registry", "referrers-registry-0.22.1");
    }

    @Override
    String registry() {
        return peer.fact("url");
    }

    @Override
    Path blob(Digest digest) {
        return peer.data(repository() + "/sha256/" + digest.hex());
    }

    @Test
    void aSignatureIsFoundByTheApiAndNoTagIsWrittenForIt() throws Exception {
        List<FileDigest> files = List.of(put("model.onnx", random(4_001)));
        store().complete(version, files);
        byte[] bundle = "{\"mediaType\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        store().attach(version, files, new Attachment("model.sig", TYPE, bundle));
        store().attach(version, files, new Attachment("model.sig", TYPE, bundle));
        String found = oras(
                "discover",
                "--distribution-spec",
                "v1.1-referrers-api",
                "--format",
                "go-template={{range .referrers}}{{.digest}} {{end}}",
                reference(":1.4.0-rc.1"));
        assertThat(found.strip().split(" ", -1)).as(found).hasSize(1);
        oras("pull", "--output", work.resolve("signature").toString(), reference("@" + found.strip()));
        assertThat(work.resolve("signature/model.sig")).hasBinaryContent(bundle);
        assertThat(oras("manifest", "fetch", reference("@" + found.strip())))
                .contains("\"artifactType\":\"" + TYPE + "\"");
        assertThat(oras("repo", "tags", reference("")))
                .contains("1.4.0-rc.1", "files-")
                .doesNotContain("sha256-");
        assertThat(listed()).containsExactly(files.get(0).digest());
    }
}
