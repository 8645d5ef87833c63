package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.UserId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedCommandTest {
    private static final Path REPOSITORY = Path.of("/srv/models.git");
    private static final UserId ALICE = new UserId("alice");

    @Test
    void startsTheProgramThatGitAsksFor() {
        assertThat(serve("git-receive-pack '/srv/models.git'").command())
                .containsExactly("git", "receive-pack", "/srv/models.git");
        assertThat(serve("git upload-pack /srv/models.git").command())
                .containsExactly("git", "upload-pack", "/srv/models.git");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'/srv/models.git'", "'/srv/models.git/'", "/srv/./models.git", "'models.git'", "'/~/models.git'"
            })
    void knowsTheRepositoryByAllItsSpellings(String path) {
        assertThat(serve("git-upload-pack " + path).command()).endsWith("/srv/models.git");
    }

    @Test
    void readsTheQuotesThatGitWrites() {
        Path odd = Path.of("/srv/it's !odd.git");
        Map<String, String> environment =
                Map.of("SSH_ORIGINAL_COMMAND", "git-upload-pack '/srv/it'\\''s '\\!'odd.git'");

        assertThat(ServedCommand.of(ALICE, odd, environment).command()).endsWith("/srv/it's !odd.git");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sh",
                "git-upload-archive '/srv/models.git'",
                "git-shell",
                "git-receive-pack '/srv/models.git'; id",
                "git-receive-pack '/srv/models.git' '/etc'",
                "git-receive-pack --help",
                "git-receive-pack '/srv/models.git'$(id)",
                "git-receive-pack \"/srv/models.git\"",
                "git-receive-pack '/srv/models.git'\nid",
                "git -c core.hooksPath=/tmp receive-pack '/srv/models.git'",
                "scp -f /srv/models.git"
            })
    void startsNothingElse(String wish) {
        assertThatThrownBy(() -> serve(wish)).isInstanceOf(RegistryException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'/srv/other.git'",
                "'/srv/models.git/../other.git'",
                "'../models.git'",
                "'/'",
                "'~root/models.git'"
            })
    void servesNoOtherRepository(String path) {
        assertThatThrownBy(() -> serve("git-receive-pack " + path))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        trouble -> assertThat(trouble.kind()).isEqualTo(RegistryException.Kind.NOT_FOUND));
    }

    @Test
    void handsOnNothingThatAClientCouldSend() {
        Map<String, String> environment = new HashMap<>();
        environment.put("SSH_ORIGINAL_COMMAND", "git-receive-pack '/srv/models.git'");
        environment.put("MODELGATE_FORCED_USER", "bob");
        environment.put("MODELGATE_USER", "bob");
        environment.put("MODELGATE_JAVA_OPTS", "-Duser.name=bob");
        environment.put("JAVA_TOOL_OPTIONS", "-Duser.name=bob");
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "core.hooksPath");
        environment.put("GIT_CONFIG_VALUE_0", "/tmp");
        environment.put("GIT_DIR", "/tmp");
        environment.put("GIT_PROTOCOL", "version=2");
        environment.put("LD_PRELOAD", "/tmp/x.so");
        environment.put("PATH", "/usr/bin");
        environment.put("HOME", "/srv");

        assertThat(ServedCommand.of(ALICE, REPOSITORY, environment).environment())
                .isEqualTo(Map.of(
                        "MODELGATE_FORCED_USER", "alice",
                        "GIT_PROTOCOL", "version=2",
                        "PATH", "/usr/bin",
                        "HOME", "/srv"));
        environment.put("GIT_PROTOCOL", "version=2 $(id)");
        assertThat(ServedCommand.of(ALICE, REPOSITORY, environment).environment())
                .doesNotContainKey("GIT_PROTOCOL");
    }

    private static ServedCommand serve(String wish) {
        return ServedCommand.of(ALICE, REPOSITORY, Map.of("SSH_ORIGINAL_COMMAND", wish, "HOME", "/srv"));
    }
}
