package io.modelgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.PromotionRequest;
import io.modelgate.promotion.RegistrationRequest;
import io.modelgate.promotion.Submission;
import io.modelgate.promotion.TrainingOutput;
import io.modelgate.store.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registry of a test in a folder, with the sample's versions. */
final class StoredRegistry {
    static final String MODEL = "credit/default-risk";

    private final Path work;
    private final String name;

    StoredRegistry(Path work, String name) {
        this.work = work;
        this.name = name;
    }

    /** @param stores lines of YAML below {@code stores:} */
    void make(String... stores) {
        String config = """
                apiVersion: modelgate.io/v1
                kind: Registry
                name: test
                stages: [dev, prod]
                host: {kind: local}
                stores:
                  %s
                people:
                  - {id: alice, emails: [alice@acme.example]}
                """.formatted(String.join("\n  ", stores));
        try (RegistryRepository repository = Repositories.init(folder(), "main")) {
            CommitId first = repository.commit(
                    repository.edit(repository.empty(), TreeEdit.of(List.of(SourceFile.of("registry.yaml", config)))),
                    new CommitDraft("Begin", new Author("Alice", "alice@acme.example"), Instant.EPOCH, List.of()));
            repository.publish(List.of(RefChange.create("refs/heads/main", first)));
        }
    }

    Path folder() {
        return work.resolve(name + ".git");
    }

    String address() {
        return "file://" + folder();
    }

    /** @param later how long after now it is */
    Session session(Duration later, Progress progress) {
        return new Session(
                Optional.empty(),
                Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC),
                Map.of(),
                work.resolve("cache"),
                progress);
    }

    Registry open() {
        return open(Duration.ZERO);
    }

    Registry open(Duration later) {
        return Registry.open(new RegistryLocation(folder().toString()), session(later, Progress.NONE));
    }

    /** Uploads a version of the sample and proposes it. */
    Submission register(String version, boolean merge) {
        try (Registry registry = open()) {
            TrainingOutput output = TrainingOutput.in(Path.of("..", "samples", "credit-default-risk", version))
                    .get();
            RegistrationRequest request = new RegistrationRequest(id(version), output.documents(), Optional.empty());
            Submission submission = registry.submit(() -> registry.plan(request, output.files()), merge)
                    .get();
            assertThat(submission.merged().isPresent()).isEqualTo(merge);
            return submission;
        }
    }

    void promote(String version, String stage) {
        try (Registry registry = open()) {
            PromotionRequest request =
                    new PromotionRequest(List.of(id(version)), new Stage(stage), Reason.PROMOTE, Optional.empty());
            assertThat(registry.submit(() -> registry.plan(request), true).get().merged())
                    .isPresent();
        }
    }

    List<Artifact> artifacts(String version) {
        try (Registry registry = open()) {
            return resolve(registry, version).manifest().artifacts();
        }
    }

    static Resolved resolve(Registry registry, String version) {
        return registry.catalog().resolve(ModelReference.parse(MODEL + "@" + version));
    }

    static VersionId id(String version) {
        return VersionId.parse(MODEL + "@" + version);
    }
}
