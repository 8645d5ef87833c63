package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Distribution, which has no API for referrers. */
class OciStoreTest extends OciStoreContract {
    private final Set<Digest> damaged = new HashSet<>();
    private Peer peer;

    @BeforeEach
    void start() {
        peer = Peer.start("registry", "docker-registry/usr/bin/docker-registry");
    }

    @Override
    String registry() {
        return peer.fact("url");
    }

    @Override
    Path blob(Digest digest) {
        return peer.data(
                "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
    }

    @Override
    void damage(FileDigest file, byte[] bytes) throws IOException {
        damaged.add(file.digest());
        super.damage(file, bytes);
    }

    /** All repositories of the registry share their blobs. */
    @AfterEach
    void takeAwayWhatIsDamaged() throws IOException {
        for (Digest digest : damaged) {
            Files.deleteIfExists(blob(digest));
        }
    }

    /** This registry keeps wrong bytes for ever; that must not look like success. */
    @Override
    @Test
    void putsRightWhatIsWrongInTheStore() throws IOException {
        byte[] bytes = random(1_001);
        FileDigest file = put("model.onnx", bytes);
        damage(file, new byte[1_001]);
        refuses(Kind.CONFLICT, () -> put("model.onnx", bytes)).hasMessageContaining("keeps them");
        Files.delete(blob(file.digest()));
        put("model.onnx", bytes);
        assertThat(store().verify(file)).isEqualTo(Verification.OK);
    }
}
