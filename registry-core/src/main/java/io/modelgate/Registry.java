package io.modelgate;

import io.modelgate.audit.AuditScope;
import io.modelgate.audit.BytesAudit;
import io.modelgate.audit.BytesReport;
import io.modelgate.audit.GarbageCollection;
import io.modelgate.audit.GarbageScope;
import io.modelgate.audit.StoreProbe;
import io.modelgate.catalog.Catalog;
import io.modelgate.catalog.Resolved;
import io.modelgate.deploy.Deploying;
import io.modelgate.deploy.DeploymentBranches;
import io.modelgate.evidence.Subject;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.gate.RegistryCheck;
import io.modelgate.gate.Verdict;
import io.modelgate.git.Author;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.host.CommitPeople;
import io.modelgate.host.GateSafeguard;
import io.modelgate.host.GitHost;
import io.modelgate.host.LocalHost;
import io.modelgate.host.LocalIdentity;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalText;
import io.modelgate.host.RetargetedException;
import io.modelgate.host.ReviewDraft;
import io.modelgate.host.Safeguard;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Person;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.JudgeContext.ReviewState;
import io.modelgate.policy.Participants;
import io.modelgate.promotion.AddingEvidence;
import io.modelgate.promotion.Merging;
import io.modelgate.promotion.Plan;
import io.modelgate.promotion.Planned;
import io.modelgate.promotion.Promoting;
import io.modelgate.promotion.PromotionRequest;
import io.modelgate.promotion.Publishing;
import io.modelgate.promotion.RegistrationRequest;
import io.modelgate.promotion.Requester;
import io.modelgate.promotion.RollingBack;
import io.modelgate.promotion.Submission;
import io.modelgate.promotion.Submitting;
import io.modelgate.promotion.Workplace;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import io.modelgate.store.ArtifactCache;
import io.modelgate.store.CacheUse;
import io.modelgate.store.Checkout;
import io.modelgate.store.FileTree;
import io.modelgate.store.FolderComparison;
import io.modelgate.store.Verification;
import io.modelgate.watch.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * One registry, open for one user: where everything starts. It is long since the command line and the plugin find all that one
 * can do with a registry here; each method is little more than a call of the class that does it.
 */
public final class Registry implements AutoCloseable {
    private final Workplace workplace;
    private final Session session;

    private Registry(Workplace workplace, Session session) {
        this.workplace = workplace;
        this.session = session;
    }

    /** Opens a registry. What is there but is no registry is NOT_FOUND. */
    public static Registry open(RegistryLocation location, Session session) {
        RegistryRepository repository = repository(location, session);
        return hosted(location, repository, session).orElseGet(() -> open(repository, session));
    }

    /** Opens a registry only to read it: then it does not matter who somebody is. */
    public static Registry openToRead(RegistryLocation location, Session session) {
        RegistryRepository repository = repository(location, session);
        return hosted(location, repository, session).orElseGet(() -> local(repository, session, new UserId("reader")));
    }

    /**
     * Opens a registry only to read it, and asks no other machine: what is on one is read as it was when it was last fetched.
     * NOT_FOUND when it never was.
     */
    public static Registry openOffline(RegistryLocation location, Session session) {
        return location.remote()
                ? local(Repositories.offline(location.address(), session.cache()), session, new UserId("reader"))
                : openToRead(location, session);
    }

    /** The registry, if its proposals are on a Git host. */
    private static Optional<Registry> hosted(
            RegistryLocation location, RegistryRepository repository, Session session) {
        Optional<RegistryConfig> config = config(repository);
        return Hosts.of(location, repository, config.map(RegistryConfig::host).orElse(HostConfig.LOCAL), session)
                .map(host -> new Registry(
                        new Workplace(
                                repository,
                                host,
                                () -> author(host.me(), config),
                                session.clock(),
                                repository.home().orElse(Path.of("")),
                                session.progress()),
                        session));
    }

    private static Optional<RegistryConfig> config(RegistryRepository repository) {
        return repository
                .ref("refs/heads/" + RegistryConfig.DEFAULT_BRANCH)
                .map(repository::snapshot)
                .flatMap(snapshot -> snapshot.read("registry.yaml"))
                .flatMap(file -> RegistryConfig.readTrusted(file).value());
    }

    private static RegistryRepository repository(RegistryLocation location, Session session) {
        return location.remote()
                ? Repositories.cached(
                        location.address(),
                        session.cache(),
                        session.environment(),
                        Hosts.gitLogin(location, HostConfig.LOCAL, session))
                : Repositories.open(location.path());
    }

    /** Opens the registry in a repository. */
    static Registry open(RegistryRepository repository, Session session) {
        UserId me = LocalIdentity.of(
                repository, session.user(), session.environment(), System.getProperty("user.name", "nobody"));
        return local(repository, session, me);
    }

    private static Registry local(RegistryRepository repository, Session session, UserId me) {
        Author author = author(me, config(repository));
        GitHost host = new LocalHost(repository, me, author, session.clock(), RegistryConfig.DEFAULT_BRANCH);
        Path base = repository.home().orElse(Path.of(""));
        return new Registry(
                new Workplace(repository, host, () -> author, session.clock(), base, session.progress()), session);
    }

    /** The same registry, for proposing on behalf of these people; closing either closes both. */
    public Registry requestedBy(List<Requester> people) {
        return new Registry(workplace.requestedBy(people), session);
    }

    /** Reading: find, list, resolve, history. */
    public Catalog catalog() {
        return new Catalog(workplace.repository(), workplace.target());
    }

    /** The registry's configuration as the target branch has it. */
    public RegistryConfig config() {
        return Workplace.config(workplace.snapshot());
    }

    /** Where proposals are reviewed. */
    public GitHost host() {
        return workplace.host();
    }

    /** What the registry is worked on with. */
    public Workplace workplace() {
        return workplace;
    }

    /** Plans to add a version whose files this machine has. */
    public Checked<Planned> plan(RegistrationRequest request, FileTree files) {
        return new Registrations(workplace, session).plan(request, files);
    }

    /** Plans to add a version whose files another machine has, which is to upload them before the plan is submitted. */
    public Checked<Planned> plan(RegistrationRequest request, List<Artifact> artifacts) {
        return new Registrations(workplace, session).plan(request, artifacts);
    }

    /** What evidence about a version is about; NOT_FOUND when it is not registered. */
    public Subject subject(VersionId version) {
        return adding().subject(version);
    }

    /** Plans to add what was measured to a version that is registered. */
    public Checked<Planned> planEvidence(VersionId version, List<SourceFile> documents) {
        return adding().plan(version, documents);
    }

    private AddingEvidence adding() {
        CommitId base = workplace.target();
        return new AddingEvidence(workplace.repository().snapshot(base), base);
    }

    /** Plans to move stage pointers. */
    public Checked<Planned> plan(PromotionRequest request) {
        CommitId base = workplace.target();
        return new Promoting(workplace.repository().snapshot(base), base).plan(request);
    }

    /** Plans to move a stage back; to the version before when none is named. */
    public Checked<Planned> planRollback(ModelName model, Stage stage, Optional<Version> to, Optional<String> note) {
        return new RollingBack(workplace).plan(model, stage, to, note);
    }

    /** Nothing but its people move the branches of a work tree: the registry is what it was cloned from. */
    private void requireWritable() {
        if (workplace.repository().hasWorkTree()) {
            throw RegistryException.usage(
                    workplace.repository().directory()
                            + " has a work tree: it is a clone, and no registry to write to.",
                    "Name the repository that it was cloned from with --registry; a registry is a bare repository.");
        }
    }

    /** Plans and applies; see {@link Submitting#submit}. */
    public Checked<Submission> submit(Supplier<Checked<Planned>> planning, boolean merge) {
        requireWritable();
        Checked<Submission> submitted = new Submitting(workplace).submit(planning, merge);
        submitted.value().ifPresent(this::comment);
        return submitted;
    }

    /** What the gate would say of a plan whose bytes are uploaded; nothing is. */
    public Verdict preview(Plan plan) {
        return new Submitting(workplace).preview(plan);
    }

    /** Proposes a branch or commit that the registry's repository has. */
    public Submission propose(String revision, ProposalText text, boolean merge) {
        requireWritable();
        CommitId head = commit(revision);
        return comment(new Submitting(workplace).propose(text, head, merge));
    }

    private CommitId commit(String revision) {
        RegistryRepository repository = workplace.repository();
        Optional<CommitId> commit = revision.matches("[0-9a-f]{40}")
                ? Optional.of(new CommitId(revision)).filter(repository::has)
                : revision.matches("[A-Za-z0-9][A-Za-z0-9/._-]*") && !revision.contains("..")
                        ? repository.ref("refs/heads/" + revision)
                        : Optional.empty();
        return commit.orElseThrow(() -> RegistryException.notFound(
                "The registry has no branch or commit " + revision + ".",
                "Push it there first: 'git push <registry> HEAD:refs/heads/my-change'."));
    }

    /** Proposes the files of a folder as they are, on the present target branch. */
    public Submission propose(Path folder, ProposalText text, boolean merge) {
        requireWritable();
        Submitting submitting = new Submitting(workplace);
        return comment(submitting.propose(text, submitting.commit(folder, text.title()), merge));
    }

    /** Brings the artifacts of a version into a folder, every byte verified; see {@link Checkout#run}. */
    public Checkout.Result pull(Resolved version, Path folder) {
        return bytes(version).pull(folder);
    }

    /** The same with the help of what earlier pulls of any registry left on this machine. */
    public Pulled pull(Resolved version, Path folder, CacheUse use) {
        return bytes(version).pull(folder, ArtifactCache.of(session.cache(), session.environment()), use);
    }

    /** What the files of a folder are, compared with those of a version; nothing is written, and no store asked. */
    public FolderComparison compare(Resolved version, Path folder) {
        return bytes(version).compare(folder);
    }

    /** What the store of a version has of each of its files: in code-point order of their names. */
    public SortedMap<String, Verification> verify(Resolved version) {
        return bytes(version).verify();
    }

    /**
     * Puts the artifacts of a version into its store again, from a folder that has them. What the store has and is right is
     * kept; a file that is not what the manifest says is an INTEGRITY exception.
     */
    public void push(Resolved version, Path folder) {
        bytes(version).push(folder);
        workplace
                .snapshot()
                .read(new RegistryPath.SignatureFile(version.version()).path())
                .ifPresent(signature -> bytes(version).attach(signature));
    }

    /** The first file of a version whose bytes its store does not have, and how that is. */
    public Optional<String> damaged(Resolved version) {
        return bytes(version).damaged();
    }

    private VersionBytes bytes(Resolved version) {
        return new VersionBytes(version, workplace.stores(), session.progress());
    }

    /** Reads the bytes of versions again, in every place where they must be. */
    public BytesReport auditBytes(AuditScope scope) {
        return new BytesAudit(catalog(), workplace.stores(), session.progress()).run(scope);
    }

    /**
     * Finds what stores have and nobody refers to.
     *
     * @param sharing other registries that keep their bytes in the same stores
     */
    public GarbageCollection garbage(List<Registry> sharing, GarbageScope scope) {
        List<Registry> all = new ArrayList<>(sharing);
        all.add(this);
        all.forEach(Registry::requireWritable);
        return new GarbageCollection(
                workplace, sharing.stream().map(each -> each.workplace).toList(), scope);
    }

    /** One proposal with its reviews. */
    public Proposal proposal(int number) {
        return workplace.host().read(number);
    }

    /** Judges a proposal as it was read. Only reads: it needs no right to write. */
    public Verdict judge(Proposal proposal) {
        return workplace.judging().judge(workplace.target(), proposal);
    }

    /**
     * Judges the head of a range of commits as a change of its base, as if this user proposed it and nobody had reviewed it.
     *
     * @param base 40 hex digits, or the name of a branch
     * @param head likewise
     */
    public Verdict judge(String base, String head) {
        UserId me = workplace.host().me();
        return workplace
                .judging()
                .judge(
                        commit(base),
                        new ReviewState(commit(head), new Participants(me, Set.of(), Optional.of(me)), List.of()));
    }

    /**
     * Makes a stage run what its pointers say.
     *
     * @param run who deploys, such as the address of a build; another for each run
     */
    public Deploying deploying(Stage stage, String run) {
        requireWritable();
        return new Deploying(workplace, stage, run);
    }

    /** Waits for proposals until they are merged. */
    public Waiting waiting() {
        requireWritable();
        return new Waiting(workplace);
    }

    /** The policies of the target branch, of a branch, or of a commit that the registry's repository has. */
    public PolicyBench policies(Optional<String> revision) {
        CommitId commit = revision.map(this::commit).orElseGet(workplace::target);
        return PolicyBench.of(
                workplace.repository().snapshot(commit), session.clock().instant());
    }

    /** The policies of a proposal. */
    public PolicyBench policies(int proposal) {
        return PolicyBench.of(
                workplace.repository().snapshot(workplace.host().read(proposal).head()),
                session.clock().instant());
    }

    /** The target branch as it is now. */
    public Snapshot snapshot() {
        return workplace.snapshot();
    }

    /** Everything that is wrong with the files of a folder that is a whole registry; see {@link RegistryCheck}. */
    public static List<Finding> check(Path folder, Session session) {
        Path scratch = Scratch.make();
        try (RegistryRepository repository =
                Repositories.init(scratch.resolve("check.git"), RegistryConfig.DEFAULT_BRANCH)) {
            return RegistryCheck.check(
                    repository.worktree(folder), session.clock().instant());
        } finally {
            Scratch.remove(scratch);
        }
    }

    /** Says a verdict on the host, as a status and as the one comment; USAGE where registry.yaml names another as the gate. */
    public void publish(Proposal proposal, Verdict verdict) {
        requireWritable();
        new Publishing(workplace).requireGate();
        new Publishing(workplace).say(proposal, verdict);
        comment(proposal.number(), verdict);
    }

    /** Takes back what this user said of a proposal that asks to be merged into another branch now. */
    public void takeBack(RetargetedException elsewhere) {
        requireWritable();
        new Publishing(workplace).requireGate();
        Optional<CommitId> head = elsewhere
                .head()
                .filter(commit -> proposals(Proposal.State.OPEN).stream()
                        .noneMatch(other -> other.head().equals(commit)));
        new Publishing(workplace)
                .takeBack(elsewhere, Report.MARKER, Report.retargeted(elsewhere.number(), elsewhere.into()), head);
    }

    /** Says a verdict on a commit that was built of the proposal; CONFLICT when it is not the merge that was judged. */
    public void publish(Proposal proposal, Verdict verdict, CommitId built) {
        requireWritable();
        new Publishing(workplace).requireGate();
        new Publishing(workplace).sayOfBuild(proposal, verdict, built);
    }

    /** Sets on the host what {@link GitHost#safeguards} finds missing; NOT_FOUND when the host has no user of the gate's name. */
    public void protect(Optional<String> gate) {
        gate.ifPresent(login -> GateSafeguard.requireUser(workplace.host(), login));
        workplace.host().protect(gate);
    }

    /** What a Git host does so that nothing passes by the gate. */
    public List<Safeguard> safeguards() {
        return workplace.host().safeguards();
    }

    /**
     * Whether the gate that registry.yaml names can work.
     *
     * @param safeguards those of the host, as far as they are known
     */
    public Safeguard gateSafeguard(List<Safeguard> safeguards) {
        return GateSafeguard.of(workplace.host(), config(), safeguards);
    }

    /** Whether a Git host keeps the branches of deployments; empty where no stage has a target. */
    public Optional<Safeguard> deploymentSafeguard() {
        return DeploymentBranches.safeguard(workplace.host(), config(), workplace.snapshot());
    }

    /** A quick look at all stores and mirrors; see {@link StoreProbe}. */
    public List<Safeguard> probeStores() {
        return new StoreProbe(catalog(), workplace.stores(), workplace.clock()).look();
    }

    /** Says what this user thinks of a proposal, and gives the verdict as it is then. */
    public Verdict review(int proposal, ReviewDraft review) {
        requireWritable();
        workplace.host().review(proposal, review);
        Proposal reviewed = workplace.host().read(proposal);
        Verdict verdict = judge(reviewed);
        if (!workplace.host().hasGate()) {
            publish(reviewed, verdict);
        }
        return verdict;
    }

    /** Merges a proposal whose verdict is pass. */
    public Submission merge(int proposal) {
        requireWritable();
        return comment(new Merging(workplace).merge(proposal));
    }

    /** Shows the verdict of an open proposal to its reviewers: one comment, always the latest. */
    private Submission comment(Submission submission) {
        if (submission.proposal().isPresent()
                && submission.merged().isEmpty()
                && !workplace.host().hasGate()) {
            submission
                    .verdict()
                    .ifPresent(verdict -> comment(submission.proposal().getAsInt(), verdict));
        }
        return submission;
    }

    private void comment(int proposal, Verdict verdict) {
        String markdown = Report.render(verdict, OutputFormat.MARKDOWN, OptionalInt.of(proposal));
        workplace.host().comment(proposal, Report.MARKER, markdown);
    }

    /** Proposals in this state. */
    public List<Proposal> proposals(Proposal.State state) {
        return workplace.host().list(state);
    }

    @Override
    public void close() {
        workplace.repository().close();
    }

    private static Author author(UserId me, Optional<RegistryConfig> config) {
        Optional<Person> person = config.stream()
                .flatMap(registry -> registry.governance().people().stream())
                .filter(each -> each.id().equals(me))
                .findFirst();
        String name = person.flatMap(Person::name).orElse(me.value());
        String email =
                person.flatMap(each -> each.emails().stream().findFirst()).orElse(CommitPeople.madeUpAddress(me));
        try {
            return new Author(name, email);
        } catch (IllegalArgumentException e) {
            return new Author(me.value(), CommitPeople.madeUpAddress(me));
        }
    }
}
