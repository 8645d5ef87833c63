package io.modelgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands as an administrator and an SSH server start them, in processes of their own. */
@DisabledOnOs(OS.WINDOWS)
class HostCommandTest {
    private static final String MAIN = "refs/heads/main";
    private static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            """;

    @TempDir
    private Path folder;

    private Path server;
    private Path launcher;
    private CommitId first;
    private CommitId second;

    @BeforeEach
    void init() throws IOException {
        server = folder.resolve("it's a registry.git");
        try (RegistryRepository repository = Repositories.init(server, "main")) {
            first = commit(repository, List.of());
            second = commit(repository, List.of(first));
            repository.publish(List.of(RefChange.create(MAIN, first)));
        }
        launcher = script(
                "the launcher",
                "exec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -Xshare:auto -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                        + "' io.modelgate.cli.Main \"$@\"");
    }

    @Test
    void putsTheGateInFrontOfARepository() throws Exception {
        install("--identity", "forced-command");

        Result direct = push(Map.of("MODELGATE_FORCED_USER", "alice"), second + ":" + MAIN);
        Result branch = push(Map.of("MODELGATE_FORCED_USER", "alice"), second + ":refs/heads/mine");
        Result nobody = push(Map.of(), second + ":refs/heads/other");

        assertThat(direct.err()).contains("The target branch moves only by the merge of one proposal.");
        assertThat(direct.code()).isNotZero();
        assertThat(branch.code()).as(branch.err()).isZero();
        assertThat(nobody.err()).contains("SSH key");
        assertThat(nobody.code()).isNotZero();
    }

    @Test
    void acceptsNothingWhenTheProgramIsGone() throws Exception {
        install();
        Files.delete(launcher);

        Result result = push(Map.of(), second + ":refs/heads/mine");

        assertThat(result.code()).isNotZero();
        assertThat(result.err()).contains("nothing is accepted").contains("install-hook");
    }

    @Test
    void acceptsNothingWhenTheProgramBreaks() throws Exception {
        install();
        script("the launcher", "exit 127");

        assertThat(push(Map.of(), second + ":refs/heads/mine").code()).isNotZero();
    }

    @Test
    void keepsAHookThatIsNotItsOwn() throws Exception {
        Files.createDirectories(server.resolve("hooks"));
        Files.writeString(server.resolve("hooks/pre-receive"), "#!/bin/sh\nexit 0\n");

        Result result = modelgate("host", "install-hook", "--launcher", launcher.toString(), server.toString());

        assertThat(result.code()).isEqualTo(7);
        assertThat(result.err()).contains("is there already and is not Modelgate's");
        assertThat(server.resolve("hooks/pre-receive")).hasContent("#!/bin/sh\nexit 0\n");
    }

    @Test
    void installsAgainWhatItInstalled() throws Exception {
        install("--identity", "declared");
        install("--identity", "forced-command");

        assertThat(Files.readString(server.resolve("config")))
                .contains("identity = forced-command")
                .contains("fsckObjects = true")
                .doesNotContain("declared");
    }

    @Test
    void refusesWhatItCannotInstall() {
        assertThat(modelgate("host", "install-hook", "--identity", "nonsense", server.toString())
                        .code())
                .isEqualTo(2);
        assertThat(modelgate("host", "install-hook", "--launcher", "/no/such", server.toString())
                        .code())
                .isEqualTo(2);
        assertThat(modelgate("host", "install-hook", "--launcher", launcher.toString(), folder + "/none")
                        .code())
                .isEqualTo(4);
        assertThat(modelgate("host", "hook", "post-receive").code()).isEqualTo(2);
        assertThat(modelgate("host").code()).isEqualTo(2);
    }

    @Test
    void servesOneRepositoryOverSsh() throws Exception {
        install("--identity", "forced-command");
        String ssh = script(
                        "ssh",
                        "while [ \"$1\" != host ]; do shift; done",
                        "SSH_ORIGINAL_COMMAND=$2 MODELGATE_FORCED_USER=mallory export SSH_ORIGINAL_COMMAND MODELGATE_FORCED_USER",
                        "exec '" + launcher + "' host serve --user alice '"
                                + server.toString().replace("'", "'\\''") + "'")
                .toString();
        Map<String, String> environment = Map.of("GIT_SSH_COMMAND", "'" + ssh + "'", "GIT_SSH_VARIANT", "ssh");

        Result fetched = git(environment, server, "ls-remote", "host:" + server);
        Result pushed =
                git(environment, server, "push", "-q", "host:" + server, second + ":refs/modelgate/reviews/1/mallory");
        Result other = git(environment, server, "ls-remote", "host:/etc");

        assertThat(fetched.out()).contains(first + "\t" + MAIN);
        assertThat(pushed.err()).contains("This is what mallory says, and alice pushes it.");
        assertThat(other.err()).contains("This key is for one registry");
        assertThat(other.code()).isNotZero();
    }

    private static CommitId commit(RegistryRepository repository, List<CommitId> parents) {
        return repository.commit(
                repository.edit(
                        repository.empty(),
                        TreeEdit.of(List.of(
                                SourceFile.of("registry.yaml", REGISTRY + "description: " + parents.size() + "\n")))),
                new CommitDraft("Start\n", new Author("admin", "admin@acme.example"), Instant.EPOCH, parents));
    }

    private void install(String... options) {
        List<String> words = new ArrayList<>(List.of("host", "install-hook", "--launcher", launcher.toString()));
        words.addAll(List.of(options));
        words.add(server.toString());
        Result result = modelgate(words.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
    }

    private Path script(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result push(Map<String, String> environment, String ref) throws Exception {
        Path copy = folder.resolve("copy.git");
        if (!Files.exists(copy)) {
            git(Map.of(), folder, "clone", "-q", "--bare", server.toString(), copy.toString());
            Files.writeString(copy.resolve("objects/info/alternates"), server.resolve("objects") + "\n");
        }
        return git(environment, copy, "push", "-q", server.toString(), ref);
    }

    private record Result(int code, String out, String err) {}

    private static Result modelgate(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), words);
        return new Result(code, out.toString(), err.toString());
    }

    private static Result git(Map<String, String> environment, Path directory, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Path err = Files.createTempFile("git", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
        Map<String, String> clean = new TreeMap<>(
                Map.of("PATH", System.getenv("PATH"), "HOME", "/", "GIT_CONFIG_NOSYSTEM", "1", "LC_ALL", "C.UTF-8"));
        clean.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(clean);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        Result result = new Result(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return result;
    }
}
