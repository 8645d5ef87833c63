package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelgate.finding.RegistryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshRemoteTest extends RemoteRepositoryContract {
    private GitSshServer server;

    @Override
    String address(Path path) {
        return server.address(path);
    }

    @Override
    Map<String, String> environment() {
        return Map.of("HOME", home().toString());
    }

    private Path home() {
        return folder.resolve("home");
    }

    @Override
    void start() throws Exception {
        server = new GitSshServer(home(), "ed25519");
        server.letIn("ed25519", "id_ed25519", "");
    }

    @Override
    void stop() throws Exception {
        server.close();
    }

    @Test
    void doesNotTalkToAHostThatIsNotKnown() throws Exception {
        Files.delete(home().resolve(".ssh/known_hosts"));

        assertThatThrownBy(this::open).isInstanceOfSatisfying(RegistryException.class, trouble -> {
            assertThat(trouble)
                    .hasMessage("The host key of 127.0.0.1 is not known here: it has the fingerprint "
                            + server.fingerprint() + " (ssh-ed25519).");
            assertThat(trouble.remedy())
                    .startsWith("Compare it with")
                    .endsWith("'ssh-keyscan -p " + server.port() + " -t ed25519 127.0.0.1 >> "
                            + home().resolve(".ssh/known_hosts") + "'.");
        });
        assertThat(home().resolve(".ssh/known_hosts")).doesNotExist();
    }

    @Test
    void doesNotTalkToAHostWhoseKeyChanged() throws Exception {
        server.know(server.otherKey());

        assertThatThrownBy(this::open).isInstanceOfSatisfying(RegistryException.class, trouble -> {
            assertThat(trouble)
                    .hasMessageContaining("The host key of 127.0.0.1 is another one than you know")
                    .hasMessageContaining(server.fingerprint());
            assertThat(trouble.remedy())
                    .contains("Somebody may be in between", "-R [127.0.0.1]:" + server.port() + "'");
        });
    }

    @Test
    void doesWhatTheRemedyForAnUnknownHostSays() throws Exception {
        Files.delete(home().resolve(".ssh/known_hosts"));
        String remedy =
                catchThrowableOfType(RegistryException.class, this::open).remedy();
        String command = remedy.substring(remedy.indexOf('\'') + 1, remedy.lastIndexOf('\''));

        GitSshServer.run(Map.of(), "sh", "-c", command);

        try (RegistryRepository there = Repositories.cached(address(bare), folder.resolve("other"), environment())) {
            assertThat(there.ref(MAIN)).contains(one);
        }
    }

    @Test
    void heedsTheUsersConfiguration() throws Exception {
        Path keys = Files.createDirectory(home().resolve("elsewhere"));
        for (String name : List.of("id_ed25519", "id_ed25519.pub", "known_hosts")) {
            Files.move(home().resolve(".ssh").resolve(name), keys.resolve(name));
        }
        Files.writeString(
                home().resolve(".ssh/config"),
                String.join(
                        "\n",
                        "Host registry",
                        "  HostName 127.0.0.1",
                        "  Port " + server.port(),
                        "  User git",
                        "  IdentityFile ~/elsewhere/id_ed25519",
                        "  UserKnownHostsFile ~/elsewhere/known_hosts",
                        ""));
        String address = "ssh://registry" + bare;

        try (RegistryRepository there = Repositories.cached(address, folder.resolve("other"), environment())) {
            assertThat(there.ref(MAIN)).contains(one);
        }
        server.know(server.otherKey());
        Files.move(
                home().resolve(".ssh/known_hosts"), keys.resolve("known_hosts"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Repositories.cached(address, folder.resolve("a third"), environment()))
                .isInstanceOf(RegistryException.class)
                .extracting(thrown -> ((RegistryException) thrown).remedy())
                .asString()
                .contains(
                        "-p " + server.port() + " ", keys.resolve("known_hosts").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecdsa", "rsa"})
    void takesOtherKindsOfKeysToo(String type) throws Exception {
        Path other = folder.resolve(type);
        try (GitSshServer there = new GitSshServer(other, type)) {
            there.letIn(type, "id_" + type, "");
            String address = there.address(bare);
            Map<String, String> environment = Map.of("HOME", other.toString());

            try (RegistryRepository copy = Repositories.cached(address, folder.resolve("copy"), environment)) {
                assertThat(copy.ref(MAIN)).contains(one);
            }
        }
    }

    @Test
    void saysThatNoKeyFits() throws Exception {
        server.letIn("ed25519", "another", "");

        assertThatThrownBy(this::open)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not let you in")
                .extracting(thrown -> ((RegistryException) thrown).remedy())
                .asString()
                .contains("ssh-add", "'ssh -p " + server.port() + " git@127.0.0.1'");
    }

    @ParameterizedTest
    @CsvSource({"ed25519, ''", "ed25519, a passphrase", "ecdsa, a passphrase", "rsa, ''", "rsa, a passphrase"})
    void usesTheKeyThatIsGiven(String type, String passphrase) throws Exception {
        String key = given(type, passphrase);
        Map<String, String> environment = new TreeMap<>(environment());
        environment.put("MODELGATE_SSH_KEY", key);
        environment.put("MODELGATE_SSH_PASSPHRASE", passphrase);

        try (RegistryRepository there = Repositories.cached(address(bare), folder.resolve("other"), environment)) {
            assertThat(there.ref(MAIN)).contains(one);
        }
    }

    @Test
    void triesNoOtherKeyThanTheOneThatIsGiven() throws Exception {
        String key = given("ed25519", "");
        server.letIn("ed25519", "configured", "");
        Files.writeString(home().resolve(".ssh/config"), "Host *\n  IdentityFile ~/.ssh/configured\n");
        Map<String, String> environment = new TreeMap<>(environment());
        try (RegistryRepository there = Repositories.cached(address(bare), folder.resolve("mine"), environment)) {
            assertThat(there.ref(MAIN)).contains(one);
        }

        environment.put("MODELGATE_SSH_KEY", key);
        assertThatThrownBy(() -> Repositories.cached(address(bare), folder.resolve("other"), environment))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not take the SSH key that was given (MODELGATE_SSH_KEY)");
        Files.move(home().resolve(".ssh/configured"), home().resolve(".ssh/id_rsa"));
        Files.delete(home().resolve(".ssh/config"));
        assertThatThrownBy(() -> Repositories.cached(address(bare), folder.resolve("other"), environment))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void asksForTheKeyAndItsPassphraseWhenTheGivenOneCannotBeRead() throws Exception {
        String key = given("ed25519", "a passphrase");
        for (Map<String, String> wrong : List.of(
                Map.of("MODELGATE_SSH_KEY", key),
                Map.of("MODELGATE_SSH_KEY", key, "MODELGATE_SSH_PASSPHRASE", "another"),
                Map.of("MODELGATE_SSH_KEY", "ssh-ed25519 AAAA"),
                Map.of("MODELGATE_SSH_KEY", key.substring(0, key.length() / 2)))) {
            Map<String, String> environment = new TreeMap<>(environment());
            environment.putAll(wrong);

            assertThatThrownBy(() -> Repositories.cached(address(bare), folder.resolve("other"), environment))
                    .isInstanceOfSatisfying(RegistryException.class, trouble -> {
                        assertThat(trouble).hasMessage("The SSH key in MODELGATE_SSH_KEY cannot be read.");
                        assertThat(trouble).hasNoCause();
                        assertThat(trouble.remedy()).contains("MODELGATE_SSH_PASSPHRASE");
                    });
        }
    }

    @Test
    void checksTheHostWhenAKeyIsGivenToo() throws Exception {
        Map<String, String> environment = new TreeMap<>(environment());
        environment.put("MODELGATE_SSH_KEY", given("ed25519", ""));
        server.know(server.otherKey());

        assertThatThrownBy(() -> Repositories.cached(address(bare), folder.resolve("other"), environment))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("The host key of 127.0.0.1 is another one than you know");
    }

    /** Lets a key in, and takes it out of the home. */
    private String given(String type, String passphrase) throws Exception {
        server.letIn(type, "given", passphrase);
        String text = Files.readString(home().resolve(".ssh/given"));
        Files.delete(home().resolve(".ssh/given"));
        return text;
    }

    @Test
    void usesAKeyThatTheAgentHolds() throws Exception {
        Path socket = Path.of(Files.createTempDirectory("agent").toString(), "s");
        server.letIn("ed25519", "locked", "a passphrase");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Path ask = Files.writeString(home().resolve("ask"), "#!/bin/sh\necho a passphrase\n");
            assertThat(ask.toFile().setExecutable(true)).isTrue();
            while (!Files.exists(socket) && agent.isAlive()) {
                Thread.onSpinWait();
            }
            GitSshServer.run(
                    Map.of(
                            "SSH_AUTH_SOCK",
                            socket.toString(),
                            "SSH_ASKPASS",
                            ask.toString(),
                            "SSH_ASKPASS_REQUIRE",
                            "force"),
                    "ssh-add",
                    home().resolve(".ssh/locked").toString());
            Map<String, String> environment = Map.of("HOME", home().toString(), "SSH_AUTH_SOCK", socket.toString());
            try (RegistryRepository there = Repositories.cached(address(bare), folder.resolve("other"), environment)) {
                assertThat(there.ref(MAIN)).contains(one);
            }
        } finally {
            agent.destroy();
            agent.waitFor();
            Files.deleteIfExists(socket);
            Files.delete(socket.resolveSibling(""));
        }
    }
}
