package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is loaded for one kind of store costs nobody who uses another. */
class LoadedClassesTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();
    private static final String VERSION = "wine/cultivar@1.0.0";
    private static final String SDK = "software.amazon.awssdk";

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
    }

    @Test
    void aRegistryWithAFolderLoadsNothingOfTheSdkForS3() throws Exception {
        assertThat(loaded("register", VERSION, "output", "-r", "registry.git", "--as", "ann"))
                .anyMatch(name -> name.equals("io.modelgate.store.FileStore"))
                .noneMatch(name -> name.startsWith(SDK));
        assertThat(loaded("verify", "1", "-r", "registry.git", "--as", "ann"))
                .anyMatch(name -> name.equals("io.modelgate.store.FileStore"))
                .noneMatch(name -> name.startsWith(SDK));
        succeeds("merge", "1", "-r", "registry.git", "--as", "ann");
        assertThat(loaded("resolve", VERSION, "-r", "registry.git"))
                .anyMatch(name -> name.startsWith("io.modelgate.catalog."))
                .noneMatch(name -> name.startsWith(SDK));
        assertThat(loaded("pull", VERSION, "--to", "pulled", "-r", "registry.git"))
                .anyMatch(name -> name.equals("io.modelgate.store.FileStore"))
                .noneMatch(name -> name.startsWith(SDK));
        assertThat(loaded("push", VERSION, "pulled", "-r", "registry.git"))
                .anyMatch(name -> name.equals("io.modelgate.store.FileStore"))
                .noneMatch(name -> name.startsWith(SDK));
    }

    /** So that the test above can fail. */
    @Test
    void aRegistryWithABucketLoadsIt() throws Exception {
        assertThat(loaded("init", "other.git", "--store", "s3://models", "--identity", "declared", "--as", "ann"))
                .anyMatch(name -> name.startsWith(SDK));
    }

    /** The names of all classes that a process of its own loads for a command that succeeds. */
    private List<String> loaded(String... args) throws Exception {
        Path log = folder.resolve("classes.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + log + "::filecount=0",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().remove("XDG_CACHE_HOME");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as(said)
                .isTrue();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(line -> line.replaceFirst("^(\\[[^]]*\\])+ *", "").split(" ", 2)[0])
                    .toList();
        }
    }
}
