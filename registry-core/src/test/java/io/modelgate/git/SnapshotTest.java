package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    @TempDir
    Path folder;

    private CommandLineGit git;

    @BeforeEach
    void init() throws IOException {
        git = CommandLineGit.init(folder.resolve("checkout"));
    }

    @Test
    void readsWhatGitCommitted() throws IOException {
        CommitId commit = git.commit("models/a/b/model.yaml", "name: a/b\n", "ä ö.txt", "ü", "x.y", "1", "x/y", "2");
        git.run("gc", "-q");

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            Snapshot snapshot = repository.snapshot(commit);
            assertThat(snapshot.commit()).contains(commit);
            assertThat(snapshot.tree().hex()).isEqualTo(git.run("rev-parse", "HEAD^{tree}"));
            assertThat(snapshot.read("models/a/b/model.yaml"))
                    .map(SourceFile::text)
                    .contains("name: a/b\n");
            assertThat(snapshot.read("ä ö.txt")).map(SourceFile::text).contains("ü");
            assertThat(snapshot.files(""))
                    .extracting(TreeEntry::path)
                    .containsExactly("models/a/b/model.yaml", "x.y", "x/y", "ä ö.txt");
            assertThat(snapshot.list("models")).extracting(TreeEntry::path).containsExactly("models/a");
            assertThat(snapshot.list("nothing")).isEmpty();
            assertThat(snapshot.read("models")).isEmpty();
            assertThat(snapshot.read("")).isEmpty();
            assertThat(snapshot.read("/models")).isEmpty();
            assertThat(snapshot.read("../checkout")).isEmpty();
        }
    }

    @Test
    void tellsFilesLinksAndSubmodulesApart() throws IOException {
        Files.createSymbolicLink(git.folder().resolve("link"), Path.of("/etc/passwd"));
        Files.writeString(git.folder().resolve("run.sh"), "true");
        assertThat(git.folder().resolve("run.sh").toFile().setExecutable(true)).isTrue();
        CommitId first = git.commit("file", "1");
        git.run("update-index", "--add", "--cacheinfo", "160000," + first + ",module");
        git.run("commit", "-q", "-m", "Submodule");

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            Snapshot snapshot = repository.snapshot(git.head());
            assertThat(snapshot.files(""))
                    .extracting(TreeEntry::mode)
                    .containsExactly(EntryMode.FILE, EntryMode.SYMLINK, EntryMode.SUBMODULE, EntryMode.EXECUTABLE);
            assertThat(snapshot.read("link")).isEmpty();
            assertThat(snapshot.read("module")).isEmpty();
        }
    }

    @Test
    void readsNoMoreOfAFileThanTheReaderMayNeed() throws IOException {
        Files.write(git.folder().resolve("big"), new byte[5 << 20]);
        CommitId commit = git.commit();

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            Snapshot snapshot = repository.snapshot(commit);
            assertThat(snapshot.read("big")).map(SourceFile::size).contains(YamlReader.MAX_BYTES + 1);
            assertThat(snapshot.entry("big")).map(snapshot::size).contains(5L << 20);
        }
    }

    @Test
    void opensNoFolderThatDidNotChange() throws IOException {
        CommitId before = git.commit("changed/deep/a", "1", "changed/same/b", "1", "same/c", "1");
        CommitId after = git.commit("changed/deep/a", "2");
        damage(git.run("rev-parse", "HEAD:same"));
        damage(git.run("rev-parse", "HEAD:changed/same"));

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThat(repository.snapshot(before).changesTo(repository.snapshot(after)))
                    .extracting(TreeChange::path)
                    .containsExactly("changed/deep/a");
            Snapshot edited = repository.edit(
                    repository.snapshot(after), TreeEdit.of(List.of(SourceFile.of("changed/deep/new", "3"))));
            assertThat(edited.read("changed/deep/new")).map(SourceFile::text).contains("3");
        }
    }

    @Test
    void namesTheObjectThatIsDamagedOrMissing() throws IOException {
        CommitId commit = git.commit("a", "1", "b", "2", "c/d", "3");
        String damaged = git.run("rev-parse", "HEAD:a");
        damage(damaged);
        String missing = git.run("rev-parse", "HEAD:b");
        Files.delete(file(missing));
        String folderId = git.run("rev-parse", "HEAD:c");
        Files.write(file(folderId), new byte[0]);

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            Snapshot snapshot = repository.snapshot(commit);
            assertThatThrownBy(() -> snapshot.read("a"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(damaged)
                    .hasMessageContaining("(a)");
            assertThatThrownBy(() -> snapshot.read("b"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(missing)
                    .hasMessageContaining("is not in this repository");
            assertThatThrownBy(() -> snapshot.files("c"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(folderId);
        }
    }

    @Test
    void writesTreesThatGitAccepts() {
        try (RegistryRepository repository = Repositories.init(folder.resolve("bare.git"), "main")) {
            CommitId first =
                    Writing.commit(repository, List.of(), "a", "1", "a-b", "2", "a.b", "3", "b/c", "4", "ö/ü", "5");
            CommitId second =
                    Writing.commit(repository, repository.snapshot(first), List.of(first), "a0", "6", "b/d/e", "7");
            repository.publish(List.of(RefChange.create(CommandLineGit.MAIN, second)));

            CommandLineGit bare = new CommandLineGit(folder.resolve("bare.git"));
            assertThat(bare.run("fsck", "--strict", "--full")).isEmpty();
            assertThat(bare.run("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "main")
                            .lines())
                    .containsExactly("a", "a-b", "a.b", "a0", "b/c", "b/d/e", "ö/ü");
        }
    }

    @Test
    void writesManyNewFilesAsOnePack() throws IOException {
        try (RegistryRepository repository = Repositories.init(folder.resolve("bare.git"), "main")) {
            String[] files = new String[1000];
            for (int i = 0; i < files.length; i += 2) {
                files[i] = "folder/" + i;
                files[i + 1] = "text " + i;
            }
            CommitId commit = Writing.commit(repository, List.of(), files);
            repository.publish(List.of(RefChange.create(CommandLineGit.MAIN, commit)));

            CommandLineGit bare = new CommandLineGit(folder.resolve("bare.git"));
            assertThat(bare.run("count-objects", "-v")).contains("count: 0\n").contains("packs: 1\n");
            assertThat(bare.run("fsck", "--strict", "--full")).isEmpty();
            assertThat(repository.snapshot(commit).files("folder")).hasSize(500);
        }
    }

    private void damage(String id) throws IOException {
        assertThat(file(id).toFile().setWritable(true)).isTrue();
        Files.write(file(id), new byte[] {1, 2, 3});
    }

    private Path file(String id) {
        return git.folder().resolve(".git/objects").resolve(id.substring(0, 2)).resolve(id.substring(2));
    }
}
