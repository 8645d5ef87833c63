package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishTest {
    private static final String MAIN = CommandLineGit.MAIN;
    private static final String OPEN = "refs/modelgate/proposals/1";
    private static final String CLOSED = "refs/modelgate/closed/1";

    @TempDir
    Path folder;

    private Path bare;
    private CommandLineGit git;
    private RegistryRepository repository;
    private CommitId one;
    private CommitId two;

    @BeforeEach
    void init() {
        bare = folder.resolve("registry.git");
        repository = Repositories.init(bare, "main");
        git = new CommandLineGit(bare);
        one = Writing.commit(repository, List.of(), "a", "1");
        two = Writing.commit(repository, List.of(one), "a", "2");
        assertThat(repository.publish(List.of(RefChange.create(MAIN, one), RefChange.create(OPEN, one))))
                .isEqualTo(new PublishResult.Published());
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void movesCreatesAndDeletesAtOnce() {
        assertThat(repository.publish(merge())).isEqualTo(new PublishResult.Published());

        assertThat(repository.ref(MAIN)).contains(two);
        assertThat(repository.refs("refs/modelgate/")).containsOnlyKeys(CLOSED);
        assertThat(git.run("for-each-ref", "--format=%(refname) %(objectname)").lines())
                .containsExactly(MAIN + " " + two, CLOSED + " " + one);
        assertThat(git.run("reflog", "show", "main", "--format=%H").lines()).containsExactly(two.hex(), one.hex());
    }

    @Test
    void movesRefsThatGitHasPacked() {
        git.run("pack-refs", "--all");

        assertThat(repository.publish(merge())).isEqualTo(new PublishResult.Published());

        assertThat(git.run("for-each-ref", "--format=%(refname) %(objectname)").lines())
                .containsExactly(MAIN + " " + two, CLOSED + " " + one);
        assertThat(repository.publish(List.of(RefChange.delete(MAIN, two)))).isEqualTo(new PublishResult.Published());
        assertThat(git.run("for-each-ref", "--format=%(refname)")).isEqualTo(CLOSED);
    }

    @Test
    void movesNoneWhenOneIsNotWhereItIsExpected() {
        for (List<RefChange> changes : List.of(
                List.of(RefChange.move(MAIN, one, two), RefChange.create(OPEN, one)),
                List.of(RefChange.move(MAIN, one, two), RefChange.move(OPEN, two, one)),
                List.of(RefChange.move(MAIN, one, two), RefChange.delete(CLOSED, one)))) {
            assertThat(repository.publish(changes))
                    .isEqualTo(new PublishResult.Lost(changes.get(1).ref()));
            assertThat(repository.ref(MAIN)).contains(one);
        }
        assertThat(locks()).isEmpty();
    }

    @Test
    void movesNoneWhenOneIsLockedByAnotherProgram() throws IOException {
        Files.writeString(bare.resolve(OPEN + ".lock"), "");
        DirectUpstream impatient = new DirectUpstream(repository.jgit(), Duration.ofMillis(50));

        assertThatThrownBy(() -> impatient.publish(merge()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(bare.resolve(OPEN + ".lock").toString())
                .hasMessageContaining("seconds")
                .extracting(thrown -> ((RegistryException) thrown).remedy())
                .asString()
                .contains("delete that file");

        assertThat(repository.ref(MAIN)).contains(one);
        assertThat(locks()).containsExactly(bare.resolve(OPEN + ".lock"));
        Files.delete(bare.resolve(OPEN + ".lock"));
        assertThat(impatient.publish(merge())).isEqualTo(new PublishResult.Published());
    }

    @Test
    void namesTheLockFileThatAKilledGitLeftOnASingleRef() throws IOException {
        Files.writeString(bare.resolve(MAIN + ".lock"), "");
        DirectUpstream impatient = new DirectUpstream(repository.jgit(), Duration.ofMillis(50));

        assertThatThrownBy(() -> impatient.publish(List.of(RefChange.move(MAIN, one, two))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(bare.resolve(MAIN + ".lock").toString());
    }

    @Test
    void refusesARefThatIsInTheWayOfAnother() {
        assertThat(repository.publish(List.of(RefChange.create(MAIN + "/below", one))))
                .isInstanceOf(PublishResult.Refused.class);
        assertThat(repository.publish(List.of(RefChange.create("refs/modelgate", one))))
                .isInstanceOf(PublishResult.Refused.class);
    }

    @Test
    void refusesACommitThatIsNotThere() {
        CommitId nothing = new CommitId("1".repeat(40));

        assertThat(repository.publish(List.of(RefChange.move(MAIN, one, nothing))))
                .isInstanceOf(PublishResult.Refused.class);
        assertThat(repository.publish(List.of(RefChange.move(MAIN, one, nothing), RefChange.delete(OPEN, one))))
                .isInstanceOf(PublishResult.Refused.class);
        assertThat(repository.ref(MAIN)).contains(one);
    }

    @Test
    void removesTheLocksOfAProcessThatDiedBeforeItDecided() throws IOException {
        leave(new RefNote(false, merge()).toText());
        Files.writeString(bare.resolve(MAIN + ".lock"), two + "\n");
        Files.writeString(bare.resolve(OPEN + ".lock"), "");

        assertThat(repository.publish(List.of(RefChange.create("refs/modelgate/x", one))))
                .isEqualTo(new PublishResult.Published());

        assertThat(locks()).isEmpty();
        assertThat(repository.ref(MAIN)).contains(one);
        assertThat(repository.ref(OPEN)).contains(one);
    }

    @Test
    void finishesTheWorkOfAProcessThatDiedAfterItDecided() throws IOException {
        leave(new RefNote(true, merge()).toText());
        Files.writeString(bare.resolve(MAIN), two + "\n");
        Files.writeString(bare.resolve(CLOSED + ".lock"), one + "\n", create(CLOSED));
        Files.writeString(bare.resolve(OPEN + ".lock"), "");
        Files.writeString(bare.resolve("packed-refs.lock"), "");

        assertThat(repository.publish(List.of(RefChange.create("refs/modelgate/x", one))))
                .isEqualTo(new PublishResult.Published());

        assertThat(locks()).isEmpty();
        assertThat(repository.ref(MAIN)).contains(two);
        assertThat(repository.ref(CLOSED)).contains(one);
        assertThat(repository.ref(OPEN)).isEmpty();
    }

    @Test
    void leavesAloneALockThatIsNotThatOfTheDeadProcess() throws IOException {
        leave(new RefNote(false, List.of(RefChange.move(MAIN, one, two))).toText());
        Files.writeString(bare.resolve(MAIN + ".lock"), one + "\n");

        assertThat(repository.publish(List.of(RefChange.create("refs/modelgate/x", one))))
                .isEqualTo(new PublishResult.Published());
        assertThat(locks()).containsExactly(bare.resolve(MAIN + ".lock"));
    }

    @Test
    void doesNotMindANoteThatWasCutOff() throws IOException {
        leave("decided\n" + one);

        assertThat(repository.publish(merge())).isEqualTo(new PublishResult.Published());
    }

    @Test
    void seesEveryMoveThatGitMakesRightAfterAnother() {
        for (int i = 0; i < 10; i++) {
            git.run("update-ref", MAIN, i % 2 == 0 ? two.hex() : one.hex());
            assertThat(repository.ref(MAIN)).contains(i % 2 == 0 ? two : one);
            if (i % 3 == 0) {
                git.run("pack-refs", "--all");
                assertThat(repository.ref(MAIN)).contains(i % 2 == 0 ? two : one);
            }
        }
    }

    @Test
    void saysWhenItMayNotWrite() throws IOException {
        Path publishing = bare.resolve("modelgate/publishing");
        Files.delete(publishing);
        Files.createDirectories(publishing);

        assertThatThrownBy(() -> repository.publish(merge()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(publishing.toString());
    }

    private List<RefChange> merge() {
        return List.of(RefChange.move(MAIN, one, two), RefChange.create(CLOSED, one), RefChange.delete(OPEN, one));
    }

    private void leave(String note) throws IOException {
        Files.writeString(bare.resolve("modelgate/publishing"), note);
    }

    private OpenOption create(String ref) throws IOException {
        Files.createDirectories(bare.resolve(ref).resolveSibling("."));
        return StandardOpenOption.CREATE;
    }

    private List<Path> locks() {
        try (Stream<Path> files = Files.walk(bare)) {
            return files.filter(file -> file.toString().endsWith(".lock")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
