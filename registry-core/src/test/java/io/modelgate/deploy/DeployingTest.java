package io.modelgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.Session;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.PromotionRequest;
import io.modelgate.promotion.RegistrationRequest;
import io.modelgate.promotion.TrainingOutput;
import io.modelgate.store.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs that deploy one stage do not get in each other's way, and none deploys what it should not. */
class DeployingTest {
    private static final Path SAMPLES = Path.of("..", "samples", "credit-default-risk");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Stage DEV = new Stage("dev");
    private static final Duration MINUTE = Duration.ofMinutes(1);
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
    private static final String TARGET = """
            apiVersion: modelgate.io/v1
            kind: DeploymentTarget
            name: shelf
            stage: dev
            type: file
            models: ["credit/*"]
            settings: {folder: /srv/scoring}
            """;

    @TempDir
    Path work;

    private final List<Registry> open = new ArrayList<>();
    private Deploying first;

    @BeforeEach
    void promote() {
        try (RegistryRepository repository = Repositories.init(work.resolve("registry.git"), "main")) {
            CommitId begin = repository.commit(
                    repository.edit(
                            repository.empty(),
                            TreeEdit.of(List.of(
                                    SourceFile.of("registry.yaml", CONFIG),
                                    SourceFile.of("targets/dev/shelf.yaml", TARGET)))),
                    new CommitDraft("Begin", new Author("Alice", "alice@acme.example"), NOW, List.of()));
            repository.publish(List.of(RefChange.create("refs/heads/main", begin)));
        }
        register("1.0.0");
        move("1.0.0");
        first = registry(NOW).deploying(DEV, "first");
    }

    @AfterEach
    void close() {
        open.forEach(Registry::close);
    }

    @Test
    void letsNoOtherRunTouchWhatOneHasInHand() {
        Order order = only(first.plan());
        first.begin(order, MINUTE);

        Deploying second = registry(NOW.plus(MINUTE)).deploying(DEV, "second");
        Order same = only(second.plan());
        assertThatThrownBy(() -> second.begin(same, MINUTE))
                .isInstanceOf(RegistryException.class)
                .hasMessage("credit/default-risk on shelf is being deployed by first until 2026-11-23T12:11:00Z.")
                .matches(e -> ((RegistryException) e).kind() == RegistryException.Kind.CONFLICT);
        assertThatThrownBy(() -> second.live(same)).hasMessageContaining("Another run took");

        first.live(order);
        assertThat(registry(NOW.plus(MINUTE)).deploying(DEV, "third").plan().orders())
                .isEmpty();
    }

    @Test
    void takesOverFromARunThatDied() {
        first.begin(only(first.plan()), MINUTE);
        Deploying second = registry(NOW.plus(Duration.ofMinutes(12))).deploying(DEV, "second");
        Order same = only(second.plan());
        second.begin(same, MINUTE);
        second.live(same);
        assertThatThrownBy(() -> first.live(same)).hasMessageContaining("is not to be handed to shelf any more");
        assertThat(second.plan().orders()).isEmpty();
    }

    @Test
    void doesNotBeginWhatTheStageNoLongerAsksFor() {
        Order old = only(first.plan());
        register("1.1.0");
        move("1.1.0");
        assertThatThrownBy(() -> first.begin(old, MINUTE))
                .hasMessage("The registry asks for something else than credit/default-risk@1.0.0 on shelf by now.");
        Deploying second = registry(NOW).deploying(DEV, "second");
        Order next = only(second.plan());
        assertThat(next.version()).hasToString("credit/default-risk@1.1.0");
        assertThatThrownBy(() -> first.failed(old, "late")).hasMessageContaining("not to be handed to shelf any more");
        second.begin(next, MINUTE);
        second.live(next);
    }

    /** Nothing says that a version whose plan was never carried out is live. */
    @Test
    void plansAgainWhatWasOnlyPlanned() {
        assertThat(only(first.plan()).version()).hasToString("credit/default-risk@1.0.0");
        assertThat(only(first.plan()).version()).hasToString("credit/default-risk@1.0.0");
        assertThat(only(first.preview()).destination()).hasToString("credit/default-risk on shelf");
    }

    @Test
    void refusesAManifestThatIsNotTheOneThatTheStagePointsTo() {
        edit(files -> files.replaceAll(file ->
                file.path().endsWith("version.yaml") ? SourceFile.of(file.path(), file.text() + "# changed\n") : file));
        DeployPlan plan = first.plan();
        assertThat(plan.orders()).isEmpty();
        assertThat(plan.findings())
                .extracting(Finding::message)
                .containsExactly("The manifest of credit/default-risk@1.0.0 is not the one that dev points to.");
        assertThat(first.plan().findings()).hasSize(1);
    }

    @Test
    void doesNotBeginAVersionThatWasYankedMeanwhile() {
        Order planned = only(first.plan());
        yank();
        assertThatThrownBy(() -> first.begin(planned, MINUTE))
                .hasMessage("The registry asks for something else than credit/default-risk@1.0.0 on shelf by now.");
    }

    @Test
    void believesNoRecordThatCannotBe() {
        Order order = only(first.plan());
        first.begin(order, MINUTE);
        ledger(
                "open/shelf/credit/default-risk.yaml",
                text -> text.replaceAll("until: .*", "until: 9999-01-01T00:00:00Z"));
        Deploying second = registry(NOW).deploying(DEV, "second");
        second.begin(only(second.plan()), MINUTE);
        second.live(order);
        assertThat(second.plan().orders()).isEmpty();

        // a record of something else at this place, and one that is none
        ledger(
                "live/shelf/credit/default-risk.yaml",
                text -> text.replace("model: credit/default-risk", "model: credit/other"));
        ledger("commit", text -> "");
        assertThat(only(second.plan()).version()).hasToString("credit/default-risk@1.0.0");
        ledger("open/shelf/credit/default-risk.yaml", text -> "nonsense");
        Order again = only(second.plan());
        second.begin(again, MINUTE);
        second.live(again);
    }

    private void ledger(String path, java.util.function.UnaryOperator<String> change) {
        try (RegistryRepository repository = Repositories.open(work.resolve("registry.git"))) {
            CommitId tip = repository.ref("refs/heads/deployments/dev").orElseThrow();
            Snapshot snapshot = repository.snapshot(tip);
            String text = snapshot.read(path).map(SourceFile::text).orElse("");
            CommitId next = repository.commit(
                    repository.edit(snapshot, TreeEdit.of(List.of(SourceFile.of(path, change.apply(text))))),
                    new CommitDraft("Change", new Author("Mallory", "mallory@acme.example"), NOW, List.of(tip)));
            repository.publish(List.of(RefChange.move("refs/heads/deployments/dev", tip, next)));
        }
    }

    @Test
    void refusesAVersionThatWasYanked() {
        yank();
        assertThat(first.plan().findings())
                .extracting(Finding::message)
                .containsExactly("credit/default-risk@1.0.0 was yanked, and is not deployed anew.");
    }

    private void yank() {
        edit(files -> files.add(SourceFile.of("models/credit/default-risk/lifecycle.yaml", """
                apiVersion: modelgate.io/v1
                kind: Lifecycle
                model: credit/default-risk
                entries:
                  - {version: 1.0.0, action: yank, date: 2026-11-23, reason: Leaks the label.}
                """)));
    }

    @Test
    void looksAtNothingButTheChange() {
        Order order = only(first.plan());
        first.begin(order, MINUTE);
        first.live(order);
        register("1.1.0");
        edit(files -> files.add(SourceFile.of("README.md", "x")));
        // 1.0.0 is still there: were its pointer read again, this would be a finding
        edit(files ->
                files.replaceAll(file -> file.path().equals("models/credit/default-risk/versions/1.0.0/version.yaml")
                        ? SourceFile.of(file.path(), file.text() + "# changed\n")
                        : file));
        DeployPlan plan = first.plan();
        assertThat(plan.orders()).isEmpty();
        assertThat(plan.findings()).isEmpty();
    }

    private interface Edit {
        void apply(List<SourceFile> files);
    }

    /** Changes the target branch behind the gate's back. */
    private void edit(Edit edit) {
        try (RegistryRepository repository = Repositories.open(work.resolve("registry.git"))) {
            CommitId tip = repository.ref("refs/heads/main").orElseThrow();
            Snapshot snapshot = repository.snapshot(tip);
            List<SourceFile> files = new ArrayList<>(
                    snapshot.files("models").stream().map(snapshot::read).toList());
            edit.apply(files);
            CommitId next = repository.commit(
                    repository.edit(snapshot, TreeEdit.of(files)),
                    new CommitDraft("Change", new Author("Mallory", "mallory@acme.example"), NOW, List.of(tip)));
            repository.publish(List.of(RefChange.move("refs/heads/main", tip, next)));
        }
    }

    private static Order only(DeployPlan plan) {
        assertThat(plan.findings()).isEmpty();
        assertThat(plan.orders()).hasSize(1);
        return plan.orders().get(0);
    }

    private void register(String version) {
        Registry registry = registry(NOW);
        TrainingOutput output = TrainingOutput.in(SAMPLES.resolve(version)).get();
        RegistrationRequest request = new RegistrationRequest(
                VersionId.parse("credit/default-risk@" + version), output.documents(), Optional.empty());
        assertThat(registry.submit(() -> registry.plan(request, output.files()), true)
                        .get()
                        .merged())
                .isPresent();
    }

    private void move(String version) {
        Registry registry = registry(NOW);
        PromotionRequest request = new PromotionRequest(
                List.of(VersionId.parse("credit/default-risk@" + version)),
                DEV,
                StagePointer.Reason.PROMOTE,
                Optional.empty());
        assertThat(registry.submit(() -> registry.plan(request), true).get().merged())
                .isPresent();
    }

    private Registry registry(Instant now) {
        Registry registry = Registry.open(
                new RegistryLocation(work.resolve("registry.git").toString()),
                new Session(
                        Optional.empty(),
                        Clock.fixed(now, ZoneOffset.UTC),
                        Map.of(),
                        work.resolve("cache"),
                        Progress.NONE));
        open.add(registry);
        return registry;
    }
}
