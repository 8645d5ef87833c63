package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {
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

    @Test
    void givesTheTargetWhenTheHeadIsInItAlready() {
        CommitId head = commit(List.of(), "a", "1");
        CommitId target = commit(List.of(head), "a", "2");

        assertThat(merged(target, head).commit()).contains(target);
        assertThat(merged(target, target).commit()).contains(target);
    }

    @Test
    void givesTheFilesOfAHeadThatContainsTheTarget() {
        CommitId target = commit(List.of(), "folder/file", "1", "b", "1");
        CommitId head = commit(List.of(target), "folder", "now a file", "b", "1");

        assertThat(text(merged(target, head), "folder")).isEqualTo("now a file");
        assertThat(merged(target, head).files("")).hasSize(2);
    }

    @Test
    void agreesWhenBothSidesMadeTheSameChange() {
        CommitId base = commit(List.of(), "a", "1", "gone", "1");
        CommitId target = commit(List.of(base), "a", "2", "new", "3");
        CommitId head = commit(List.of(base), "a", "2", "new", "3", "other", "4");

        Snapshot merged = merged(target, head);

        assertThat(merged.files("")).extracting(TreeEntry::path).containsExactly("a", "new", "other");
    }

    @Test
    void takesOutWhatTheHeadDeleted() {
        CommitId base = commit(List.of(), "a/b/c", "1", "d", "1");
        CommitId target = commit(List.of(base), "a/b/c", "1", "d", "2");
        CommitId head = commit(List.of(base), "d", "1");

        assertThat(merged(target, head).files("")).extracting(TreeEntry::path).containsExactly("d");
    }

    @Test
    void callsADeletionOfAChangedFileAConflict() {
        CommitId base = commit(List.of(), "a", "1", "b", "1");
        CommitId changed = commit(List.of(base), "a", "2", "b", "1");
        CommitId deleted = commit(List.of(base), "b", "1");

        assertThat(repository.merge(changed, deleted)).isEqualTo(new MergeOutcome.Conflicting(List.of("a")));
        assertThat(repository.merge(deleted, changed)).isEqualTo(new MergeOutcome.Conflicting(List.of("a")));
    }

    @Test
    void namesAllConflictsInOrder() {
        CommitId base = commit(List.of(), "x", "1");
        CommitId target = commit(List.of(base), "x", "2", "b", "1", "a", "1");
        CommitId head = commit(List.of(base), "x", "3", "b", "2", "a", "2");

        assertThat(repository.merge(target, head)).isEqualTo(new MergeOutcome.Conflicting(List.of("a", "b", "x")));
    }

    @Test
    void replacesAFolderByAFileWhereTheTargetDidNotTouchIt() {
        CommitId base = commit(List.of(), "folder/a", "1", "folder/b", "1", "x", "1");
        CommitId untouched = commit(List.of(base), "folder/a", "1", "folder/b", "1", "x", "2");
        CommitId touched = commit(List.of(base), "folder/a", "1", "folder/b", "1", "folder/c", "1", "x", "1");
        CommitId head = commit(List.of(base), "folder", "file", "x", "1");

        assertThat(text(merged(untouched, head), "folder")).isEqualTo("file");
        assertThat(repository.merge(touched, head)).isInstanceOf(MergeOutcome.Conflicting.class);
    }

    @Test
    void doesNotTakeAMoveForMoreThanADeletionAndANewFile() {
        CommitId base = commit(List.of(), "models/a/card.md", "a long text that is moved", "x", "1");
        CommitId target = commit(List.of(base), "models/b/card.md", "a long text that is moved", "x", "1");
        CommitId head = commit(List.of(base), "models/a/card.md", "a long text that is changed", "x", "1");

        assertThat(repository.merge(target, head)).isEqualTo(new MergeOutcome.Conflicting(List.of("models/a/card.md")));
    }

    @Test
    void mergesBranchesThatWereMergedCrosswiseWhenAllAncestorsAgree() {
        CommitId root = commit(List.of(), "a", "0", "b", "0", "c", "0");
        CommitId left = commit(List.of(root), "a", "1", "b", "0", "c", "0");
        CommitId right = commit(List.of(root), "a", "0", "b", "1", "c", "0");
        CommitId target = commit(List.of(left, right), "a", "1", "b", "1", "c", "0");
        CommitId head = commit(List.of(right, left), "a", "1", "b", "1", "c", "2");

        assertThat(text(merged(target, head), "c")).isEqualTo("2");
    }

    @Test
    void callsItAConflictWhenTheAncestorsOfACrosswiseMergeDisagree() {
        CommitId root = commit(List.of(), "a", "0");
        CommitId left = commit(List.of(root), "a", "1");
        CommitId right = commit(List.of(root), "a", "2");
        CommitId target = commit(List.of(left, right), "a", "1");
        CommitId head = commit(List.of(right, left), "a", "2");

        assertThat(repository.merge(target, head)).isEqualTo(new MergeOutcome.Conflicting(List.of("a")));
    }

    @Test
    void writesNothingForAMergeThatIsOnlyLookedAt() throws IOException {
        CommitId base = commit(List.of(), "a", "1", "b", "1");
        CommitId target = commit(List.of(base), "a", "2", "b", "1");
        CommitId head = commit(List.of(base), "a", "1", "b", "2", "c/d", "3");
        long before = files();

        Snapshot merged = merged(target, head);

        assertThat(text(merged, "c/d")).isEqualTo("3");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void givesTheSameTreeAsGitWhereNoFileChangedTwice() throws IOException {
        CommandLineGit git = CommandLineGit.init(folder.resolve("checkout"));
        git.commit("a/b/c", "1", "a/d", "1", "e", "1", "f-x/y", "1");
        git.run("checkout", "-q", "-b", "topic");
        CommitId head = git.commit("a/b/new", "2", "a/d", "2", "f.x", "1");
        git.run("checkout", "-q", "main");
        CommitId target = git.commit("a/b/c", "3", "f/z", "1", "e", "4");
        git.run("merge", "-q", "-m", "Merge", "topic");

        try (RegistryRepository here = Repositories.open(git.folder())) {
            MergeOutcome outcome = here.merge(target, head);
            assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
            assertThat(((MergeOutcome.Merged) outcome).result().tree().hex())
                    .isEqualTo(git.run("rev-parse", "HEAD^{tree}"));
        }
    }

    private Snapshot merged(CommitId target, CommitId head) {
        MergeOutcome outcome = repository.merge(target, head);
        assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
        return ((MergeOutcome.Merged) outcome).result();
    }

    private static String text(Snapshot snapshot, String path) {
        return snapshot.read(path).map(SourceFile::text).orElseThrow();
    }

    private CommitId commit(List<CommitId> parents, String... pathsAndTexts) {
        return Writing.commit(repository, parents, pathsAndTexts);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(repository.directory())) {
            return files.count();
        }
    }
}
