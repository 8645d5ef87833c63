package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold for a repository on another machine, whatever the way to it. */
abstract class RemoteRepositoryContract {
    static final String MAIN = CommandLineGit.MAIN;

    @TempDir
    Path folder;

    Path bare;
    CommandLineGit git;
    CommitId one;
    private RegistryRepository repository;

    /** The address of the repository at a path of this machine. */
    abstract String address(Path path);

    abstract Map<String, String> environment();

    abstract void start() throws Exception;

    abstract void stop() throws Exception;

    @BeforeEach
    void init() throws Exception {
        bare = folder.resolve("served/registry.git");
        try (RegistryRepository there = Repositories.init(bare, "main")) {
            one = Writing.commit(there, List.of(), "a/b", "1");
            there.publish(List.of(RefChange.create(MAIN, one), RefChange.create("refs/modelgate/proposals/1", one)));
        }
        git = new CommandLineGit(bare);
        start();
        repository = open();
    }

    @AfterEach
    void close() throws Exception {
        if (repository != null) {
            repository.close();
        }
        stop();
    }

    RegistryRepository open() {
        return Repositories.cached(address(bare), folder.resolve("cache"), environment());
    }

    @Test
    void readsWhatIsThere() {
        assertThat(repository.ref(MAIN)).contains(one);
        assertThat(repository.refs("refs/modelgate/")).containsOnlyKeys("refs/modelgate/proposals/1");
        assertThat(repository.snapshot(one).read("a/b")).map(SourceFile::text).contains("1");
    }

    @Test
    void seesWhatOthersDid() {
        CommitId two = commitThere(one, "a/b", "2");
        git.run("update-ref", MAIN, two.hex(), one.hex());
        git.run("update-ref", "-d", "refs/modelgate/proposals/1");
        git.run("update-ref", "refs/modelgate/proposals/1/below", two.hex());

        try (RegistryRepository later = open()) {
            assertThat(later.ref(MAIN)).contains(two);
            assertThat(later.refs("refs/modelgate/")).containsOnlyKeys("refs/modelgate/proposals/1/below");
            assertThat(later.snapshot(two).read("a/b")).map(SourceFile::text).contains("2");
        }
    }

    @Test
    void movesSeveralRefsThere() {
        CommitId two = Writing.commit(repository, List.of(one), "a/b", "2");

        assertThat(repository.publish(List.of(
                        RefChange.move(MAIN, one, two),
                        RefChange.create("refs/modelgate/closed/1", one),
                        RefChange.delete("refs/modelgate/proposals/1", one))))
                .isEqualTo(new PublishResult.Published());

        assertThat(git.run("for-each-ref", "--format=%(refname) %(objectname)").lines())
                .containsExactly(MAIN + " " + two, "refs/modelgate/closed/1 " + one);
        assertThat(repository.ref(MAIN)).contains(two);
        assertThat(repository.refs("refs/modelgate/")).containsOnlyKeys("refs/modelgate/closed/1");
        assertThat(git.run("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    @Test
    void losesWhenSomebodyElseWasFasterAndSeesWhatTheyDid() {
        CommitId theirs = commitThere(one, "a/b", "theirs");
        git.run("update-ref", MAIN, theirs.hex(), one.hex());
        CommitId ours = Writing.commit(repository, List.of(one), "a/b", "ours");

        assertThat(repository.publish(
                        List.of(RefChange.create("refs/modelgate/x", one), RefChange.move(MAIN, one, ours))))
                .isEqualTo(new PublishResult.Lost(MAIN));

        assertThat(git.run("for-each-ref", "refs/modelgate/x")).isEmpty();
        assertThat(repository.ref(MAIN)).contains(theirs);
        assertThat(repository.publish(List.of(RefChange.create(MAIN, ours)))).isEqualTo(new PublishResult.Lost(MAIN));
        assertThat(repository.publish(List.of(RefChange.delete("refs/modelgate/proposals/1", theirs))))
                .isInstanceOf(PublishResult.Lost.class);
    }

    @Test
    void tellsWhatTheHookSaidWithoutItsControlCharacters() throws IOException {
        Path hook = bare.resolve("hooks/pre-receive");
        Files.writeString(hook, "#!/bin/sh\nprintf 'The gate says no.\\n\\033[31mred\\033[0m\\n' >&2\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        CommitId two = Writing.commit(repository, List.of(one), "a/b", "2");

        PublishResult result = repository.publish(List.of(RefChange.move(MAIN, one, two)));

        assertThat(result).isInstanceOf(PublishResult.Refused.class);
        assertThat(((PublishResult.Refused) result).message())
                .contains("The gate says no.")
                .doesNotContain("\u001b");
        assertThat(git.run("rev-parse", "main")).isEqualTo(one.hex());
        assertThat(repository.ref(MAIN)).contains(one);
    }

    @Test
    void losesNothingWhenTwoWriteAtOnce() throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> threads = Stream.of("p", "q")
                .map(name -> new Thread(() -> {
                    try (RegistryRepository mine = open()) {
                        PublishingProcess.publish(mine, name, 5);
                    }
                }))
                .peek(thread -> thread.setUncaughtExceptionHandler((where, thrown) -> failures.add(thrown)))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(git.run("rev-list", "--count", "main")).isEqualTo("11");
        assertThat(git.run("for-each-ref", "--format=%(refname)", "refs/modelgate/done")
                        .lines())
                .hasSize(10);
    }

    @Test
    void makesADamagedCopyAnew() throws IOException {
        Path copy = repository.directory();
        for (String broken : List.of("HEAD", "config", "refs/heads/main", "objects")) {
            repository.close();
            damage(copy.resolve(broken));
            repository = open();
            assertThat(repository.ref(MAIN)).as(broken).contains(one);
            assertThat(repository.snapshot(one).read("a/b"))
                    .as(broken)
                    .map(SourceFile::text)
                    .contains("1");
        }
    }

    @Test
    void makesACopyAnewOfWhichAnObjectCouldNotBeRead() throws IOException {
        Path packs = repository.directory().resolve("objects/pack");
        repository.close();
        repository = open();
        try (Stream<Path> files = Files.list(packs)) {
            for (Path pack :
                    files.filter(file -> file.toString().endsWith(".pack")).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                Arrays.fill(bytes, 12, bytes.length - 20, (byte) 0x55);
                assertThat(pack.toFile().setWritable(true)).isTrue();
                Files.write(pack, bytes);
            }
        }
        assertThatThrownBy(() -> repository.snapshot(one).read("a/b"))
                .isInstanceOf(RegistryException.class)
                .extracting(thrown -> ((RegistryException) thrown).remedy())
                .asString()
                .contains("Try again");
        repository.close();

        repository = open();

        assertThat(repository.snapshot(one).read("a/b")).map(SourceFile::text).contains("1");
    }

    @Test
    void tidiesUpAfterAProcessThatWasKilledWhileItFetched() throws IOException {
        repository.close();
        Files.writeString(repository.directory().resolve("refs/heads/main.lock"), "");
        Files.writeString(repository.directory().resolve("packed-refs.lock"), "");
        Files.writeString(
                repository.directory().resolveSibling(repository.directory().getFileName() + ".turn"), "working\n");
        CommitId two = commitThere(one, "a/b", "2");
        git.run("update-ref", MAIN, two.hex(), one.hex());

        repository = open();

        assertThat(repository.ref(MAIN)).contains(two);
    }

    @Test
    void saysThatThereIsNoRepository() {
        assertThatThrownBy(() -> Repositories.cached(
                        address(bare.resolveSibling("nothing.git")), folder.resolve("cache"), environment()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("nothing.git")
                .extracting(thrown -> ((RegistryException) thrown).kind())
                .isEqualTo(RegistryException.Kind.NOT_FOUND);
    }

    @Test
    void opensAnEmptyRepository() {
        Path empty = bare.resolveSibling("empty.git");
        Repositories.init(empty, "main").close();

        try (RegistryRepository there = Repositories.cached(address(empty), folder.resolve("cache"), environment())) {
            assertThat(there.ref(MAIN)).isEmpty();
            CommitId first = Writing.commit(there, List.of(), "a", "1");
            assertThat(there.publish(List.of(RefChange.create(MAIN, first)))).isEqualTo(new PublishResult.Published());
        }
        assertThat(new CommandLineGit(empty).run("log", "--format=%H", "main")).isNotBlank();
    }

    private CommitId commitThere(CommitId parent, String path, String text) {
        try (RegistryRepository there = Repositories.open(bare)) {
            return Writing.commit(there, List.of(parent), path, text);
        }
    }

    private static void damage(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Files.move(path, path.resolveSibling("gone"));
        } else {
            Files.writeString(path, "\0broken[[");
        }
    }
}
