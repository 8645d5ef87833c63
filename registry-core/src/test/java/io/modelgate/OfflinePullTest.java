package io.modelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.catalog.Resolved;
import io.modelgate.finding.RegistryException;
import io.modelgate.store.CacheUse;
import io.modelgate.store.PlayedStoreKind;
import io.modelgate.store.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls on a machine that cannot reach anything: what is here is used, and what is not is said. */
class OfflinePullTest {
    @TempDir
    Path work;

    @Test
    void pullsWhatWasPulledBeforeWithoutAskingAnybody() throws Exception {
        String url = "played:" + work.resolve("server");
        StoredRegistry stored = new StoredRegistry(work, "registry");
        stored.make("- {name: main, url: \"" + url + "\"}");
        stored.register("1.0.0", true);
        stored.register("1.1.0", true);
        Session session = stored.session(Duration.ZERO, Progress.NONE);
        RegistryLocation location = new RegistryLocation(stored.address());
        assertThatThrownBy(() -> Registry.openOffline(location, session))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("no copy of");
        try (Registry registry = Registry.openToRead(location, session)) {
            assertThat(registry.pull(StoredRegistry.resolve(registry, "1.0.0"), work.resolve("one"), CacheUse.NORMAL)
                            .fromCache())
                    .isZero();
        }
        Files.move(stored.folder(), work.resolve("gone.git"));
        int asked = PlayedStoreKind.asked(url);
        try (Registry registry = Registry.openOffline(location, session)) {
            Resolved version = StoredRegistry.resolve(registry, "1.0.0");
            assertThat(registry.pull(version, work.resolve("two"), CacheUse.OFFLINE)
                            .fromCache())
                    .isEqualTo(2);
            assertThat(registry.compare(version, work.resolve("two")).isRight()).isTrue();
            assertThatThrownBy(() -> registry.pull(
                            StoredRegistry.resolve(registry, "1.1.0"), work.resolve("three"), CacheUse.OFFLINE))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("The cache has no model.onnx");
            assertThat(work.resolve("three")).doesNotExist();
        }
        assertThat(PlayedStoreKind.asked(url)).isEqualTo(asked);
    }

    /** A store on this machine is not cached; what its mirror on another one had to give is, and serves also offline. */
    @Test
    void keepsWhatAMirrorOnAnotherMachineGave() throws Exception {
        Path far = Files.createDirectories(work.resolve("mirror"));
        String mirror = "played:" + far;
        StoredRegistry stored = new StoredRegistry(work, "registry");
        stored.make("- {name: main, url: \"file:artifacts\", mirrors: [{url: \"" + mirror + "\"}]}");
        stored.register("1.0.0", true);
        String lost = stored.artifacts("1.0.0").get(0).digest().hex();
        Files.move(
                work.resolve("artifacts/sha256").resolve(lost.substring(0, 2)).resolve(lost), far.resolve(lost));
        Session session = stored.session(Duration.ZERO, Progress.NONE);
        RegistryLocation location = new RegistryLocation(stored.folder().toString());
        try (Registry registry = Registry.openToRead(location, session)) {
            Resolved version = StoredRegistry.resolve(registry, "1.0.0");
            assertThat(registry.pull(version, work.resolve("one"), CacheUse.NORMAL)
                            .fromCache())
                    .isZero();
            int asked = PlayedStoreKind.asked(mirror);
            assertThat(asked).isPositive();
            assertThat(registry.pull(version, work.resolve("two"), CacheUse.NORMAL)
                            .fromCache())
                    .isEqualTo(1);
            assertThat(registry.compare(version, work.resolve("two")).isRight()).isTrue();
            assertThat(PlayedStoreKind.asked(mirror)).isEqualTo(asked);
        }
        Files.move(far, work.resolve("away"));
        try (Registry registry = Registry.openOffline(location, session)) {
            Resolved version = StoredRegistry.resolve(registry, "1.0.0");
            assertThat(registry.pull(version, work.resolve("three"), CacheUse.OFFLINE)
                            .fromCache())
                    .isEqualTo(1);
        }
    }

    @Test
    void asksNoMirrorOffline() throws Exception {
        String mirror = "played:" + work.resolve("mirror");
        StoredRegistry stored = new StoredRegistry(work, "registry");
        stored.make("- {name: main, url: \"file:artifacts\", mirrors: [{url: \"" + mirror + "\"}]}");
        stored.register("1.0.0", true);
        Files.delete(work.resolve("artifacts/sha256")
                .resolve(stored.artifacts("1.0.0").get(0).digest().hex().substring(0, 2))
                .resolve(stored.artifacts("1.0.0").get(0).digest().hex()));
        Session session = stored.session(Duration.ZERO, Progress.NONE);
        try (Registry registry =
                Registry.openOffline(new RegistryLocation(stored.folder().toString()), session)) {
            Resolved version = StoredRegistry.resolve(registry, "1.0.0");
            assertThatThrownBy(() -> registry.pull(version, work.resolve("out"), CacheUse.OFFLINE))
                    .isInstanceOf(RegistryException.class);
        }
        assertThat(PlayedStoreKind.asked(mirror)).isZero();
    }
}
