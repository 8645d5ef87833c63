package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong around a registry is told in words, with the exit code that the documentation names. */
class BadInputTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
        succeeds("register", "wine/cultivar@1.0.0", "output", "--merge", "-r", "registry.git", "--as", "ann");
    }

    @Test
    void aRegistryThatIsNotThere() {
        fails(ExitCode.NOT_FOUND, "list", "-r", "nowhere.git");
        assertThat(shown).contains("does not exist", "modelgate init");
    }

    @Test
    void aFolderThatIsNoRepository() {
        fails(ExitCode.NOT_FOUND, "list", "-r", "output");
        assertThat(shown).contains("is not a Git repository");
    }

    @Test
    void aRepositoryThatIsNoRegistry() throws Exception {
        git("init", "-q", "-b", "main", "other");
        git("-C", "other", "-c", "user.name=x", "-c", "user.email=x@y.z", "commit", "-q", "--allow-empty", "-m", "x");
        fails(ExitCode.NOT_FOUND, "list", "-r", "other");
        assertThat(shown).contains("it has no registry.yaml");
    }

    @Test
    void aRepositoryWithNothingInIt() throws Exception {
        git("init", "-q", "--bare", "empty.git");
        fails(ExitCode.NOT_FOUND, "list", "-r", "empty.git");
        assertThat(shown).contains("has no branch main", "modelgate init");
    }

    @Test
    void aCloneWithADetachedHead() throws Exception {
        git("clone", "-q", "registry.git", "clone");
        git("-C", "clone", "checkout", "-q", "--detach");
        succeeds("resolve", "wine/cultivar@1.0.0", "-r", "clone");
        assertThat(shown).contains("wine/cultivar@1.0.0");
    }

    @Test
    void aShallowCloneThatLacksTheHistory() throws Exception {
        git("clone", "-q", "--bare", "--depth", "1", "file://" + folder.resolve("registry.git"), "shallow.git");
        succeeds("resolve", "wine/cultivar@1.0.0", "-r", "shallow.git");
        fails(ExitCode.ENVIRONMENT, "history", "wine/cultivar", "--stage", "dev", "-r", "shallow.git");
        assertThat(shown).contains("shallow", "--unshallow");
    }

    @Test
    void aStoreThatIsGone() throws Exception {
        delete(folder.resolve("artifacts"));
        int code = run("pull", "wine/cultivar@1.0.0", "--to", "here", "-r", "registry.git");
        assertThat(code).as(shown).isIn(ExitCode.NOT_FOUND.number(), ExitCode.ENVIRONMENT.number());
        assertThat(folder.resolve("here")).doesNotExist();
        fails(ExitCode.FINDINGS, "promote", "wine/cultivar@1.0.0", "--to", "dev", "-r", "registry.git", "--as", "ann");
        assertThat(shown).contains("The artifacts cannot be verified", "model.onnx");
    }

    @Test
    void aStoreThatLiesAboutItsBytes() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("artifacts"))) {
            Path object = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            assertThat(object.toFile().setWritable(true)).isTrue();
            byte[] bytes = Files.readAllBytes(object);
            bytes[0]++;
            Files.write(object, bytes);
        }
        fails(ExitCode.INTEGRITY, "pull", "wine/cultivar@1.0.0", "--to", "here", "-r", "registry.git");
        assertThat(shown).contains("has other bytes for model.onnx", "Nothing of it was kept");
        assertThat(folder.resolve("here")).doesNotExist();
    }

    @Test
    void aModelFolderWithALinkOutOfIt() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("output/model/weights.bin"), secret);
        registerFails("2.0.0");
        assertThat(shown).contains("output/model/weights.bin", "symbolic link");
    }

    @Test
    void fileNamesThatPeopleCannotSee() throws Exception {
        Files.writeString(folder.resolve("output/model/a\nb.bin"), "x");
        registerFails("2.0.0");
        assertThat(shown).contains("invisible characters").doesNotContain("a\nb");
    }

    @Test
    void fileNamesThatAreOnlyUnusualAreFine() throws Exception {
        for (String name : List.of("with space.bin", "it's \"quoted\".bin", "naïve ☃ 模型.bin", "-rf", "$(id).bin")) {
            Files.writeString(folder.resolve("output/model").resolve(name), name);
        }
        succeeds("register", "wine/cultivar@2.0.0", "output", "--merge", "-r", "registry.git", "--as", "ann");
        succeeds("pull", "wine/cultivar@2.0.0", "--to", "here", "-r", "registry.git");
        assertThat(folder.resolve("here/naïve ☃ 模型.bin")).hasContent("naïve ☃ 模型.bin");
        assertThat(folder.resolve("here/$(id).bin")).hasContent("$(id).bin");
    }

    @Test
    void factsWithAMistake() throws Exception {
        Files.writeString(folder.resolve("output/facts.yaml"), "descripton: x\nframework: {name: a, version: 1.10}\n");
        registerFails("2.0.0");
        assertThat(shown).contains("facts.yaml:1:1", "Did you mean 'description'?");
        Files.writeString(folder.resolve("output/facts.yaml"), "framework: {name: a, version: 1.10}\n");
        registerFails("2.0.0");
        assertThat(shown).contains("facts.yaml:1:").containsIgnoringCase("quote");
    }

    private void registerFails(String version) {
        fails(
                ExitCode.FINDINGS,
                "register",
                "wine/cultivar@" + version,
                "output",
                "--merge",
                "-r",
                "registry.git",
                "--as",
                "ann");
        String found = shown;
        fails(ExitCode.NOT_FOUND, "resolve", "wine/cultivar@" + version, "-r", "registry.git");
        shown = found;
    }
}
