package io.modelgate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.Digest;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a folder a signature must be about. */
class ModelFolderTest {
    private static final SignedFiles SIGNED = SignedFiles.of(
                    "m", List.of(file("a"), file("code/run.py"), file(".git/x")))
            .without(Set.of("notes", "code"));

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        for (String name :
                List.of("a", "code/run.py", "code/more.py", ".git/x", ".git/y", "notes/n", "notes2", "extra")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), name);
        }
    }

    @Test
    void leavesOutWhatTheSignerLeftOutButNothingThatIsSigned() {
        assertThat(names(Set.of(), false)).containsExactly(".git/x", "a", "code/run.py", "extra", "notes2");
    }

    @Test
    void leavesOutNothingThatIsSignedWhoeverAsks() {
        assertThat(names(Set.of("a", "code", "extra"), false)).containsExactly(".git/x", "a", "code/run.py", "notes2");
        assertThat(names(Set.of("a"), true)).containsExactly(".git/x", "a", "code/run.py");
    }

    private List<String> names(Set<String> ignored, boolean onlySigned) {
        return new ModelFolder(folder, Progress.NONE)
                .files(SIGNED, ignored, onlySigned).get().stream()
                        .map(FileDigest::path)
                        .toList();
    }

    @Test
    void knowsWhatIsBelowAPath() {
        assertThat(ModelFolder.isIn(Set.of("a"), "a")).isTrue();
        assertThat(ModelFolder.isIn(Set.of("a"), "a/b/c")).isTrue();
        assertThat(ModelFolder.isIn(Set.of("a/b"), "a/b/c")).isTrue();
        for (String other : List.of("ab", "b/a", "a.b/c", "A")) {
            assertThat(ModelFolder.isIn(Set.of("a", "", "/"), other)).as(other).isFalse();
        }
    }

    @Test
    void refusesLinksAndNamesThatMeanSomethingElse() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
        Files.writeString(folder.resolve("a\u202e"), "x");
        assertThat(new ModelFolder(folder, Progress.NONE)
                        .files(path -> !path.contains("/"))
                        .findings())
                .extracting(Finding::message)
                .containsExactlyInAnyOrder(
                        "This is a link or a special file: what is behind it was not signed.",
                        "A file of a model cannot have this name.");
    }

    @Test
    void saysHowFarItIs() throws IOException {
        byte[] large = new byte[(1 << 16) + 1];
        Files.write(folder.resolve("a"), large);
        List<Long> steps = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void advanced(long bytes) {
                steps.add(bytes);
            }
        };
        List<FileDigest> files =
                new ModelFolder(folder, progress).files("a"::equals).get();
        assertThat(files).containsExactly(new FileDigest("a", Digest.of(large), large.length));
        assertThat(steps.stream().mapToLong(Long::longValue).sum()).isEqualTo(large.length);
    }

    @Test
    void isOneFileToo() {
        ModelFolder one = new ModelFolder(folder.resolve("a"), Progress.NONE);
        assertThat(one.isOneFile()).isTrue();
        assertThat(one.files(path -> true).get()).containsExactly(file("a"));
        SignedFiles signed = SignedFiles.oneFile("a", Digest.of("a"));
        assertThat(signed.files()).containsOnlyKeys(SignedFiles.ONE_FILE);
        assertThat(signed.differences(one.files(path -> true).get())).isEmpty();
    }

    @Test
    void ignoresAsManyPathsAsASignatureMayName() {
        Set<String> many = IntStream.range(0, 100_000).mapToObj(i -> "p" + i).collect(Collectors.toSet());
        assertThat(ModelFolder.isIn(many, "a/".repeat(500) + "b")).isFalse();
        assertThat(ModelFolder.isIn(many, "p7/" + "a/".repeat(500))).isTrue();
    }

    private static FileDigest file(String name) {
        return new FileDigest(name, Digest.of(name), name.length());
    }
}
