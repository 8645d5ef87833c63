package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        server = new GitSshServer(home());
        server.letIn("id_ecdsa", "");
    }

    @Override
    void stop() throws Exception {
        server.close();
    }

    @Test
    void doesNotTalkToAHostThatIsNotKnown() throws Exception {
        Files.delete(home().resolve(".ssh/known_hosts"));

        assertThatThrownBy(this::open).isInstanceOf(RegistryException.class).hasMessageContaining("host key");
        assertThat(home().resolve(".ssh/known_hosts")).doesNotExist();
    }

    @Test
    void doesNotTalkToAHostWhoseKeyChanged() throws Exception {
        server.know(GitSshServer.otherKey());

        assertThatThrownBy(this::open).isInstanceOf(RegistryException.class).hasMessageContaining("host key");
    }

    @Test
    void saysThatNoKeyFits() throws Exception {
        server.letIn("another", "");

        assertThatThrownBy(this::open)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not let you in")
                .extracting(thrown -> ((RegistryException) thrown).remedy())
                .asString()
                .contains("ssh-add");
    }

    @Test
    void usesAKeyThatTheAgentHolds() throws Exception {
        Path socket = Path.of(Files.createTempDirectory("agent").toString(), "s");
        server.letIn("locked", "a passphrase");
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
