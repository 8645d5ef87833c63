package io.modelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.RegistrationRequest;
import io.modelgate.promotion.Submission;
import io.modelgate.promotion.TrainingOutput;
import io.modelgate.store.Checkout;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes on their way through a registry: in by a registration, out by a pull, damaged, and in again by a push. */
class PullAndPushTest {
    private static final Path OUTPUT = Path.of("..", "samples", "credit-default-risk", "1.0.0");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String CONFIG = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev, prod]
            host: {kind: local}
            stores:
              - {name: main, url: "file:artifacts"}
            people:
              - {id: alice, emails: [alice@acme.example]}
            """;

    @TempDir
    Path work;

    private Registry registry;
    private Resolved version;

    @BeforeEach
    void registerAVersion() {
        try (RegistryRepository repository = Repositories.init(work.resolve("registry.git"), "main")) {
            CommitId first = repository.commit(
                    repository.edit(repository.empty(), TreeEdit.of(List.of(SourceFile.of("registry.yaml", CONFIG)))),
                    new CommitDraft("Begin", new Author("Alice", "alice@acme.example"), NOW, List.of()));
            repository.publish(List.of(RefChange.create("refs/heads/main", first)));
        }
        registry = Registry.open(
                new RegistryLocation(work.resolve("registry.git").toString()),
                new Session(
                        Optional.empty(),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        Map.of(),
                        work.resolve("cache"),
                        Progress.NONE));
        VersionId id = VersionId.parse("credit/default-risk@1.0.0");
        TrainingOutput output = TrainingOutput.in(OUTPUT).get();
        RegistrationRequest request = new RegistrationRequest(id, output.documents(), Optional.empty());
        Submission submission = registry.submit(() -> registry.plan(request, output.files()), true)
                .get();
        assertThat(submission.merged()).isPresent();
        version = registry.catalog().resolve(ModelReference.parse(id.toString()));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void pullsTheBytesThatWereRegistered() {
        Path target = work.resolve("serving");
        Checkout.Result result = registry.pull(version, target);
        assertThat(result.fetched()).containsExactly("model.onnx", "shap-global.json");
        assertThat(target.resolve("model.onnx")).hasSameBinaryContentAs(OUTPUT.resolve("model/model.onnx"));
    }

    @Test
    void pushMendsWhatPullRefuses() throws IOException {
        Path object = object(version.manifest().artifacts().get(0));
        byte[] bytes = Files.readAllBytes(object);
        bytes[0] ^= 1;
        Files.delete(object);
        Files.write(object, bytes);
        Path target = work.resolve("serving");
        assertThatThrownBy(() -> registry.pull(version, target))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("model.onnx");
        assertThat(target).doesNotExist();
        registry.push(version, OUTPUT.resolve("model"));
        assertThat(registry.pull(version, target).fetched()).contains("model.onnx");
    }

    @Test
    void pushRefusesOtherBytesThanTheManifestSays() throws IOException {
        Files.delete(object(version.manifest().artifacts().get(0)));
        Path other = Files.createDirectory(work.resolve("other"));
        Files.writeString(other.resolve("model.onnx"), "another model");
        assertThatThrownBy(() -> registry.push(version, other))
                .isInstanceOf(RegistryException.class)
                .matches(e -> ((RegistryException) e).kind() == RegistryException.Kind.INTEGRITY);
    }

    @Test
    void pushNoticesOtherBytesOfTheSameSize() throws IOException {
        Artifact artifact = version.manifest().artifacts().get(0);
        Files.delete(object(artifact));
        Path other = Files.createDirectory(work.resolve("other"));
        for (Artifact each : version.manifest().artifacts()) {
            Files.copy(OUTPUT.resolve("model").resolve(each.path()), other.resolve(each.path()));
        }
        byte[] bytes = Files.readAllBytes(other.resolve(artifact.path()));
        bytes[bytes.length - 1] ^= 1;
        Files.write(other.resolve(artifact.path()), bytes);
        assertThatThrownBy(() -> registry.push(version, other))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(artifact.path())
                .matches(e -> ((RegistryException) e).kind() == RegistryException.Kind.INTEGRITY);
        assertThat(object(artifact)).doesNotExist();
    }

    private Path object(Artifact artifact) {
        String hex = artifact.digest().hex();
        return work.resolve("artifacts/sha256").resolve(hex.substring(0, 2)).resolve(hex);
    }
}
