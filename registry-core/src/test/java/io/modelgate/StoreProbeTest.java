package io.modelgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.host.Safeguard;
import io.modelgate.manifest.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor sees of stores and mirrors: nobody notices a dead mirror until the store is dead, too. */
class StoreProbeTest {
    @TempDir
    Path work;

    private StoredRegistry stored;

    @BeforeEach
    void begin() {
        stored = new StoredRegistry(work, "registry");
    }

    private void make(String mirror) {
        stored.make("- {name: main, url: \"file:artifacts\", mirrors: [{url: \"" + mirror + "\"}]}");
        stored.register("1.0.0", true);
    }

    private List<Safeguard> look() {
        try (Registry registry = stored.open()) {
            return registry.probeStores();
        }
    }

    private Safeguard mirror() {
        List<Safeguard> found = look();
        assertThat(found).extracting(Safeguard::name).containsExactly("store", "mirror");
        assertThat(found.get(0).state()).isEqualTo(Safeguard.State.HOLDS);
        return found.get(1);
    }

    private Path object(String store, Artifact artifact) {
        String hex = artifact.digest().hex();
        return work.resolve(store)
                .resolve("sha256")
                .resolve(hex.substring(0, 2))
                .resolve(hex);
    }

    private Artifact smallest() {
        return stored.artifacts("1.0.0").stream()
                .min(Comparator.comparingLong(Artifact::size))
                .orElseThrow();
    }

    private void mirrorAll() throws IOException {
        try (Stream<Path> files = Files.walk(work.resolve("artifacts"))) {
            for (Path file : files.toList()) {
                Path copy = work.resolve("mirror")
                        .resolve(work.resolve("artifacts").relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Test
    void findsNothingWhereAllIsRight() throws IOException {
        make("file:mirror");
        mirrorAll();

        assertThat(mirror().state()).isEqualTo(Safeguard.State.HOLDS);
        assertThat(mirror().said()).contains("The mirror file:mirror of main has what was looked for");
    }

    @Test
    void saysThatAMirrorDoesNotAnswer() {
        make("played:gone");

        assertThat(mirror().state()).isEqualTo(Safeguard.State.DOUBTFUL);
        assertThat(mirror().said()).contains("The mirror played:gone of main cannot be asked, and helps nobody: ");
        assertThat(mirror().remedy()).contains("take it out of registry.yaml");
    }

    @Test
    void saysWhatAMirrorLacks() throws IOException {
        make("file:mirror");
        mirrorAll();
        Files.delete(object("mirror", smallest()));

        assertThat(mirror().state()).isEqualTo(Safeguard.State.DOUBTFUL);
        assertThat(mirror().said())
                .contains("lacks credit/default-risk " + smallest().path());
    }

    @Test
    void saysThatAMirrorHasOtherBytes() throws IOException {
        make("file:mirror");
        mirrorAll();
        Path object = object("mirror", smallest());
        byte[] bytes = Files.readAllBytes(object);
        bytes[0] ^= 1;
        Files.delete(object);
        Files.write(object, bytes);

        assertThat(mirror().state()).isEqualTo(Safeguard.State.MISSING);
        assertThat(mirror().said()).contains("has other bytes than the registry says for credit/default-risk ");
        assertThat(mirror().remedy()).contains("audit bytes --all");
    }

    @Test
    void saysThatAStoreIsNotWhereRegistryYamlSays() throws IOException {
        make("file:mirror");
        mirrorAll();
        Files.move(work.resolve("artifacts"), work.resolve("away"));

        Safeguard store = look().get(0);

        assertThat(store.state()).isEqualTo(Safeguard.State.MISSING);
        assertThat(store.said()).contains("main");
        assertThat(store.remedy()).isNotEmpty();
    }

    @Test
    void saysNothingAgainstAFolderThatNothingWasPutInto() {
        stored.make("- {name: main, url: \"file:artifacts\"}");

        assertThat(look()).extracting(Safeguard::state).containsExactly(Safeguard.State.HOLDS);
    }
}
