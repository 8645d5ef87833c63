package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path folder;

    @Test
    void answersQuestionsAboutDescent() throws IOException {
        CommandLineGit git = CommandLineGit.init(folder.resolve("checkout"));
        CommitId first = git.commit("a", "1");
        git.run("checkout", "-q", "-b", "topic");
        CommitId topic = git.commit("b", "1");
        git.run("checkout", "-q", "main");
        CommitId second = git.commit("a", "2");
        git.run("merge", "-q", "-m", "Merge it\n\nApproved-by: local:bob", "topic");
        CommitId merge = git.head();

        try (RegistryRepository repository = Repositories.open(git.folder())) {
            assertThat(repository.mergeBase(second, topic)).contains(first);
            assertThat(repository.isAncestor(first, merge)).isTrue();
            assertThat(repository.isAncestor(topic, merge)).isTrue();
            assertThat(repository.isAncestor(topic, second)).isFalse();
            assertThat(repository.between(second, merge, 10))
                    .extracting(CommitFacts::id)
                    .containsExactly(merge, topic);
            assertThat(repository.between(second, merge, 1)).hasSize(1);
            assertThat(repository.facts(merge).parents()).containsExactly(second, topic);
            assertThat(repository.facts(merge).trailer("Approved-by")).contains("local:bob");
            assertThat(repository.firstParents(merge))
                    .extracting(CommitFacts::id)
                    .containsExactly(merge, second, first);
            assertThat(repository.firstParentsTouching(merge, "a", 10))
                    .extracting(CommitFacts::id)
                    .containsExactly(second, first);
            assertThat(repository.firstParentsTouching(merge, "b", 10))
                    .extracting(CommitFacts::id)
                    .containsExactly(merge);
            assertThat(repository.firstParentsTouching(merge, "a", 1))
                    .extracting(CommitFacts::id)
                    .containsExactly(second);
            assertThat(repository.has(merge)).isTrue();
            assertThat(repository.has(new CommitId("0".repeat(39) + "1"))).isFalse();
        }
    }

    @Test
    void isNotMisledByFalseDates() {
        try (RegistryRepository repository = Repositories.init(folder.resolve("bare.git"), "main")) {
            List<CommitId> line = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Instant when = Instant.ofEpochSecond(i % 2 == 0 ? 4_000_000_000L - i : i);
                List<CommitId> parents = i == 0 ? List.of() : List.of(line.get(i - 1));
                line.add(repository.commit(repository.empty(), Writing.draft("Commit " + i, when, parents)));
            }
            CommitId base = line.get(40);
            CommitId side = repository.commit(
                    repository.empty(), Writing.draft("Side", Instant.ofEpochSecond(5), List.of(line.get(30))));

            assertThat(repository.between(base, line.get(59), 1000)).hasSize(19);
            assertThat(repository.between(line.get(59), side, 1000))
                    .extracting(CommitFacts::id)
                    .containsExactly(side);
            assertThat(repository.mergeBase(line.get(59), side)).contains(line.get(30));
            assertThat(repository.isAncestor(line.get(1), line.get(59))).isTrue();
            assertThat(repository.isAncestor(side, line.get(59))).isFalse();
        }
    }

    @Test
    void saysThatAShallowCloneLacksHistoryInsteadOfAnsweringWrongly() throws IOException {
        CommandLineGit origin = CommandLineGit.init(folder.resolve("origin"));
        CommitId first = origin.commit("a", "1");
        origin.run("checkout", "-q", "-b", "topic");
        CommitId topic = origin.commit("b", "1");
        origin.run("checkout", "-q", "main");
        CommitId second = origin.commit("a", "2");
        CommandLineGit clone = new CommandLineGit(folder);
        clone.run("clone", "-q", "--depth", "1", "--no-single-branch", "file://" + origin.folder(), "shallow");

        try (RegistryRepository repository = Repositories.open(folder.resolve("shallow"))) {
            assertThat(repository.snapshot(second).read("a"))
                    .map(SourceFile::text)
                    .contains("2");
            assertThat(repository.facts(second).parents()).containsExactly(first);
            List<Runnable> questions = List.of(
                    () -> repository.merge(second, topic),
                    () -> repository.mergeBase(second, topic),
                    () -> repository.isAncestor(topic, second),
                    () -> repository.between(second, topic, 10),
                    () -> repository.firstParents(second).forEach(commit -> {}),
                    () -> repository.snapshot(first));
            for (Runnable question : questions) {
                assertThatThrownBy(question::run)
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining("shallow clone")
                        .extracting(thrown -> ((RegistryException) thrown).remedy())
                        .asString()
                        .contains("--unshallow");
            }
        }
    }

    @Test
    void saysThatAPartialCloneLacksFiles() throws IOException {
        CommandLineGit origin = CommandLineGit.init(folder.resolve("origin"));
        CommitId first = origin.commit("a", "old", "folder/b", "same");
        CommitId second = origin.commit("a", "new");
        origin.run("config", "uploadpack.allowFilter", "true");
        CommandLineGit clone = new CommandLineGit(folder);
        clone.run("clone", "-q", "--filter=blob:none", "file://" + origin.folder(), "partial");

        try (RegistryRepository repository = Repositories.open(folder.resolve("partial"))) {
            assertThat(repository.snapshot(first).changesTo(repository.snapshot(second)))
                    .hasSize(1);
            assertThatThrownBy(() -> repository.snapshot(first).read("a"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("partial clone");
        }
    }
}
