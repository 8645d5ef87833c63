package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirroredStoreTest {
    private final PlayedObjects main = new PlayedObjects();
    private final PlayedObjects near = new PlayedObjects();
    private final PlayedObjects far = new PlayedObjects();
    private final CountingProgress progress = new CountingProgress();

    @TempDir
    Path work;

    private ArtifactStore store;
    private byte[] bytes;
    private FileDigest file;

    @BeforeEach
    void hold() {
        bytes = ArtifactStoreContract.random(10_000);
        file = ArtifactStoreContract.describe("model.onnx", bytes);
        store = new MirroredStore(
                new RemoteStore("main", "played://main", main, LeastRate.USUAL),
                List.of(
                        new MirroredStore.Mirror(
                                "played://near", new RemoteStore("main", "played://near", near, LeastRate.USUAL)),
                        new MirroredStore.Mirror(
                                "played://far", new RemoteStore("main", "played://far", far, LeastRate.USUAL))));
        List.of(main, near, far).forEach(place -> place.held.put(file.digest(), bytes));
    }

    @Test
    void asksNoMirrorWhileTheStoreGivesWhatItMust() {
        get();
        assertThat(near.reads).hasValue(0);
        assertThat(far.reads).hasValue(0);
        assertThat(progress.warnings()).isEmpty();
    }

    @Test
    void takesFromTheFirstMirrorWhatTheStoreDoesNotHave() {
        main.held.clear();
        get();
        assertThat(far.reads).hasValue(0);
        assertThat(progress.warnings())
                .singleElement()
                .asString()
                .contains("model.onnx comes from the mirror played://near: Store main has no model.onnx");
    }

    @Test
    void passesByEveryPlaceThatHasOtherBytes() {
        byte[] wrong = bytes.clone();
        wrong[5] ^= 1;
        main.held.put(file.digest(), wrong);
        near.held.put(file.digest(), new byte[10_001]);
        get();
        assertThat(progress.warnings())
                .singleElement()
                .asString()
                .contains("played://far")
                .contains("has other bytes");
        assertThat(progress.bytes()).as("what was thrown away does not count").isEqualTo(10_000);
    }

    @Test
    void asksAPlaceThatCannotBeReachedLastFromThenOn() {
        main.goneAfter = 0;
        get();
        int tries = main.reads.get();
        for (int i = 0; i < 5; i++) {
            get();
        }
        assertThat(main.reads).hasValue(tries);
        assertThat(progress.warnings()).hasSize(1);
        near.held.clear();
        far.held.clear();
        main.goneAfter = Long.MAX_VALUE;
        get();
    }

    @Test
    void asksAMirrorWhenTheStoreIsTooSlow() {
        main.breaksAfter = 1;
        store = new MirroredStore(
                new RemoteStore("main", "played://main", main, new LeastRate(10_000, Duration.ofMillis(300))),
                List.of(new MirroredStore.Mirror(
                        "played://near", new RemoteStore("main", "played://near", near, LeastRate.USUAL))));
        get();
        assertThat(progress.warnings())
                .singleElement()
                .asString()
                .contains("comes from the mirror played://near", "it is too slow");
    }

    @Test
    void tellsWhatTheStoreSaidWhenAllFail() {
        main.held.clear();
        near.held.put(file.digest(), new byte[1]);
        far.goneAfter = 0;
        ArtifactStoreContract.refuses(Kind.NOT_FOUND, this::get)
                .hasMessageContaining("Store main has no model.onnx")
                .hasMessageContaining("The mirror played://near has other bytes.")
                .hasMessageContaining("The mirror played://far cannot give it: ");
        assertThat(work.resolve("out"))
                .satisfies(out -> assertThat(out.resolve("model.onnx")).doesNotExist());
        assertThat(progress.bytes()).isZero();
    }

    @Test
    void saysWhatToDoAboutEachPlaceThatCouldNotBeAsked() throws IOException {
        Path inTheWay = Files.writeString(work.resolve("file"), "");
        ArtifactStore gone = new FileStore("gone", inTheWay.resolve("store"));
        far.goneAfter = 0;
        ArtifactStore mirrored = new MirroredStore(
                gone,
                List.of(new MirroredStore.Mirror(
                        "played://far", new RemoteStore("main", "played://far", far, LeastRate.USUAL))));
        ArtifactStoreContract.refuses(
                        Kind.ENVIRONMENT, () -> mirrored.get(file, work.resolve("out/model.onnx"), progress))
                .satisfies(trouble -> assertThat(trouble.remedy())
                        .contains("Check that the folder is there")
                        .contains("look at the network"));
    }

    @Test
    void neverJudgesByAMirror() {
        main.held.clear();
        assertThat(store.verify(file)).isEqualTo(Verification.MISSING);
        ArtifactStoreContract.refuses(Kind.NOT_FOUND, () -> store.open(file));
        main.held.put(file.digest(), new byte[10_000]);
        assertThat(store.verify(file)).isEqualTo(Verification.WRONG_DIGEST);
        assertThat(near.reads).hasValue(0);
        assertThat(far.reads).hasValue(0);
    }

    @Test
    void neverWritesToAMirrorOrTakesFromIt() throws IOException {
        near.held.clear();
        Path source = Files.write(work.resolve("source"), bytes);
        store.put(file, source, Progress.NONE);
        store.remove(new StoredObject(file.digest(), file.size(), StoredObject.UNDATED));
        assertThat(near.held).isEmpty();
        assertThat(far.held).hasSize(1);
        assertThat(main.held).isEmpty();
    }

    @Test
    void doesNotBlameAMirrorForADiskThatIsFull() throws IOException {
        Path inTheWay = Files.writeString(work.resolve("file"), "");
        ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> store.get(file, inTheWay.resolve("out"), progress))
                .hasMessageContaining("Store main");
        assertThat(near.reads).hasValue(0);
    }

    @Test
    void isMadeOfWhatTheConfigurationSays() throws IOException {
        Path folder = Files.createDirectories(work.resolve("mirror"));
        new FileStore("x", folder).put(file, Files.write(work.resolve("source"), bytes), Progress.NONE);
        Files.createDirectories(work.resolve("empty"));
        StoreConfig config =
                new StoreConfig("main", StoreLocation.of("file:empty"), List.of(StoreLocation.of("file:mirror")));
        Stores stores = Stores.open(List.of(config), work);
        stores.named(Optional.empty()).get(file, work.resolve("out/model.onnx"), progress);
        assertThat(progress.warnings()).singleElement().asString().contains("the mirror file:mirror");
        List<String> places = new ArrayList<>();
        stores.places("main").forEach(place -> places.add(place.address() + " " + place.isMirror()));
        assertThat(places).containsExactly("file:empty false", "file:mirror true");
    }

    private void get() {
        store.get(file, work.resolve("out/model.onnx"), progress);
        assertThat(work.resolve("out/model.onnx")).hasBinaryContent(bytes);
    }
}
