package io.modelgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real launcher, in a distribution with nothing in its jar, on a Java that only says what it was given. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path SCRIPT = Path.of("../modelgate").toAbsolutePath().normalize();

    /** Says its arguments, except when it is asked to make an archive: then it makes a file. */
    private static final String JAVA = """
            #!/bin/sh
            for each in "$@"; do
                case $each in
                    -XX:SharedArchiveFile=*new-*) [ "$making" ] && echo archive >"${each#*=}" ;;
                    -XX:DumpLoadedClassList=*) echo java/lang/Object >"${each#*=}" ;;
                    -Xshare:dump) making=1 ;;
                    -XX:AOTCacheOutput=*) echo archive >"${each#*=}" ;;
                esac
            done
            printf '<%s>' "$@"
            """;

    @TempDir
    private Path temp;

    private Path home;
    private Path dist;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectory(temp.resolve("home of user"));
        dist = temp.resolve("my tools/modelgate 1.0");
        write(dist.resolve("bin/modelgate"), Files.readString(SCRIPT));
        write(dist.resolve("lib/modelgate.jar"), "");
        write(dist.resolve("lib/BUILD"), "0123456789abcdef\n");
    }

    @Test
    void handsEveryArgumentOnAsItIs() throws Exception {
        Result result = run(java("17.0.15"), "resolve", "a b", "*", "$HOME", "");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("<-cp><" + dist.toRealPath() + "/lib/modelgate.jar>")
                .endsWith("<io.modelgate.cli.Main><resolve><a b><*><$HOME><>");
    }

    @Test
    void findsItsJarsThroughSymbolicLinks() throws Exception {
        Path first = Files.createDirectory(temp.resolve("first"));
        Path second = Files.createDirectory(temp.resolve("second"));
        Files.createSymbolicLink(first.resolve("real"), dist.resolve("bin/modelgate"));
        Files.createSymbolicLink(second.resolve("mg"), Path.of("../first/real"));
        Result result = run(second.resolve("mg"), environment(java("17.0.15")), "--version");
        assertThat(result.out()).contains("<" + dist.toRealPath() + "/lib/modelgate.jar>");
    }

    @Test
    void makesAnArchiveOnTheFirstStartAndUsesItOnTheSecond() throws Exception {
        Path java = java("21.0.2");
        assertThat(start(java).out()).doesNotContain("SharedArchiveFile");
        assertThat(start(java).out()).contains("<-XX:SharedArchiveFile=" + archive() + ">");
    }

    @Test
    void usesTheAotCacheOfJava25() throws Exception {
        Path java = java("25.0.3");
        assertThat(start(java).out()).doesNotContain("AOTCache");
        assertThat(start(java).out()).contains("<-XX:AOTCache=" + archive() + ">");
    }

    @Test
    void makesAnotherArchiveForAnotherBuildAndRemovesTheFirst() throws Exception {
        Path java = java("17.0.15");
        start(java);
        Path first = archive();
        write(dist.resolve("lib/BUILD"), "fedcba9876543210\n");
        assertThat(start(java).out()).doesNotContain("SharedArchiveFile");
        assertThat(archive()).isNotEqualTo(first).hasFileName("fedcba9876543210.jsa");
    }

    @Test
    void makesTheArchiveAgainWhenItsMakerDied() throws Exception {
        Path java = java("17.0.15");
        start(java);
        Path archive = archive();
        Files.delete(archive);
        write(archive.resolveSibling("lock"), "999999999\n");
        write(archive.resolveSibling("new-999999999.jsa"), "half");
        start(java);
        assertThat(archive()).isEqualTo(archive);
    }

    @Test
    void leavesTheArchiveToWhoeverMakesItAlready() throws Exception {
        Path java = java("17.0.15");
        start(java);
        Path archive = archive();
        Files.delete(archive);
        write(archive.resolveSibling("lock"), ProcessHandle.current().pid() + "\n");
        run(launcher(), withArchive(java), "--version");
        Thread.sleep(200);
        assertThat(archive).doesNotExist();
    }

    @Test
    void replacesAnEmptyArchive() throws Exception {
        Path java = java("17.0.15");
        start(java);
        write(archive(), "");
        assertThat(start(java).out()).doesNotContain("SharedArchiveFile");
        assertThat(archive()).isNotEmptyFile();
    }

    @Test
    void makesNoArchiveWhenToldNotTo() throws Exception {
        assertThat(run(java("17.0.15"), "--version").code()).isZero();
        assertThat(home.resolve(".cache")).doesNotExist();
    }

    @Test
    void startsWithoutAHome() throws Exception {
        Map<String, String> environment =
                Map.of("JAVA_HOME", java("17.0.15").toString(), "PATH", System.getenv("PATH"));
        Result result = run(dist.resolve("bin/modelgate"), environment, "--version");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void startsWhenTheCacheIsNoDirectory() throws Exception {
        Map<String, String> environment = withArchive(java("17.0.15"));
        environment.put("XDG_CACHE_HOME", "/dev/null");
        Result result = run(launcher(), environment, "--version");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void findsJavaOnThePathThroughALink() throws Exception {
        Path bin = Files.createDirectory(temp.resolve("bin"));
        Path java = java("17.0.15");
        Files.createSymbolicLink(bin.resolve("java"), java.resolve("bin/java"));
        Map<String, String> environment = withArchive(java);
        environment.remove("JAVA_HOME");
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        assertThat(start(environment).out()).endsWith("<--version>");
        assertThat(archive().toString()).contains("/Acme Inc.-17.0.15+1/");
    }

    @Test
    void splitsFurtherOptionsAtBlanks() throws Exception {
        Map<String, String> environment = environment(java("17.0.15"));
        environment.put("MODELGATE_JAVA_OPTS", "-Xmx1g -Dx=y");
        assertThat(run(launcher(), environment, "--version").out()).contains("<-Xmx1g><-Dx=y>");
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Path java = java("11.0.20");
        Result result = run(java, "--version");
        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err())
                .isEqualTo("modelgate: needs Java 17 or newer, but " + java
                        + " is Java 11.0.20. Set JAVA_HOME to a newer one.\n");
    }

    @Test
    void refusesJava8() throws Exception {
        assertThat(run(java("1.8.0_402"), "--version").err()).contains("is Java 1.8.0_402");
    }

    @Test
    void saysWhenJavaHomeHasNoJava() throws Exception {
        Result result = run(temp, "--version");
        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains("JAVA_HOME is " + temp, "Correct or unset JAVA_HOME");
    }

    @Test
    void saysWhenItsJarsAreGone() throws Exception {
        Files.delete(dist.resolve("lib/modelgate.jar"));
        Result result = run(java("17.0.15"), "--version");
        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains("no lib/modelgate.jar");
    }

    private Path java(String version) throws IOException {
        Path java = temp.resolve("java " + version);
        write(java.resolve("bin/java"), JAVA);
        write(
                java.resolve("release"),
                "IMPLEMENTOR=\"Acme Inc.\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\nJAVA_VERSION=\"%s\"\n"
                        .formatted(version, version));
        return java.toRealPath();
    }

    /** With the archive, and until the background has made it. */
    private Result start(Path java) throws Exception {
        return start(withArchive(java));
    }

    private Result start(Map<String, String> environment) throws Exception {
        Result result = run(launcher(), environment, "--version");
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(deadline) && !isMade()) {
            Thread.sleep(10);
        }
        return result;
    }

    private boolean isMade() throws IOException {
        List<Path> files = cached();
        String name = Files.readString(dist.resolve("lib/BUILD")).strip() + ".jsa";
        return files.size() == 1 && files.get(0).endsWith(name) && Files.size(files.get(0)) > 0;
    }

    private Path archive() throws IOException {
        assertThat(cached()).hasSize(1);
        return cached().get(0);
    }

    private Result run(Path java, String... args) throws Exception {
        return run(launcher(), environment(java), args);
    }

    private Result run(Path launcher, Map<String, String> environment, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path out = Files.createTempFile(temp, "out", "");
        Path err = Files.createTempFile(temp, "err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Path launcher() {
        return dist.resolve("bin/modelgate");
    }

    private Map<String, String> environment(Path java) {
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", java.toString());
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("MODELGATE_CDS", "off");
        return environment;
    }

    private Map<String, String> withArchive(Path java) {
        Map<String, String> environment = environment(java);
        environment.remove("MODELGATE_CDS");
        return environment;
    }

    private List<Path> cached() throws IOException {
        Path cache = home.resolve(".cache/modelgate");
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException changing) {
            return List.of();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Result(int code, String out, String err) {}
}
