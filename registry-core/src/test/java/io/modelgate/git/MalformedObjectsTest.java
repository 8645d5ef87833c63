package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that only an attacker makes: two readers could see two things in them, or one of them could hang or fall over. */
class MalformedObjectsTest {
    private static final ObjectId BLOB = ObjectId.fromString("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");

    @TempDir
    Path folder;

    private RegistryRepository repository;

    @BeforeEach
    void init() {
        repository = Repositories.init(folder.resolve("registry.git"), "main");
    }

    @AfterEach
    void close() {
        repository.close();
    }

    static Stream<Arguments> trees() {
        return Stream.of(
                Arguments.of("the same name twice", tree("100644 a", "100644 a"), "twice"),
                Arguments.of("names out of order", tree("100644 b", "100644 a"), "not in order"),
                Arguments.of("a file and a folder of one name", tree("100644 a", "100644 a.b", "40000 a"), "as a file"),
                Arguments.of("the folder of Git", tree("40000 .git"), "'.git'"),
                Arguments.of("the folder of Git in capitals", tree("40000 .GIT"), "'.GIT'"),
                Arguments.of("the folder above", tree("40000 .."), "'..'"),
                Arguments.of("a slash in a name", tree("100644 a/b"), "slash"),
                Arguments.of("no name", tree("100644 "), "without a name"),
                Arguments.of("no mode", tree(" a"), "mode"),
                Arguments.of("a mode with a leading zero", tree("0100644 a"), "mode"),
                Arguments.of("a mode that is no number", tree("100x44 a"), "mode"),
                Arguments.of("a name that is not UTF-8", latin1(), "not UTF-8"),
                Arguments.of("an id that is cut off", cut(tree("100644 a"), 10), "cut off"),
                Arguments.of("a name that is cut off", cut(tree("100644 abcdef"), 25), "without a name"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trees")
    void refusesATreeWith(String what, byte[] tree, String message) {
        Snapshot snapshot = repository.snapshotOfTree(write(Constants.OBJ_TREE, tree));

        assertThatThrownBy(() -> snapshot.list(""))
                .as(what)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(snapshot.tree().hex())
                .hasMessageContaining(message);
        assertThatThrownBy(() -> repository.empty().changesTo(snapshot)).isInstanceOf(RegistryException.class);
    }

    @Test
    void keepsApartAModeThatGitDoesNotWrite() {
        Snapshot snapshot = repository.snapshotOfTree(write(Constants.OBJ_TREE, tree("100664 a")));

        assertThat(snapshot.list("")).extracting(TreeEntry::mode).containsExactly(EntryMode.OTHER);
        assertThat(snapshot.read("a")).isEmpty();
        assertThatThrownBy(() -> repository.edit(snapshot, TreeEdit.of(List.of(SourceFile.of("b", "1")))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("a has a file mode");
    }

    @Test
    void doesNotFollowFoldersWithoutEnd() {
        EntryId deep = write(Constants.OBJ_TREE, tree("100644 file"));
        for (int i = 0; i < 200; i++) {
            deep = write(Constants.OBJ_TREE, folders(deep, "a"));
        }
        Snapshot snapshot = repository.snapshotOfTree(deep);

        assertThatThrownBy(() -> repository.empty().changesTo(snapshot)).hasMessageContaining("nested more than");
        assertThatThrownBy(() -> snapshot.files("")).hasMessageContaining("nested more than");
    }

    @Test
    void doesNotUnfoldAFewObjectsIntoBillionsOfFiles() {
        EntryId bomb = write(Constants.OBJ_TREE, tree("100644 file"));
        String[] names = IntStream.range(0, 100).mapToObj(i -> "f" + (100 + i)).toArray(String[]::new);
        for (int i = 0; i < 20; i++) {
            bomb = write(Constants.OBJ_TREE, folders(bomb, names));
        }
        Snapshot snapshot = repository.snapshotOfTree(bomb);

        assertThatThrownBy(() -> repository.empty().changesTo(snapshot)).hasMessageContaining("more than");
        assertThatThrownBy(() -> snapshot.files("")).hasMessageContaining("more than");
    }

    static Stream<String> commits() {
        String tree = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";
        return Stream.of(
                "",
                "tree ",
                "tree 4b825\n",
                tree,
                tree + "parent 12\n",
                tree + "author\ncommitter\n\n",
                tree + "author A <a@b> 99999999999999999999 +0000\ncommitter A <a@b> 99999999999999999999 +9999\n\nx",
                tree + "author A <a@b> -1 -9999\ncommitter A <a@b> 1e9 x\n\nx",
                tree + "author A <a@b 1 +0000\ncommitter > < 1 +0000\nencoding no-such\n\nx",
                tree + "author <> 1\ncommitter <>\n\n");
    }

    @ParameterizedTest
    @MethodSource("commits")
    void readsAMalformedCommitOrRefusesIt(String text) {
        CommitId commit = new CommitId(write(Constants.OBJ_COMMIT, text.getBytes(StandardCharsets.UTF_8))
                .hex());

        assertThatNothingButARefusalHappens(() -> repository.facts(commit));
        assertThatNothingButARefusalHappens(() -> repository.snapshot(commit));
        assertThatNothingButARefusalHappens(() -> repository.mergeBase(commit, Writing.commit(repository, List.of())));
        assertThatNothingButARefusalHappens(
                () -> repository.between(Writing.commit(repository, List.of()), commit, 10));
    }

    @Test
    void refusesACommitOfManyMegabytes() {
        String message = "x".repeat(2 << 20);
        CommitId commit = repository.commit(repository.empty(), Writing.draft(message, Instant.EPOCH, List.of()));

        assertThatThrownBy(() -> repository.facts(commit))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("larger than 1 MiB");
    }

    @Test
    void refusesAnObjectOfAnotherKind() {
        EntryId blob = write(Constants.OBJ_BLOB, "text".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> repository.snapshot(new CommitId(blob.hex())))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("another kind");
        assertThat(repository.has(new CommitId(blob.hex()))).isFalse();
    }

    private static void assertThatNothingButARefusalHappens(Runnable reading) {
        try {
            reading.run();
        } catch (RegistryException expected) {
            assertThat(expected.remedy()).isNotBlank();
        }
    }

    private EntryId write(int type, byte[] bytes) {
        try (ObjectInserter inserter = repository.jgit().newObjectInserter()) {
            ObjectId id = inserter.insert(type, bytes);
            inserter.flush();
            return EntryId.of(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] tree(String... entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String entry : entries) {
            bytes.writeBytes(entry.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
            bytes.writeBytes(raw(BLOB));
        }
        return bytes.toByteArray();
    }

    private static byte[] folders(EntryId target, String... names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String name : names) {
            bytes.writeBytes(("40000 " + name).getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
            bytes.writeBytes(raw(target.toObjectId()));
        }
        return bytes.toByteArray();
    }

    private static byte[] latin1() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("100644 \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(0);
        bytes.writeBytes(raw(BLOB));
        return bytes.toByteArray();
    }

    private static byte[] raw(ObjectId id) {
        byte[] bytes = new byte[20];
        id.copyRawTo(bytes, 0);
        return bytes;
    }

    private static byte[] cut(byte[] bytes, int fewer) {
        return Arrays.copyOf(bytes, bytes.length - fewer);
    }
}
