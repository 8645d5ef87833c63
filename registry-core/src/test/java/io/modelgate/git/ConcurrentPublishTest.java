package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes, some of them killed, write to one repository. */
class ConcurrentPublishTest {
    private static final int KILLS = 6;

    @TempDir
    Path folder;

    private Path bare;
    private CommandLineGit git;

    @BeforeEach
    void init() {
        bare = folder.resolve("registry.git");
        Repositories.init(bare, "main").close();
        git = new CommandLineGit(bare);
    }

    @Test
    void losesNothingWhenEightProcessesCommitEightTimesEach() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            processes.add(start("p" + i, 8));
        }
        for (Process process : processes) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }

        Set<String> expected = IntStream.range(0, 64)
                .mapToObj(i -> "p" + i / 8 + "-" + i % 8)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(filesOnMain()).isEqualTo(expected);
        assertThat(refsBelow("refs/modelgate/done/")).isEqualTo(expected);
        assertThat(git.run("rev-list", "--count", "main")).isEqualTo("64");
        assertThat(git.run("fsck", "--strict", "--full", "--no-dangling")).isEmpty();
        assertThatNoLocksAreLeft();
    }

    @Test
    void putsInOrderWhatAKilledProcessLeft() throws Exception {
        Random random = new Random(11);
        Set<String> published = new TreeSet<>();
        for (int i = 0; i < KILLS; i++) {
            published.addAll(startAndKillAfter("k" + i, random.nextInt(12), random.nextInt(6_000_000)));
            published.addAll(run("after" + i, 1));
            assertThatNoLocksAreLeft();
            assertThat(filesOnMain()).containsAll(published).isEqualTo(refsBelow("refs/modelgate/done/"));
        }
        assertThat(git.run("fsck", "--strict", "--full", "--no-dangling")).isEmpty();
    }

    @Test
    void takesTurnsWithTheGitProgram() throws Exception {
        run("first", 1);
        Process process = start("p", 20);
        int moved = 0;
        for (int i = 0; i < 30; i++) {
            String tip = git.run("rev-parse", "main");
            String commit = git.run("commit-tree", "-p", tip, "-m", "g" + i, tip + "^{tree}");
            moved += git.attempt("update-ref", CommandLineGit.MAIN, commit, tip).code() == 0 ? 1 : 0;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();

        assertThat(filesOnMain()).hasSize(21);
        assertThat(git.run("rev-list", "--count", "main")).isEqualTo(String.valueOf(21 + moved));
    }

    @Test
    void waitsInTurnInOneProcessToo() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "t" + i;
            Thread thread = new Thread(() -> PublishingProcess.main(new String[] {bare.toString(), name, "4"}));
            thread.setUncaughtExceptionHandler((where, thrown) -> failures.add(thrown));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(filesOnMain()).hasSize(16);
    }

    private Process start(String name, int files) throws IOException {
        return new ProcessBuilder(PublishingProcess.command(bare, name, files))
                .redirectErrorStream(true)
                .start();
    }

    private List<String> run(String name, int files) throws Exception {
        Process process = start(name, files);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    private List<String> startAndKillAfter(String name, int files, int nanos) throws Exception {
        Process process = start(name, 10_000);
        List<String> said = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            while (said.size() < files) {
                said.add(reader.readLine());
            }
            LockSupport.parkNanos(nanos);
            process.toHandle().destroyForcibly();
            process.waitFor();
            reader.lines().filter(line -> line.startsWith(name)).forEach(said::add);
        }
        return said;
    }

    private Set<String> filesOnMain() {
        return git.run("ls-tree", "-r", "--name-only", "main").lines().collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> refsBelow(String prefix) {
        return git.run("for-each-ref", "--format=%(refname)", prefix)
                .lines()
                .map(ref -> ref.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void assertThatNoLocksAreLeft() throws IOException {
        try (Stream<Path> files = Files.walk(bare)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".lock"));
        }
    }
}
