package io.modelgate;

import io.modelgate.evidence.Card;
import io.modelgate.evidence.CardNeeds;
import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.gate.PolicyImpact;
import io.modelgate.git.CommitId;
import io.modelgate.git.EntryMode;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.CardCheck;
import io.modelgate.policy.JudgeContext;
import io.modelgate.policy.Measured;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Policies;
import io.modelgate.policy.PolicyExplanation;
import io.modelgate.policy.PolicyLint;
import io.modelgate.policy.PolicyTests;
import io.modelgate.policy.RuleResult;
import io.modelgate.policy.SignatureCheck;
import io.modelgate.policy.Written;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people who write policies ask, of files that are not committed yet, or of a commit: tests, doubts, reasons, impact. */
public final class PolicyBench implements AutoCloseable {
    /** Live versions of a stage whose reports lint looks at. */
    private static final int MOST_LIVE = 1_000;

    private final Snapshot snapshot;
    private final Instant now;
    private final Runnable closing;

    private PolicyBench(Snapshot snapshot, Instant now, Runnable closing) {
        this.snapshot = snapshot;
        this.now = now;
        this.closing = closing;
    }

    /** The policies in a folder that is a whole registry, as they stand there. */
    public static PolicyBench of(Path folder, Session session) {
        Path scratch = Scratch.make();
        RegistryRepository repository = Repositories.init(scratch.resolve("bench.git"), RegistryConfig.DEFAULT_BRANCH);
        return new PolicyBench(repository.worktree(folder), session.clock().instant(), () -> {
            repository.close();
            Scratch.remove(scratch);
        });
    }

    /** The policies of a commit of a registry. */
    static PolicyBench of(Snapshot snapshot, Instant now) {
        return new PolicyBench(snapshot, now, () -> {});
    }

    /** The configuration; what is wrong with it is a finding. */
    public Checked<RegistryConfig> config() {
        return snapshot.read(new RegistryPath.RegistryFile().path())
                .map(RegistryConfig::read)
                .orElseGet(() -> Checked.refused(Finding.block(
                        "registry/check",
                        Place.file("registry.yaml"),
                        "There is no registry.yaml: this is not a registry.",
                        "Name the folder of a registry.")));
    }

    /** The commit that has them; empty for files in a folder, which may be committed or not. */
    public Optional<CommitId> commit() {
        return snapshot.commit();
    }

    /** The policies and waivers; what is wrong with them are findings. */
    public Checked<Policies> policies() {
        return config().then(config -> Policies.check(snapshot, config));
    }

    /** Runs the policy tests. */
    public Checked<List<PolicyTests.Result>> test() {
        return config().then(config -> Policies.check(snapshot, config)
                .then(policies -> Checked.of(PolicyTests.run(snapshot, policies, config, now))));
    }

    /** What is allowed and hardly meant. */
    public Checked<List<Finding>> lint() {
        return config().then(config -> Policies.check(snapshot, config)
                .then(policies -> Checked.of(
                        PolicyLint.of(policies, Written.in(snapshot), config, models(), now, measured(config)))));
    }

    /** Which rules apply to a model in a stage, and why. An unknown model or stage is NOT_FOUND. */
    public Checked<PolicyExplanation> explain(ModelName name, Stage stage) {
        return config().then(config -> {
            requireStage(config, stage);
            Model model = requireModel(name);
            return Policies.check(snapshot, config)
                    .then(policies -> Checked.of(PolicyExplanation.of(policies, stage, model, now)));
        });
    }

    /** What these policies would say of everything that is live in a registry, beside what its own say. */
    public Checked<PolicyImpact.Impact> impact(Snapshot live) {
        Checked<RegistryConfig> config = of(live, now).config();
        return config.then(known -> policies()
                .then(after -> Policies.in(live)
                        .then(before -> Checked.of(
                                new PolicyImpact(live, known, new JudgeContext.Occasion(now, Reason.PROMOTE), nobody())
                                        .of(before, after)))));
    }

    /** Judges a card by what a stage asks of the card of a model; an unknown model or stage is NOT_FOUND. */
    public Checked<List<RuleResult>> card(SourceFile file, ModelName name, Stage stage) {
        return Card.read(file)
                .then(card -> config().then(config -> {
                    requireStage(config, stage);
                    Model model = requireModel(name);
                    return Policies.check(snapshot, config)
                            .then(policies -> Checked.of(CardCheck.judge(policies, config, model, stage, card, now)));
                }));
    }

    /** Judges a version's signature by the signature rules of these stages, or of all when none is named; an unknown one is NOT_FOUND. */
    public Checked<List<SignatureCheck>> signature(VersionId version, Optional<Stage> stage) {
        return config().then(config -> {
            stage.ifPresent(named -> requireStage(config, named));
            return Evidence.readTrusted(snapshot, version)
                    .then(evidence -> Policies.check(snapshot, config)
                            .then(policies -> Checked.of(SignatureCheck.judge(
                                    policies, config, stage.map(List::of).orElseGet(config::stages), evidence, now))));
        });
    }

    /** What policies ask of the card of a model. */
    public Checked<CardNeeds> cardNeeds(Model model) {
        return config().then(config -> Policies.check(snapshot, config)
                .then(policies -> Checked.of(CardCheck.needs(policies, config, model))));
    }

    /** What versions that are live measure; of the first ones in each stage, which is enough to know the names. */
    private Measured measured(RegistryConfig config) {
        Measured measured = new Measured();
        for (Stage stage : config.stages()) {
            snapshot.files("stages/" + stage).stream()
                    .limit(MOST_LIVE)
                    .flatMap(entry -> snapshot.read(entry.path()).stream())
                    .flatMap(file -> StagePointer.readTrusted(file).value().stream())
                    .flatMap(pointer -> Evidence.readTrusted(snapshot, pointer.version()).value().stream())
                    .forEach(measured::add);
        }
        return measured;
    }

    private static void requireStage(RegistryConfig config, Stage stage) {
        if (!config.has(stage)) {
            throw RegistryException.notFound(
                    "There is no stage " + stage + ".", "The stages are " + config.stages() + ".");
        }
    }

    private Model requireModel(ModelName name) {
        return model(name)
                .orElseThrow(() -> RegistryException.notFound(
                        "There is no model " + name + ".", "See which there are: 'modelgate list'."));
    }

    private static JudgeContext.ReviewState nobody() {
        return new JudgeContext.ReviewState(
                new CommitId("0".repeat(40)),
                new Participants(new UserId("nobody"), Set.of(), Optional.empty()),
                List.of());
    }

    private List<Model> models() {
        List<Model> models = new ArrayList<>();
        for (TreeEntry namespace : folders("models")) {
            for (TreeEntry entry : folders(namespace.path())) {
                model(new ModelName(namespace.name(), entry.name())).ifPresent(models::add);
            }
        }
        return models;
    }

    /** The model of a name. */
    public Optional<Model> model(ModelName name) {
        return snapshot.read(new RegistryPath.ModelFile(name).path())
                .flatMap(file -> Model.readTrusted(file).value());
    }

    private List<TreeEntry> folders(String path) {
        return snapshot.list(path).stream()
                .filter(entry -> entry.mode() == EntryMode.TREE)
                .toList();
    }

    @Override
    public void close() {
        closing.run();
    }
}
