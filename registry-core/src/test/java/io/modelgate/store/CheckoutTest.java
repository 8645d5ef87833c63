package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
    @TempDir
    Path work;

    private ArtifactStore store;
    private List<FileDigest> files;
    private Path target;

    @BeforeEach
    void uploadAModel() throws IOException {
        Path model = Files.createDirectories(work.resolve("model/sub")).resolveSibling("");
        Files.write(model.resolve("model.onnx"), ArtifactStoreContract.random(400_000));
        Files.write(model.resolve("na\u00efve name.txt"), ArtifactStoreContract.random(10));
        Files.write(model.resolve("sub/shap.json"), ArtifactStoreContract.random(2_000));
        FileTree tree = FileTree.of(List.of(model)).get();
        files = tree.hash(Progress.NONE).get();
        store = new FileStore("main", work.resolve("store"));
        files.forEach(file -> store.put(file, tree.file(file.path()), Progress.NONE));
        target = work.resolve("out [1]");
    }

    @Test
    void makesAFolderWithExactlyTheFiles() throws IOException {
        CountingProgress progress = new CountingProgress();
        Checkout.Result result = Checkout.run(store, files, target, progress);
        assertThat(result.fetched()).containsExactly("model.onnx", "na\u00efve name.txt", "sub/shap.json");
        assertThat(hash(target)).isEqualTo(files);
        assertThat(progress.bytes()).isEqualTo(progress.announced()).isEqualTo(402_010);
        assertThat(ArtifactStoreContract.siblings(target)).containsExactly("model", "out [1]", "store");
    }

    @Test
    void keepsWhatIsRightAndMendsWhatIsWrong() throws IOException {
        Checkout.run(store, files, target, Progress.NONE);
        Files.writeString(target.resolve("sub/shap.json"), "x".repeat(2_000));
        Files.delete(target.resolve("na\u00efve name.txt"));
        Files.writeString(target.resolve("notes.txt"), "mine");
        Checkout.Result result = Checkout.run(store, files, target, Progress.NONE);
        assertThat(result.kept()).containsExactly("model.onnx");
        assertThat(result.fetched()).containsExactly("na\u00efve name.txt", "sub/shap.json");
        assertThat(result.others()).containsExactly("notes.txt");
        assertThat(target.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void makesNoFolderUnlessEverythingIsRight() throws IOException {
        damage(files.get(0));
        damage(files.get(2));
        ArtifactStoreContract.refuses(Kind.INTEGRITY, () -> Checkout.run(store, files, target, Progress.NONE))
                .hasMessageContaining("model.onnx")
                .hasMessageContaining("sub/shap.json");
        assertThat(target).doesNotExist();
    }

    @Test
    void goesOnWhereAnEarlierRunEnded() throws IOException {
        byte[] right = damage(files.get(0));
        ArtifactStoreContract.refuses(Kind.INTEGRITY, () -> Checkout.run(store, files, target, Progress.NONE));
        Files.write(object(files.get(0)), right);
        Checkout.Result result = Checkout.run(store, files, target, Progress.NONE);
        assertThat(result.kept()).containsExactly("na\u00efve name.txt", "sub/shap.json");
        assertThat(result.fetched()).containsExactly("model.onnx");
        assertThat(hash(target)).isEqualTo(files);
        assertThat(ArtifactStoreContract.siblings(target)).containsExactly("model", "out [1]", "store");
    }

    @Test
    void takesAwayWhatADeadRunLeftInTheFolder() throws IOException {
        Checkout.run(store, files, target, Progress.NONE);
        Path dead = Files.writeString(target.resolve("sub/.incoming-dead"), "half");
        Path living = Files.writeString(target.resolve("sub/.incoming-living"), "half");
        Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minus(2, ChronoUnit.DAYS)));
        assertThat(Checkout.run(store, files, target, Progress.NONE).others()).isEmpty();
        assertThat(dead).doesNotExist();
        assertThat(living).exists();
    }

    @Test
    void tellsAFewOfManyFailuresAndTheWorstFirst() throws IOException {
        List<FileDigest> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(ArtifactStoreContract.describe("part" + i, new byte[i + 10]));
        }
        many.add(files.get(0));
        damage(files.get(0));
        ArtifactStoreContract.refuses(Kind.INTEGRITY, () -> Checkout.run(store, many, target, Progress.NONE))
                .hasMessageContaining("Store main has no part0 ")
                .hasMessageEndingWith(" And 18 more files.")
                .satisfies(trouble -> assertThat(String.valueOf(trouble.getMessage())
                                .indexOf(files.get(0).path()))
                        .isLessThan(String.valueOf(trouble.getMessage()).indexOf("part0 ")));
    }

    @Test
    void leavesNothingBehindWhenNothingCame() throws IOException {
        ArtifactStore empty = new FileStore("main", work.resolve("empty"));
        ArtifactStoreContract.refuses(Kind.ENVIRONMENT, () -> Checkout.run(empty, files, target, Progress.NONE));
        assertThat(ArtifactStoreContract.siblings(target)).containsExactly("model", "store");
    }

    @Test
    void takesAwayPartsThatNobodyCameBackFor() throws IOException {
        Path old = Files.createDirectories(work.resolve(".out [1].partial-0123456789ab/sub"));
        Files.writeString(old.resolve("file"), "half");
        Files.setLastModifiedTime(
                old.resolveSibling(""), FileTime.from(Instant.now().minus(8, ChronoUnit.DAYS)));
        Checkout.run(store, files, target, Progress.NONE);
        assertThat(ArtifactStoreContract.siblings(target)).containsExactly("model", "out [1]", "store");
    }

    @Test
    void neverWritesThroughALinkInTheFolder() throws IOException {
        Path elsewhere = Files.createDirectory(work.resolve("elsewhere"));
        Files.createDirectory(target);
        Files.createSymbolicLink(target.resolve("sub"), elsewhere);
        Path precious = Files.writeString(elsewhere.resolve("precious"), "old");
        Files.createSymbolicLink(target.resolve("model.onnx"), precious);
        ArtifactStoreContract.refuses(Kind.CONFLICT, () -> Checkout.run(store, files, target, Progress.NONE))
                .hasMessageContaining("in the way");
        assertThat(precious).hasContent("old");
        assertThat(elsewhere.resolve("shap.json")).doesNotExist();
        assertThat(Files.isRegularFile(target.resolve("model.onnx"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void saysWhatIsInTheWay() throws IOException {
        Files.createDirectories(target.resolve("model.onnx"));
        ArtifactStoreContract.refuses(Kind.CONFLICT, () -> Checkout.run(store, files, target, Progress.NONE))
                .hasMessageContaining("it is a folder");
        Path file = Files.writeString(work.resolve("file"), "");
        ArtifactStoreContract.refuses(Kind.CONFLICT, () -> Checkout.run(store, files, file, Progress.NONE));
        assertThat(file).hasContent("");
    }

    @Test
    void knowsNoNamesThatLeadOut() {
        for (String name : List.of("../x", "/etc/passwd", "a/../../x", "a//b", ".", "", "a\\..\\b", "a\u0000b")) {
            assertThatThrownBy(() -> new FileDigest(name, Digest.of("x"), 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesFilesThatCannotLieSideBySide() {
        List<FileDigest> clashing = new ArrayList<>(files);
        clashing.add(new FileDigest("MODEL.ONNX", Digest.of("x"), 1));
        ArtifactStoreContract.refuses(Kind.INTEGRITY, () -> Checkout.run(store, clashing, target, Progress.NONE));
        assertThat(target).doesNotExist();
    }

    @Test
    void manyMayMakeTheSameFolderAtOnce() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Checkout.Result>> runs = IntStream.range(0, 6)
                    .<Callable<Checkout.Result>>mapToObj(i -> () -> Checkout.run(store, files, target, Progress.NONE))
                    .toList();
            for (Future<Checkout.Result> run : people.invokeAll(runs)) {
                run.get();
            }
        } finally {
            people.shutdownNow();
        }
        assertThat(hash(target)).isEqualTo(files);
        assertThat(ArtifactStoreContract.siblings(target)).containsExactly("model", "out [1]", "store");
    }

    private static List<FileDigest> hash(Path folder) {
        return FileTree.hash(folder, Progress.NONE).get();
    }

    private byte[] damage(FileDigest file) throws IOException {
        byte[] right = Files.readAllBytes(object(file));
        byte[] wrong = right.clone();
        wrong[wrong.length / 2] ^= 1;
        Files.delete(object(file));
        Files.write(object(file), wrong);
        return right;
    }

    private Path object(FileDigest file) {
        String hex = file.digest().hex();
        return work.resolve("store/sha256").resolve(hex.substring(0, 2)).resolve(hex);
    }
}
