package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that work on one registry at once, or die in the middle of it. */
class ManyAtOnceTest {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();
    private static final int PROCESSES = Integer.getInteger("modelgate.processes", 3);
    private static final int VERSIONS = Integer.getInteger("modelgate.versions", 3);
    private static final int KILLS = Integer.getInteger("modelgate.kills", 5);

    @TempDir
    Path folder;

    private String shown = "";

    @BeforeEach
    void begin() throws IOException {
        assertThat(run("init", "registry.git", "--identity", "declared", "--as", "ann"))
                .as(shown)
                .isZero();
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
    }

    @Test
    void landsEveryVersionThatSeveralProcessesRegisterAtOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int major = 1; major <= PROCESSES; major++) {
            processes.add(start(major, VERSIONS));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(processes)
                .allSatisfy(process -> assertThat(process.exitValue()).isZero());
        assertThat(versions()).hasSize(PROCESSES * VERSIONS);
        assertThat(git("rev-list", "--count", "--merges", "main").strip())
                .isEqualTo(String.valueOf(PROCESSES * VERSIONS));
        assertThat(git("fsck", "--strict")).doesNotContain("error", "missing");
        assertThat(run("proposals", "-r", "registry.git", "-o", "json")).isZero();
        assertThat(shown).doesNotContain("\"number\"");
    }

    @Test
    void landsEveryVersionThatOneUserPromotesAtTheSameMoment() throws Exception {
        for (int major = 1; major <= PROCESSES; major++) {
            String version = "wine/cultivar@" + major + ".0.0";
            assertThat(run("register", version, "output", "--merge", "-r", "registry.git", "--as", "ann"))
                    .as(shown)
                    .isZero();
        }
        List<Process> processes = new ArrayList<>();
        for (int major = 1; major <= PROCESSES; major++) {
            processes.add(startMain(
                    "promote-" + major,
                    "promote",
                    "wine/cultivar@" + major + ".0.0",
                    "--to",
                    "dev",
                    "--merge",
                    "-r",
                    "registry.git"));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        }

        for (int major = 1; major <= PROCESSES; major++) {
            String said = Files.readString(folder.resolve("promote-" + major + ".log"));
            assertThat(processes.get(major - 1).exitValue()).as(said).isZero();
            assertThat(said).contains("Promote wine/cultivar@" + major + ".0.0 to dev: merged as ");
        }
        assertThat(git("rev-list", "--count", "--merges", "main").strip()).isEqualTo(String.valueOf(2 * PROCESSES));
        assertThat(run("proposals", "-r", "registry.git", "-o", "json")).isZero();
        assertThat(shown).doesNotContain("\"number\"");
    }

    @Test
    void goesOnAfterAProcessWasKilledAtAnyMoment() throws Exception {
        Random random = new Random(7);
        for (int kill = 1; kill <= KILLS; kill++) {
            Process process = start(kill, 3);
            process.waitFor(300 + random.nextInt(1_500), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();

            for (int minor = 0; minor < 3; minor++) {
                String version = "wine/cultivar@" + kill + "." + minor + ".0";
                assertThat(run("register", version, "output", "--merge", "-r", "registry.git", "--as", "user" + kill))
                        .as(shown)
                        .isZero();
            }
            assertThat(git("fsck", "--strict")).doesNotContain("error", "missing");
        }
        assertThat(versions()).hasSize(KILLS * 3);
        assertThat(run("list", "-r", "registry.git")).isZero();
        git("clone", "-q", ".", folder.resolve("clone").toString());
        delete(folder.resolve("clone/.git"));
        assertThat(run("verify", "clone")).as(shown).isZero();
    }

    private Process start(int major, int count) throws IOException {
        return start(
                "process-" + major,
                RegisteringProcess.class,
                folder.toString(),
                "wine/cultivar",
                String.valueOf(major),
                String.valueOf(count));
    }

    private Process startMain(String log, String... args) throws IOException {
        return start(log, Main.class, args);
    }

    private Process start(String log, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log + ".log").toFile());
        builder.environment().put("HOME", folder.toString());
        return builder.start();
    }

    private List<String> versions() throws Exception {
        return git("ls-tree", "--name-only", "main", "models/wine/cultivar/versions/")
                .lines()
                .toList();
    }

    private String git(String... args) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", folder.resolve("registry.git").toString()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private int run(String... args) {
        StringWriter out = new StringWriter();
        int code = Main.run(
                new Terminal(
                        new PrintWriter(out),
                        new PrintWriter(out),
                        InputStream.nullInputStream(),
                        Map.of("HOME", folder.toString()),
                        folder,
                        Clock.systemUTC(),
                        false),
                args);
        shown = out.toString();
        return code;
    }
}
