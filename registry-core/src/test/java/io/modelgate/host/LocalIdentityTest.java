package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.manifest.UserId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalIdentityTest {
    private static final Map<String, String> KEY_OF_BOB = Map.of(LocalIdentity.FORCED_USER, "bob");

    @TempDir
    Path folder;

    private RegistryRepository repository;

    @BeforeEach
    void init() {
        repository = Repositories.init(folder.resolve("registry.git"), "main");
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void isTheAccountUnlessSomethingElseIsConfigured() {
        assertThat(LocalIdentity.mode(repository)).isEqualTo(LocalIdentity.Mode.ACCOUNT);
        assertThat(identity(Optional.empty(), KEY_OF_BOB)).isEqualTo(new UserId("account"));
        assertRefused("bob", Map.of());
    }

    @Test
    void isWhatTheKeySaysInModeForcedCommand() {
        configure("forced-command");

        assertThat(identity(Optional.empty(), KEY_OF_BOB)).isEqualTo(new UserId("bob"));
        assertRefused("alice", KEY_OF_BOB);
        assertThatThrownBy(() -> identity(Optional.empty(), Map.of())).hasMessageContaining("SSH key");
    }

    @Test
    void isWhatTheUserSaysInModeDeclaredOnly() {
        configure("declared");

        assertThat(identity(Optional.of("alice"), KEY_OF_BOB)).isEqualTo(new UserId("alice"));
        assertThat(identity(Optional.empty(), KEY_OF_BOB)).isEqualTo(new UserId("account"));
        assertThat(LocalIdentity.ofPusher(repository, Map.of(LocalIdentity.DECLARED_USER, "carol"), "account"))
                .isEqualTo(new UserId("carol"));
    }

    @Test
    void takesNoWordForAPusherInOtherModes() {
        Map<String, String> said = Map.of(LocalIdentity.DECLARED_USER, "carol", LocalIdentity.FORCED_USER, "bob");

        assertThat(LocalIdentity.ofPusher(repository, said, "account")).isEqualTo(new UserId("account"));
        configure("forced-command");
        assertThat(LocalIdentity.ofPusher(repository, said, "account")).isEqualTo(new UserId("bob"));
    }

    @Test
    void refusesAModeThatItDoesNotKnow() {
        configure("trust-me");

        assertThatThrownBy(() -> LocalIdentity.mode(repository)).hasMessageContaining("trust-me");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "../x", "-rf", "x.lock", "x.", "ü", "a\nb"})
    void refusesNamesThatAreNoUserIds(String name) {
        configure("declared");

        assertThatThrownBy(() -> identity(Optional.of(name), Map.of())).isInstanceOf(RegistryException.class);
    }

    private void assertRefused(String declared, Map<String, String> environment) {
        assertThatThrownBy(() -> identity(Optional.of(declared), environment))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not take your word");
    }

    private UserId identity(Optional<String> declared, Map<String, String> environment) {
        return LocalIdentity.of(repository, declared, environment, "account");
    }

    private void configure(String mode) {
        repository.configure(new TreeMap<>(Map.of("modelgate.identity", mode)));
    }
}
