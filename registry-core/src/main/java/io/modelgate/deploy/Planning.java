package io.modelgate.deploy;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeChange;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.Lifecycle;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds what is to be handed over: what the target branch changed in a stage since it was last looked, and what was left open.
 * Its cost follows that change and not the registry.
 */
final class Planning {
    private final RegistryRepository repository;
    private final CommitId commit;
    private final Snapshot now;
    private final Stage stage;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, DeploymentTarget> targets = new TreeMap<>();

    /** @param commit of the target branch */
    Planning(RegistryRepository repository, CommitId commit, Stage stage) {
        this.repository = repository;
        this.commit = commit;
        this.now = repository.snapshot(commit);
        this.stage = stage;
    }

    DeployPlan plan(Ledger ledger) {
        now.list("targets/" + stage).forEach(entry -> {
            Checked<DeploymentTarget> read = DeploymentTarget.read(now.read(entry));
            read.value().ifPresent(target -> targets.put(target.name(), target));
            findings.addAll(read.findings());
        });
        if (targets.isEmpty() && findings.isEmpty()) {
            noTarget("There is no target in this stage, so nothing is ever handed over.");
        }
        List<Order> orders = new ArrayList<>();
        List<Destination> leftovers = new ArrayList<>();
        for (Destination destination : touched(ledger)) {
            Optional<StagePointer> pointer = pointer(destination.model());
            Optional<DeploymentTarget> target = Optional.ofNullable(targets.get(destination.target()))
                    .filter(known -> known.takes(destination.model()));
            if (pointer.isEmpty() || target.isEmpty()) {
                if (ledger.liveAt(destination).isPresent()) {
                    leftovers.add(destination);
                }
            } else {
                order(target.get(), pointer.get())
                        .filter(order -> !runs(ledger, order))
                        .ifPresent(orders::add);
            }
        }
        return new DeployPlan(orders, findings, leftovers);
    }

    /** What the registry asks for there now; empty when it asks for nothing, or for what cannot be. */
    Optional<Order> wanted(Destination destination) {
        Optional<DeploymentTarget> target = now.read(new RegistryPath.TargetFile(stage, destination.target()).path())
                .flatMap(file -> noted(DeploymentTarget.read(file)))
                .filter(known -> known.takes(destination.model()));
        return target.flatMap(known -> pointer(destination.model()).flatMap(pointer -> order(known, pointer)));
    }

    private static boolean runs(Ledger ledger, Order order) {
        Deployment wanted = order.planned(Instant.EPOCH);
        return ledger.openAt(order.destination()).isEmpty()
                && ledger.liveAt(order.destination())
                        .filter(live -> live.runsTheSameAs(wanted))
                        .isPresent();
    }

    /** What may be other than it was, and what is open. */
    private Set<Destination> touched(Ledger ledger) {
        Set<Destination> touched = new TreeSet<>();
        touched.addAll(ledger.openPlaces(stage));
        Optional<CommitId> since =
                ledger.planned().filter(repository::has).filter(planned -> repository.isAncestor(planned, commit));
        if (since.isEmpty()) {
            targets.values().forEach(target -> addAll(target, touched));
            models().forEach(this::requireTarget);
            ledger.live().forEach(live -> touched.add(live.destination()));
            return touched;
        }
        for (TreeChange change : repository.snapshot(since.get()).changesTo(now)) {
            RegistryPath path = RegistryPath.of(change.path());
            if (path instanceof RegistryPath.PointerFile pointer
                    && pointer.stage().equals(stage)) {
                requireTarget(pointer.model());
                targets.values().stream()
                        .filter(target -> target.takes(pointer.model()))
                        .forEach(target -> touched.add(new Destination(stage, target.name(), pointer.model())));
                ledger.live().stream()
                        .map(Deployment::destination)
                        .filter(live -> live.model().equals(pointer.model()))
                        .forEach(touched::add);
            } else if (path instanceof RegistryPath.TargetFile file
                    && file.stage().equals(stage)) {
                Optional.ofNullable(targets.get(file.name())).ifPresent(target -> addAll(target, touched));
                ledger.live().stream()
                        .map(Deployment::destination)
                        .filter(live -> live.target().equals(file.name()))
                        .forEach(touched::add);
            }
        }
        return touched;
    }

    /** All models of the stage that go to a target. */
    private void addAll(DeploymentTarget target, Set<Destination> touched) {
        models().filter(target::takes).forEach(model -> touched.add(new Destination(stage, target.name(), model)));
    }

    private Stream<ModelName> models() {
        return now.files("stages/" + stage).stream()
                .map(entry -> RegistryPath.of(entry.path()))
                .filter(RegistryPath.PointerFile.class::isInstance)
                .map(path -> ((RegistryPath.PointerFile) path).model());
    }

    /** Whoever promoted a model and sees nothing deployed should not have to guess why. */
    private void requireTarget(ModelName model) {
        if (!targets.isEmpty() && targets.values().stream().noneMatch(target -> target.takes(model))) {
            noTarget("No target of this stage takes " + model + ", so it is not handed over.");
        }
    }

    private void noTarget(String message) {
        findings.add(Finding.note(
                "deploy/no-target",
                Place.file("targets/" + stage),
                message,
                "Propose targets/" + stage + "/<name>.yaml with its models; docs/deploying.md has one of each type."));
    }

    private Optional<StagePointer> pointer(ModelName model) {
        return now.read(new RegistryPath.PointerFile(stage, model).path())
                .flatMap(file -> noted(StagePointer.readTrusted(file)));
    }

    /** What is to be handed over there; empty, with a finding, when it cannot be. */
    private Optional<Order> order(DeploymentTarget target, StagePointer pointer) {
        SourceFile pointerFile = pointer.toFile();
        Optional<SourceFile> file = now.read(new RegistryPath.ManifestFile(pointer.version()).path());
        if (file.filter(manifest -> manifest.digest().equals(pointer.target().manifest()))
                .isEmpty()) {
            return refused(
                    pointerFile.path(),
                    "The manifest of " + pointer.version() + " is not the one that " + stage + " points to.",
                    "Somebody changed it without the gate. Do not deploy it; run 'modelgate doctor'.");
        }
        if (isYanked(pointer)) {
            return refused(
                    pointerFile.path(),
                    pointer.version() + " was yanked, and is not deployed anew.",
                    "Roll back: 'modelgate rollback " + pointer.model() + " --stage " + stage + "'.");
        }
        Optional<ModelVersion> manifest = noted(ModelVersion.readTrusted(file.get()));
        try {
            return manifest.map(
                    known -> new Order(target, pointer, known, Rendering.of(target, pointer, known), commit));
        } catch (IllegalArgumentException e) {
            return refused(
                    new RegistryPath.TargetFile(stage, target.name()).path(),
                    e.getMessage() + ".",
                    "Change the target with a proposal.");
        }
    }

    private boolean isYanked(StagePointer pointer) {
        return now.read(new RegistryPath.LifecycleFile(pointer.model()).path())
                .flatMap(file -> noted(Lifecycle.readTrusted(file)))
                .filter(lifecycle -> lifecycle.isYanked(pointer.target().version()))
                .isPresent();
    }

    private Optional<Order> refused(String path, String message, String remedy) {
        findings.add(Finding.block("deploy/refused", Place.file(path), message, remedy));
        return Optional.empty();
    }

    private <T> Optional<T> noted(Checked<T> read) {
        findings.addAll(read.findings());
        return read.value();
    }
}
