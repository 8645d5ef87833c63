package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    @TempDir
    Path folder;

    private CommandLineGit git;

    @BeforeEach
    void init() throws IOException {
        git = CommandLineGit.init(folder.resolve("checkout"));
    }

    @Test
    void seesTheFilesAsTheyAreNow() throws IOException {
        CommitId commit = git.commit("a/b", "1", "c", "1", "d", "1", "with space/ä\n\"x", "1");
        Files.writeString(git.folder().resolve("c"), "changed");
        Files.delete(git.folder().resolve("d"));
        Files.createDirectories(git.folder().resolve("new/empty"));
        Files.writeString(git.folder().resolve("new/e"), "1");

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            Snapshot now = repository.worktree(git.folder());
            assertThat(repository.snapshot(commit).changesTo(now))
                    .extracting(TreeChange::path)
                    .containsExactly("c", "d", "new/e");
            assertThat(now.read("c")).map(SourceFile::text).contains("changed");
            assertThat(now.commit()).isEmpty();
        }
    }

    @Test
    void isTheTreeThatGitWouldCommit() throws IOException {
        CommitId commit = git.commit("a/b", "1", "a.b", "1", "a-b", "1", "c/d/e", "1");

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThat(repository.worktree(git.folder()).tree())
                    .isEqualTo(repository.snapshot(commit).tree());
        }
    }

    @Test
    void recordsLinksAndExecutablesForTheGateToRefuse() throws IOException {
        Files.createSymbolicLink(git.folder().resolve("link"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(git.folder().resolve("loop"), Path.of("."));
        Path script = Files.writeString(git.folder().resolve("run.sh"), "true");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThat(repository.worktree(git.folder()).files(""))
                    .extracting(TreeEntry::mode)
                    .containsExactly(EntryMode.SYMLINK, EntryMode.SYMLINK, EntryMode.EXECUTABLE);
        }
    }

    @Test
    void leavesOutWhatGitIgnoresButNotWhatItTracks() throws IOException {
        git.commit("tracked.log", "1", "kept/a", "1");
        git.commit(".gitignore", "*.log\n/build/\nkept/\n", "sub/.gitignore", "!wanted.log\nlocal\n");
        Files.writeString(git.folder().resolve("other.log"), "1");
        Files.createDirectories(git.folder().resolve("build"));
        Files.writeString(git.folder().resolve("build/out"), "1");
        Files.writeString(git.folder().resolve("sub/wanted.log"), "1");
        Files.writeString(git.folder().resolve("sub/local"), "1");

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThat(repository.worktree(git.folder()).files(""))
                    .extracting(TreeEntry::path)
                    .containsExactly(".gitignore", "kept/a", "sub/.gitignore", "sub/wanted.log", "tracked.log");
        }
    }

    @Test
    void seesAChangeThatKeepsSizeAndComesRightAfterTheCommit() throws IOException {
        git.commit("a", "1");
        Files.writeString(git.folder().resolve("a"), "2");

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThat(repository.worktree(git.folder()).read("a"))
                    .map(SourceFile::text)
                    .contains("2");
        }
    }

    @Test
    void doesNotReadAgainWhatTheIndexKnowsToBeUnchanged() throws IOException {
        Path file = Files.writeString(git.folder().resolve("a"), "1");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        git.commit();
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, "2");
        Files.setLastModifiedTime(file, before);

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThat(repository.worktree(git.folder()).read("a"))
                    .map(SourceFile::text)
                    .contains("1");
        }
    }

    @Test
    void refusesWhatBelongsIntoAStore() throws IOException {
        try (FileChannel big = FileChannel.open(
                git.folder().resolve("model.bin"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            big.write(ByteBuffer.wrap(new byte[1]), 65L << 20);
        }

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThatThrownBy(() -> repository.worktree(git.folder()))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("model.bin");
        }
    }

    @Test
    void writesNothing() throws IOException {
        Files.writeString(git.folder().resolve("a"), "1");

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            repository.worktree(git.folder());
        }
        assertThat(git.run("count-objects")).startsWith("0 objects");
    }
}
