package io.modelgate.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path work;

    @Test
    void namesFilesRelativeToTheFolderInCodePointOrder() throws IOException {
        write("model.onnx", "m");
        write("sub/shap-global.json", "s");
        write("sub-metrics.json", "t");
        write("na\u00efve 'name' \"quoted\".txt", "n");
        write("\ud83d\ude00", "e");
        write("\uff5e", "w");
        assertThat(hash(work).get())
                .extracting(FileDigest::path)
                .containsExactly(
                        "model.onnx",
                        "na\u00efve 'name' \"quoted\".txt",
                        "sub-metrics.json",
                        "sub/shap-global.json",
                        "\uff5e",
                        "\ud83d\ude00");
    }

    @Test
    void tellsDigestAndSizeOfEachFile() throws IOException {
        byte[] large = ArtifactStoreContract.random((1 << 24) + 7);
        byte[] block = ArtifactStoreContract.random(1 << 18);
        Files.write(work.resolve("large"), large);
        Files.write(work.resolve("block"), block);
        CountingProgress progress = new CountingProgress();
        assertThat(FileTree.hash(work, progress).get())
                .containsExactly(
                        new FileDigest("block", Digest.of(block), block.length),
                        new FileDigest("large", Digest.of(large), large.length));
        assertThat(progress.announced()).isEqualTo(progress.bytes()).isEqualTo(large.length + block.length);
        assertThat(progress.ends()).isEqualTo(1);
    }

    @Test
    void hashesAThousandFiles() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            write("part-" + i, "content " + i);
        }
        assertThat(hash(work).get())
                .hasSize(1_000)
                .contains(new FileDigest("part-777", Digest.of("content 777"), 11))
                .isSortedAccordingTo(FileDigest.ORDER);
    }

    @Test
    void takesFilesAndFoldersTogether() throws IOException {
        write("run/model.onnx", "m");
        write("run/deep/vocabulary.txt", "v");
        write("notes.md", "n");
        FileTree tree = FileTree.of(List.of(work.resolve("notes.md"), work.resolve("run")))
                .get();
        assertThat(tree.files().keySet()).containsExactly("deep/vocabulary.txt", "model.onnx", "notes.md");
        assertThat(tree.file("model.onnx")).hasContent("m");
    }

    @Test
    void refusesTwoFilesOfOneName() throws IOException {
        write("a/model.onnx", "1");
        write("b/model.onnx", "2");
        assertThat(FileTree.of(List.of(work.resolve("a"), work.resolve("b"))).findings())
                .singleElement()
                .matches(each ->
                        each.rule().equals("store/name") && each.message().contains("a/model.onnx"));
    }

    @Test
    void refusesEveryLinkInsideOrOut() throws IOException {
        write("model.onnx", "m");
        Files.createSymbolicLink(work.resolve("inside"), work.resolve("model.onnx"));
        Files.createSymbolicLink(work.resolve("outside"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(work.resolve("folder"), Path.of("/etc"));
        Files.createSymbolicLink(work.resolve("broken"), Path.of("nowhere"));
        Files.createSymbolicLink(work.resolve("loop"), Path.of("loop"));
        assertThat(hash(work).findings())
                .hasSize(5)
                .allMatch(each -> each.rule().equals("store/link"));
    }

    @Test
    void refusesALinkInPlaceOfTheFolder() throws IOException {
        Path real = Files.createDirectory(work.resolve("real"));
        Files.writeString(real.resolve("model.onnx"), "m");
        Path link = Files.createSymbolicLink(work.resolve("latest"), real);
        assertThat(rules(hash(link))).containsExactly("store/link");
    }

    @Test
    @Timeout(20)
    void refusesSpecialFilesWithoutWaitingForThem() throws Exception {
        write("model.onnx", "m");
        Process mkfifo = new ProcessBuilder("mkfifo", work.resolve("pipe").toString()).start();
        assumeTrue(mkfifo.waitFor() == 0, "this system has mkfifo");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(work.resolve("socket")));
            assertThat(rules(hash(work))).containsExactly("store/special-file", "store/special-file");
        }
        assertThat(rules(hash(Path.of("/dev/zero")))).containsExactly("store/special-file");
    }

    @Test
    void refusesNamesThatPeopleCannotSee() throws IOException {
        List<String> names =
                List.of("line\nbreak", "back\\slash", "bell\u0007", "right\u202eto left", "zero\u200bwidth");
        for (String name : names) {
            write(name, "x");
        }
        List<Finding> findings = hash(work).findings();
        assertThat(findings).hasSameSizeAs(names).allMatch(each -> each.rule().equals("store/name"));
        assertThat(findings)
                .allMatch(each ->
                        !each.toString().contains("\n") && !each.toString().contains("\u202e"));
    }

    @Test
    void refusesANameThatIsNotUtf8() throws Exception {
        String shell = "printf x > \"$(printf 'bad\\377name')\"";
        Process made =
                new ProcessBuilder("sh", "-c", shell).directory(work.toFile()).start();
        assumeTrue(made.waitFor() == 0, "this file system has names of any bytes");
        assertThat(rules(hash(work))).containsExactly("store/name");
    }

    @Test
    void refusesNamesThatAreTheSameElsewhere() throws IOException {
        write("Model.onnx", "1");
        write("model.onnx", "2");
        write("caf\u00e9", "composed");
        write("cafe\u0301", "decomposed");
        write("weights", "file");
        write("Weights/part", "needs a folder of that name");
        assertThat(rules(hash(work))).containsExactly("store/name", "store/name", "store/name");
    }

    @Test
    void refusesAnEmptyFolderAnEmptyFileAndNothing() throws IOException {
        Path empty = Files.createDirectories(work.resolve("empty/inner")).resolveSibling("");
        assertThat(rules(hash(empty))).containsExactly("store/empty");
        write("init.py", "");
        assertThat(rules(hash(work.resolve("init.py")))).containsExactly("store/empty");
        assertThat(rules(hash(work.resolve("nowhere")))).containsExactly("store/unreadable");
    }

    @Test
    void refusesTheInsideOfAGitRepository() throws IOException {
        write("model.onnx", "m");
        write(".git/config", "");
        write(".git/HEAD", "");
        assertThat(rules(hash(work))).containsExactly("store/git-folder");
    }

    @Test
    void noticesThatAFileChangesWhileItIsRead() throws IOException {
        Path file = work.resolve("model.onnx");
        Files.write(file, ArtifactStoreContract.random(1_000_000));
        Progress writer = new Progress() {
            @Override
            public void advanced(long bytes) {
                write("model.onnx", "shorter");
            }
        };
        assertThat(rules(FileTree.hash(work, writer))).containsExactly("store/changed");
    }

    @Test
    void tellsEverythingAtOnce() throws IOException {
        write("good", "g");
        write("bad\tname", "b");
        Files.createSymbolicLink(work.resolve("link"), Path.of("/"));
        assertThat(rules(hash(work))).containsExactly("store/name", "store/link");
    }

    @Test
    void listsOnlyTheFirstHundred() throws IOException {
        for (int i = 0; i < 150; i++) {
            Files.createSymbolicLink(work.resolve("link" + i), Path.of("/"));
        }
        List<Finding> findings = hash(work).findings();
        assertThat(findings).hasSize(101);
        assertThat(findings.toString()).contains("And 50 more");
    }

    private static Checked<List<FileDigest>> hash(Path root) {
        return FileTree.hash(root, Progress.NONE);
    }

    private static List<String> rules(Checked<?> checked) {
        return new ArrayList<>(checked.findings().stream().map(Finding::rule).toList());
    }

    private void write(String name, String text) {
        try {
            Path file = work.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
