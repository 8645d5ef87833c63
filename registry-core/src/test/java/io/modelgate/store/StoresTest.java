package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.VersionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {
    private static final Upload.Destination DESTINATION =
            new Upload.Destination("main", VersionId.parse("credit/default-risk@1.0.0"));

    @TempDir
    Path work;

    @Test
    void givesTheStoreOfANameOrTheFirst() {
        Stores stores = stores(new StoreConfig("main", "file:artifacts"), new StoreConfig("archive", "file:old"));
        assertThat(stores.named(Optional.empty()).name()).isEqualTo("main");
        assertThat(stores.named(Optional.of("archive")).name()).isEqualTo("archive");
    }

    @Test
    void suggestsTheStoreThatWasMeant() {
        Stores stores = stores(new StoreConfig("main", "file:artifacts"));
        ArtifactStoreContract.refuses(Kind.NOT_FOUND, () -> stores.named(Optional.of("mian")))
                .hasMessageContaining("did you mean main?");
        ArtifactStoreContract.refuses(Kind.NOT_FOUND, () -> stores().named(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:my artifacts",
                "file:my%20artifacts",
                "file:./my artifacts",
                "file:BASE/my artifacts",
                "file://BASE/my%20artifacts",
                "file://localhostBASE/my artifacts"
            })
    void findsTheFolderOfAnAddress(String url) throws IOException {
        ArtifactStore store = stores(new StoreConfig("main", url.replace("BASE", work.toString())))
                .named(Optional.empty());
        byte[] bytes = ArtifactStoreContract.random(10);
        FileDigest file = ArtifactStoreContract.describe("a", bytes);
        store.put(file, Files.write(work.resolve("source"), bytes), Progress.NONE);
        assertThat(work.resolve("my artifacts/sha256")).isDirectory();
    }

    @Test
    void tellsAnAddressThatHoldsEverywhere() {
        StoreConfig there =
                stores(new StoreConfig("main", "file:my %20 artifacts")).absolute(Optional.of("main"));
        assertThat(there.url()).startsWith("file:///").endsWith("my%20%20%20artifacts");
        assertThat(Stores.open(List.of(there), Path.of("")).absolute(Optional.empty()))
                .isEqualTo(there);
        ArtifactStoreContract.refuses(
                Kind.ENVIRONMENT,
                () -> stores(new StoreConfig("main", "fiel:artifacts")).absolute(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file://server/share", "file:", "file:///%", "fiel:artifacts", "s4://bucket", "artifacts", ""})
    void refusesAnAddressThatItDoesNotUnderstand(String url) {
        Stores stores = stores(new StoreConfig("main", url));
        ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> stores.named(Optional.empty()))
                .hasMessageContaining("Store main");
    }

    @Test
    void uploadsManyFilesAndTellsAllThatAreWrong() throws IOException {
        Stores stores = stores(new StoreConfig("main", "file:artifacts"));
        List<Upload> uploads = new ArrayList<>();
        for (int size = 1; size <= 30; size++) {
            byte[] bytes = ArtifactStoreContract.random(size);
            Path source = Files.write(work.resolve("source-" + size), bytes);
            uploads.add(new Upload(ArtifactStoreContract.describe("part-" + size, bytes), source, DESTINATION));
        }
        Files.writeString(work.resolve("source-7"), "changed");
        Files.writeString(work.resolve("source-20"), "changed");
        CountingProgress progress = new CountingProgress();
        ArtifactStoreContract.refuses(Kind.INTEGRITY, () -> stores.upload(uploads, progress))
                .hasMessageContaining("part-7")
                .hasMessageContaining("part-20");
        assertThat(progress.announced()).isEqualTo(15 * 31);
        List<FileDigest> files = uploads.stream().map(Upload::file).toList();
        assertThat(stores.named(Optional.empty()).verify(files, Progress.NONE))
                .hasSize(30)
                .satisfies(each -> assertThat(each.get(6)).isEqualTo(Verification.MISSING))
                .satisfies(each -> assertThat(each.get(7)).isEqualTo(Verification.OK));
    }

    private Stores stores(StoreConfig... configs) {
        return Stores.open(List.of(configs), work);
    }
}
