package io.jenkins.plugins.modelgate;

import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.Session;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.git.TreeEntry;
import io.modelgate.host.ReviewDraft;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.Review;
import io.modelgate.promotion.PromotionRequest;
import io.modelgate.promotion.RegistrationRequest;
import io.modelgate.promotion.Submission;
import io.modelgate.promotion.TrainingOutput;
import io.modelgate.store.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real registry in a folder: the embedded host, several people, and a policy that wants a second person before {@code uat}.
 * It works through the library as the command line does.
 */
final class RegistryFixture {
    static final Path SAMPLES =
            Path.of("..", "samples", "credit-default-risk").toAbsolutePath().normalize();
    static final String MODEL = "credit/default-risk";

    static final String CONFIG = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev, uat]
            host: {kind: local}
            stores:
              - {name: main, url: "file:artifacts"}
            people:
              - {id: jenkins, emails: [jenkins@acme.example]}
              - {id: ben, emails: [ben@acme.example]}
            """;
    private static final String POLICY = """
            apiVersion: modelgate.io/v1
            kind: Policy
            name: release
            appliesTo: {stages: [uat]}
            rules:
              - id: second-person
                rationale: Nobody releases alone.
                approvals: {count: 1}
            """;

    private final Path folder;

    /** Makes one in an empty folder. */
    RegistryFixture(Path folder) {
        this.folder = folder;
        try (RegistryRepository repository = Repositories.init(repository(), "main")) {
            CommitId begin = repository.commit(
                    repository.edit(
                            repository.empty(),
                            TreeEdit.of(List.of(
                                    SourceFile.of("registry.yaml", CONFIG),
                                    SourceFile.of("policies/release.yaml", POLICY)))),
                    new CommitDraft("Begin", new Author("Ann", "ann@acme.example"), Instant.now(), List.of()));
            repository.publish(List.of(RefChange.create("refs/heads/main", begin)));
            repository.configure(new java.util.TreeMap<>(Map.of("modelgate.identity", "declared")));
        }
    }

    Path repository() {
        return folder.resolve("registry.git");
    }

    RegistrySettings settings(String id) {
        RegistrySettings settings = new RegistrySettings(id, repository().toString());
        settings.setUser("jenkins");
        return settings;
    }

    Registry as(String user) {
        return Registry.open(
                new RegistryLocation(repository().toString()),
                new Session(Optional.of(user), Clock.systemUTC(), Map.of(), folder.resolve("cache"), Progress.NONE));
    }

    void register(String version) {
        try (Registry registry = as("ann")) {
            register(registry, SAMPLES.resolve(version), version);
        }
    }

    /** Registers what is in a folder, as the command line does. */
    static void register(Registry registry, Path trained, String version) {
        TrainingOutput output = TrainingOutput.in(trained).value().orElseThrow();
        RegistrationRequest request =
                new RegistrationRequest(VersionId.parse(MODEL + "@" + version), output.documents(), Optional.empty());
        requireMerged(registry.submit(() -> registry.plan(request, output.files()), true)
                .value()
                .orElseThrow());
    }

    /** Moves a stage that wants nobody else. */
    void promote(String version, String stage) {
        try (Registry registry = as("ann")) {
            requireMerged(registry.submit(() -> registry.plan(request(version, stage)), true)
                    .value()
                    .orElseThrow());
        }
    }

    private static PromotionRequest request(String version, String stage) {
        return new PromotionRequest(
                List.of(VersionId.parse(MODEL + "@" + version)),
                new Stage(stage),
                StagePointer.Reason.PROMOTE,
                Optional.empty());
    }

    private static void requireMerged(Submission submission) {
        if (submission.merged().isEmpty()) {
            throw new IllegalStateException("not merged: " + submission.verdict());
        }
    }

    void approve(int proposal) {
        review(proposal, Review.State.APPROVED);
    }

    void review(int proposal, Review.State state) {
        try (Registry registry = as("ben")) {
            registry.review(proposal, new ReviewDraft(state, "", Optional.empty()));
        }
    }

    /** Puts files on the target branch behind the gate's back, as an administrator would begin a registry. */
    void put(String path, String content) {
        put(List.of(SourceFile.of(path, content)));
    }

    private void put(List<SourceFile> files) {
        try (RegistryRepository repository = Repositories.open(repository())) {
            CommitId tip = repository.ref("refs/heads/main").orElseThrow();
            Snapshot snapshot = repository.snapshot(tip);
            CommitId next = repository.commit(
                    repository.edit(snapshot, TreeEdit.of(files)),
                    new CommitDraft("Put", new Author("Ann", "ann@acme.example"), Instant.now(), List.of(tip)));
            repository.publish(List.of(RefChange.move("refs/heads/main", tip, next)));
        }
    }

    /** Models {@code credit/copy-1} and so on that have the versions of {@link #MODEL}, without asking the gate for each. */
    void putCopies(int count) {
        List<SourceFile> copies = new ArrayList<>();
        try (RegistryRepository repository = Repositories.open(repository())) {
            Snapshot snapshot =
                    repository.snapshot(repository.ref("refs/heads/main").orElseThrow());
            for (TreeEntry entry : snapshot.files("models/" + MODEL)) {
                SourceFile file = snapshot.read(entry);
                for (int i = 1; i <= count; i++) {
                    copies.add(SourceFile.of(
                            file.path().replace("default-risk", "copy-" + i),
                            file.text().replace("default-risk", "copy-" + i)));
                }
            }
        }
        put(copies);
    }

    /** A file of a branch, as it is now. */
    String read(String branch, String path) {
        try (RegistryRepository repository = Repositories.open(repository())) {
            CommitId tip = repository.ref("refs/heads/" + branch).orElseThrow();
            return repository.snapshot(tip).read(path).orElseThrow().text();
        }
    }
}
