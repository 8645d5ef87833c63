package io.modelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteRegistryTest {
    @TempDir
    Path folder;

    @Test
    void opensARegistryByItsAddress() {
        makeRegistry("""
                apiVersion: modelgate.io/v1
                kind: Registry
                name: acme
                stages: [dev, prod]
                host: {kind: local}
                stores:
                  - {name: main, url: "file:artifacts"}
                """);

        try (Registry registry = Registry.open(address(), session("ann"))) {
            assertThat(registry.config().name()).isEqualTo("acme");
            assertThat(registry.host().me()).hasToString("ann");
            assertThat(registry.workplace().storeBase()).isEqualTo(folder);
        }
    }

    @Test
    void saysThatThereIsNoRegistryAtAnAddress() {
        assertThatThrownBy(() -> Registry.open(address(), session("ann")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("There is no repository at file://");
    }

    private RegistryLocation address() {
        return new RegistryLocation("file://" + folder.resolve("registry.git"));
    }

    private Session session(String user) {
        return new Session(Optional.of(user), Clock.systemUTC(), Map.of(), folder.resolve("cache"), Progress.NONE);
    }

    private void makeRegistry(String registryYaml) {
        try (RegistryRepository repository = Repositories.init(folder.resolve("registry.git"), "main")) {
            repository.publish(List.of(RefChange.create(
                    "refs/heads/main",
                    repository.commit(
                            repository.edit(
                                    repository.empty(),
                                    TreeEdit.of(List.of(SourceFile.of("registry.yaml", registryYaml)))),
                            new CommitDraft(
                                    "Begin\n", new Author("Ann", "ann@example.com"), Instant.EPOCH, List.of())))));
        }
    }
}
