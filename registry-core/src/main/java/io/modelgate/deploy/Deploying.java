package io.modelgate.deploy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.PublishResult;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.promotion.Workplace;
import io.modelgate.store.FileDigest;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes a stage run what its pointers say: plans, and keeps what becomes of each order on the branch {@code deployments/<stage>}.
 * What is to be done is written down before anything is done, so that the next run goes on where this one ended.
 */
public final class Deploying {
    /** How long an order is one run's alone, beyond the time that its health may take. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Workplace workplace;
    private final Stage stage;
    private final String run;

    /** @param run who deploys, such as the address of a build: on one line, not blank, another for each run */
    public Deploying(Workplace workplace, Stage stage, String run) {
        this.workplace = workplace;
        this.stage = stage;
        this.run = run;
    }

    /** What would be done; nothing is written. */
    public DeployPlan preview() {
        RegistryRepository repository = workplace.repository();
        repository.refreshNow();
        requireStage();
        return new Planning(repository, workplace.target(), stage).plan(Ledger.read(repository, stage));
    }

    /** Plans, and writes down what is to be done. */
    public DeployPlan plan() {
        RegistryRepository repository = workplace.repository();
        repository.refreshNow();
        requireStage();
        return update(ledger -> {
            CommitId target = workplace.target();
            DeployPlan plan = new Planning(repository, target, stage).plan(ledger);
            return new Update<>(Optional.of(edit(ledger, plan, target)), "Plan " + stage, plan);
        });
    }

    private void requireStage() {
        List<Stage> stages = Workplace.config(workplace.snapshot()).stages();
        if (!stages.contains(stage)) {
            throw RegistryException.notFound(
                    "There is no stage " + stage + ".",
                    "The stages are "
                            + String.join(", ", stages.stream().map(Stage::name).toList()) + ".");
        }
    }

    /** Orders are written once; what is open and not asked for any more is closed. A refused one is looked at again. */
    private TreeEdit edit(Ledger ledger, DeployPlan plan, CommitId target) {
        SortedMap<String, Optional<SourceFile>> files = new TreeMap<>();
        ledger.openPlaces(stage).forEach(open -> files.put(Ledger.open(open), Optional.empty()));
        plan.leftovers().forEach(gone -> files.put(Ledger.live(gone), Optional.empty()));
        for (Order order : plan.orders()) {
            String path = Ledger.open(order.destination());
            Deployment wanted = order.planned(now());
            Deployment kept = ledger.openAt(order.destination())
                    .filter(open -> open.runsTheSameAs(wanted) || open.attempt().isHeldFrom(run, now()))
                    .orElse(wanted);
            files.put(path, Optional.of(kept.toFile(path)));
        }
        if (plan.findings().stream().noneMatch(Finding::blocks)) {
            files.put(Ledger.COMMIT, Optional.of(SourceFile.of(Ledger.COMMIT, target + "\n")));
        }
        files.put(
                Ledger.README,
                Optional.of(SourceFile.of(
                        Ledger.README,
                        "What `modelgate deploy " + stage + "` handed over (`live/`) and is to hand over (`open/`).\n"
                                + "Written by that command alone; nobody else should be able to push here.\n")));
        return new TreeEdit(files);
    }

    /**
     * Takes an order in hand: CONFLICT when another run has it, or the target branch asks for something else by now; INTEGRITY
     * when the bytes in the store are not those of the manifest.
     *
     * @param health how long it may take until it is healthy
     */
    public void begin(Order order, Duration health) {
        RegistryRepository repository = workplace.repository();
        repository.refreshNow();
        requireWanted(order);
        update(ledger -> {
            Deployment open = openOf(ledger, order);
            if (open.attempt().isHeldFrom(run, now())) {
                throw RegistryException.conflict(
                        order.destination() + " is being deployed by "
                                + open.attempt().run().orElse("another run") + " until "
                                + open.attempt().until().map(Instant::toString).orElse("later") + ".",
                        "Wait for it, or run again after that time.");
            }
            Attempt started = new Attempt(
                    Attempt.State.STARTED,
                    now(),
                    Optional.of(now().plus(health).plus(LEASE)),
                    Optional.of(run),
                    Optional.empty());
            String path = Ledger.open(order.destination());
            return write(
                    path,
                    open.with(started),
                    "Deploy " + order.version() + " to " + order.target().name());
        });
        verifyBytes(order);
    }

    /** The order of this run or of one before, as the branch has it. */
    private Deployment openOf(Ledger ledger, Order order) {
        return ledger.openAt(order.destination())
                .filter(open -> open.runsTheSameAs(order.planned(now())))
                .orElseThrow(() -> RegistryException.conflict(
                        order.version() + " is not to be handed to "
                                + order.target().name() + " any more.",
                        "Run again: another run was faster, or plans something else."));
    }

    /** Orders are carried out one after the other, and much may be decided meanwhile. */
    private void requireWanted(Order order) {
        Optional<Order> wanted =
                new Planning(workplace.repository(), workplace.target(), stage).wanted(order.destination());
        if (wanted.filter(now -> now.pointer().target().equals(order.pointer().target())
                        && now.target().equals(order.target())
                        && now.rendered().digest().equals(order.rendered().digest()))
                .isEmpty()) {
            throw RegistryException.conflict(
                    "The registry asks for something else than " + order.version() + " on "
                            + order.target().name() + " by now.",
                    "Run again.");
        }
    }

    private void verifyBytes(Order order) {
        StoredVersion stored = StoredVersion.of(order.manifest());
        List<FileDigest> files = stored.files();
        List<Verification> found = workplace.stores().of(stored).verify(files, workplace.progress());
        for (int i = 0; i < files.size(); i++) {
            if (found.get(i) != Verification.OK) {
                throw RegistryException.integrity(
                        files.get(i).path() + " of " + order.version() + " "
                                + found.get(i).words() + ".",
                        "Put it back: 'modelgate push " + order.version() + " <folder>'.");
            }
        }
    }

    /** Writes down that an order was handed over and is healthy. */
    public void live(Order order) {
        update(ledger -> {
            Deployment open = mine(ledger, order);
            Deployment live = open.with(
                    new Attempt(Attempt.State.LIVE, now(), Optional.empty(), Optional.of(run), Optional.empty()));
            String path = Ledger.live(order.destination());
            SortedMap<String, Optional<SourceFile>> files = new TreeMap<>();
            files.put(Ledger.open(order.destination()), Optional.empty());
            files.put(path, Optional.of(live.toFile(path)));
            return new Update<>(
                    Optional.of(new TreeEdit(files)),
                    order.version() + " is live on " + order.target().name(),
                    live);
        });
    }

    /** Writes down why an order could not be handed over or is not healthy; the next run tries again. */
    public void failed(Order order, String why) {
        update(ledger -> {
            Deployment failed = mine(ledger, order)
                    .with(new Attempt(
                            Attempt.State.FAILED, now(), Optional.empty(), Optional.of(run), Optional.of(why)));
            return write(
                    Ledger.open(order.destination()),
                    failed,
                    order.version() + " is not live on " + order.target().name());
        });
    }

    private Deployment mine(Ledger ledger, Order order) {
        Deployment open = openOf(ledger, order);
        if (!open.attempt().run().equals(Optional.of(run))) {
            throw RegistryException.conflict(
                    "Another run took " + order.destination() + " in hand: "
                            + open.attempt().run().orElse("unknown") + ".",
                    "See what it says; run again to be sure.");
        }
        return open;
    }

    private static Update<Deployment> write(String path, Deployment deployment, String message) {
        return new Update<>(Optional.of(TreeEdit.of(List.of(deployment.toFile(path)))), message, deployment);
    }

    /** What to write, and what to answer then. */
    private record Update<T>(Optional<TreeEdit> edit, String message, T answer) {}

    private <T> T update(Function<Ledger, Update<T>> make) {
        RegistryRepository repository = workplace.repository();
        Backoff backoff = new Backoff();
        while (true) {
            Ledger ledger = Ledger.read(repository, stage);
            Update<T> update = make.apply(ledger);
            Snapshot after = update.edit()
                    .map(edit -> repository.edit(ledger.tree(), edit))
                    .orElseGet(ledger::tree);
            if (after.tree().equals(ledger.tree().tree())) {
                return update.answer();
            }
            CommitId commit = repository.commit(
                    after,
                    new CommitDraft(
                            update.message() + "\n\nModelgate-Run: " + run + "\n",
                            workplace.author(),
                            now(),
                            ledger.tip().stream().toList()));
            PublishResult result = repository.publish(List.of(ledger.tip()
                    .map(tip -> RefChange.move(Ledger.ref(stage), tip, commit))
                    .orElseGet(() -> RefChange.create(Ledger.ref(stage), commit))));
            if (result instanceof PublishResult.Published) {
                return update.answer();
            }
            if (result instanceof PublishResult.Refused refused) {
                throw RegistryException.environment(
                        "The host does not take the branch " + Ledger.branch(stage) + ": " + refused.message() + ".",
                        "Give whoever deploys the right to push it.",
                        null);
            }
            if (!backoff.again()) {
                throw RegistryException.conflict(
                        "Others write the branch " + Ledger.branch(stage) + " all the time.", "Try again.");
            }
            repository.refreshNow();
        }
    }

    private Instant now() {
        return workplace.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
