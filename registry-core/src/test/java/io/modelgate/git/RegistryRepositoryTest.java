package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryRepositoryTest {
    private static final String MAIN = "refs/heads/main";

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
    void readsWhatItWrote() {
        CommitId commit = commit(List.of(), "a/b/c.yaml", "one", "a/d.yaml", "two");

        Snapshot snapshot = repository.snapshot(commit);

        assertThat(snapshot.read("a/b/c.yaml")).map(SourceFile::text).contains("one");
        assertThat(snapshot.read("a/b")).isEmpty();
        assertThat(snapshot.read("a/b/c.yaml/d")).isEmpty();
        assertThat(snapshot.files("a")).extracting(TreeEntry::path).containsExactly("a/b/c.yaml", "a/d.yaml");
        assertThat(snapshot.list("")).extracting(TreeEntry::mode).containsExactly(EntryMode.TREE);
    }

    @Test
    void listsChangesByModeAndId() {
        Snapshot before = repository.snapshot(commit(List.of(), "a/x", "1", "a/y", "2", "b/z", "3"));
        Snapshot after = repository.snapshot(commit(List.of(), "a/x", "1", "a/y", "changed", "c", "4"));

        assertThat(before.changesTo(after)).extracting(TreeChange::path).containsExactly("a/y", "b/z", "c");
        assertThat(before.changesTo(before)).isEmpty();
    }

    @Test
    void mergesChangesOfDifferentFiles() {
        CommitId base = commit(List.of(), "a", "1", "b", "1");
        CommitId target = commit(List.of(base), "a", "2", "b", "1");
        CommitId head = commit(List.of(base), "a", "1", "b", "2", "c/d", "3");

        MergeOutcome outcome = repository.merge(target, head);

        assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
        Snapshot merged = ((MergeOutcome.Merged) outcome).result();
        assertThat(merged.read("a")).map(SourceFile::text).contains("2");
        assertThat(merged.read("b")).map(SourceFile::text).contains("2");
        assertThat(merged.read("c/d")).map(SourceFile::text).contains("3");
    }

    @Test
    void callsDifferentChangesOfOneFileAConflict() {
        CommitId base = commit(List.of(), "a", "line 1\nline 2\n");
        CommitId target = commit(List.of(base), "a", "changed 1\nline 2\n");
        CommitId head = commit(List.of(base), "a", "line 1\nchanged 2\n");

        assertThat(repository.merge(target, head)).isEqualTo(new MergeOutcome.Conflicting(List.of("a")));
    }

    @Test
    void callsAFileInTheWayOfAFolderAConflict() {
        CommitId base = commit(List.of(), "x", "1");
        CommitId target = commit(List.of(base), "x", "1", "a", "file");
        CommitId head = commit(List.of(base), "x", "1", "a/b", "in a folder");

        assertThat(repository.merge(target, head)).isInstanceOf(MergeOutcome.Conflicting.class);
        assertThat(repository.merge(head, target)).isInstanceOf(MergeOutcome.Conflicting.class);
    }

    @Test
    void doesNotMergeUnrelatedHistories() {
        assertThat(repository.merge(commit(List.of(), "a", "1"), commit(List.of(), "b", "1")))
                .isEqualTo(new MergeOutcome.Unrelated());
    }

    @Test
    void movesSeveralRefsOrNone() {
        CommitId one = commit(List.of(), "a", "1");
        CommitId two = commit(List.of(one), "a", "2");
        assertThat(repository.publish(List.of(RefChange.create(MAIN, one), RefChange.create("refs/modelgate/x", one))))
                .isEqualTo(new PublishResult.Published());

        PublishResult lost = repository.publish(
                List.of(RefChange.move(MAIN, one, two), RefChange.move("refs/modelgate/x", two, one)));

        assertThat(lost).isInstanceOf(PublishResult.Lost.class);
        assertThat(repository.ref(MAIN)).contains(one);
        assertThat(repository.publish(List.of(RefChange.create(MAIN, two)))).isInstanceOf(PublishResult.Lost.class);
    }

    @Test
    void seesARefThatAnotherRepositoryInstanceMoved() {
        CommitId one = commit(List.of(), "a", "1");
        repository.publish(List.of(RefChange.create(MAIN, one)));
        assertThat(repository.ref(MAIN)).contains(one);
        try (RegistryRepository other = Repositories.open(folder.resolve("registry.git"))) {
            CommitId two = commit(List.of(one), "a", "2");
            assertThat(other.publish(List.of(RefChange.move(MAIN, one, two)))).isEqualTo(new PublishResult.Published());
            assertThat(repository.ref(MAIN)).contains(two);
        }
    }

    @Test
    void refusesNamesOfRefsThatCouldBeTakenForSomethingElse() {
        assertThatThrownBy(() -> repository.ref("refs/heads/-x$(id)")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.ref("HEAD")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhenAFolderIsNoRepository() {
        assertThatThrownBy(() -> Repositories.open(folder))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("is not a Git repository");
    }

    @Test
    void readsTrailersOfTheLastParagraphOnly() {
        CommitFacts facts = repository.facts(repository.commit(
                repository.empty(),
                new CommitDraft(
                        "Title\n\nApproved-by: forged\n\nModelgate-Proposal: 4\nApproved-by: local:bob\n",
                        new Author("Bob", "bob@example.com"),
                        Instant.EPOCH,
                        List.of())));

        assertThat(facts.trailers("Approved-by")).containsExactly("local:bob");
        assertThat(facts.trailer("Modelgate-Proposal")).contains("4");
        assertThat(facts.subject()).isEqualTo("Title");
    }

    private CommitId commit(List<CommitId> parents, String... pathsAndTexts) {
        TreeMap<String, Optional<SourceFile>> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], Optional.of(SourceFile.of(pathsAndTexts[i], pathsAndTexts[i + 1])));
        }
        return repository.commit(
                repository.edit(repository.empty(), new TreeEdit(files)),
                new CommitDraft("Change\n", new Author("Ann", "ann@example.com"), Instant.EPOCH, parents));
    }
}
