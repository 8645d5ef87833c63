package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.host.Proposal;
import io.modelgate.host.RetargetedException;
import io.modelgate.host.Status;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.promotion.Publishing;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One judgement in one build: finds what is to be judged, judges it, and says the verdict wherever it is looked for. */
final class GateRun {
    private static final String UNPROPOSED =
            "No open proposal has this commit as its head: it was judged without reviews";

    private final Run<?, ?> run;
    private final TaskListener listener;
    private final GateOptions options;
    private final Optional<FilePath> workspace;
    private final GateCheck check;
    private final boolean begunOutside;

    /** @param named the name of the check that a step around this one began, such as {@code withChecks} */
    GateRun(
            Run<?, ?> run,
            TaskListener listener,
            GateOptions options,
            Optional<FilePath> workspace,
            Optional<String> named) {
        this.run = run;
        this.listener = listener;
        this.options = options;
        this.workspace = workspace;
        this.check = new GateCheck(run, listener, named.orElse(GateCheck.NAME));
        this.begunOutside = named.isPresent();
    }

    /** Judges and says it; what did not pass is an exception. The check has a final state, whatever happens. */
    void judge() throws Exception {
        Ending ending = Ending.STOPPED;
        try {
            ending = judged();
        } catch (RegistryException e) {
            ending = Ending.failed(Failure.of(e).getMessage());
        } catch (AbortException e) {
            ending = Ending.failed(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
            Logger.getLogger(GateRun.class.getName()).log(Level.WARNING, "the gate failed in " + run, e);
            ending = Ending.failed(internal(e));
        } finally {
            end(ending);
        }
        ending.requirePassed();
    }

    private static String internal(Throwable e) {
        return "The gate itself failed (" + e.getClass().getSimpleName()
                + "); what it cannot judge does not pass. The log of Jenkins says more.";
    }

    /** A thread that is being stopped still says how it ended. */
    private void end(Ending ending) {
        if (!hasCheck() || !(ending.told() || begunOutside)) {
            return;
        }
        boolean stopping = Thread.interrupted();
        try {
            check.end(ending.told() || ending.equals(Ending.NOTHING) ? ending : ending.ofAnother(UNPROPOSED));
        } finally {
            if (stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Elsewhere than in the job of a branch source, a check would be on a commit that is not the one that was judged. */
    private boolean hasCheck() {
        return options.publish() && Built.isBranchJob(run);
    }

    private Ending judged() throws IOException, InterruptedException {
        ReportFiles.require(options.reports());
        Optional<Built> built = Built.of(run);
        RegistrySettings settings = settings(built);
        if (built.isPresent()) {
            built.get().require(settings, options.proposal());
            if (built.get().isTarget()) {
                say("This is " + built.get().branch() + ": what is on it was judged when it was merged.");
                return Ending.NOTHING;
            }
        }
        if (built.isPresent() && built.get().proposal().isPresent()) {
            begin();
        }
        try (Registry registry = OpenRegistry.of(settings, run)) {
            return built.isPresent()
                    ? ofBranchJob(registry, built.get())
                    : ofProposal(registry, named(), Optional.empty());
        }
    }

    private void begin() throws InterruptedException {
        if (hasCheck()) {
            check.begin();
        }
        requireGoing();
    }

    private static void requireGoing() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped");
        }
    }

    private RegistrySettings settings(Optional<Built> built) throws AbortException {
        ModelgateConfiguration configuration = ModelgateConfiguration.get();
        Optional<RegistrySettings> same = options.registry() != null
                ? Optional.empty()
                : configuration.getRegistries().stream()
                        .filter(each ->
                                built.filter(of -> of.reads(each.getLocation())).isPresent())
                        .findFirst();
        return same.isPresent() ? same.get() : configuration.registry(options.registry());
    }

    private int named() throws AbortException {
        if (options.proposal() < 1) {
            throw new AbortException("This job is not built from a branch source, so say what to judge: "
                    + "modelgate(proposal: 4). In a multibranch job of the registry, 'modelgate()' finds it.");
        }
        return options.proposal();
    }

    private Ending ofBranchJob(Registry registry, Built built) throws IOException, InterruptedException {
        if (built.proposal().isPresent()) {
            return ofProposal(registry, built.proposal().getAsInt(), Optional.of(built));
        }
        List<Proposal> open = registry.proposals(Proposal.State.OPEN);
        Optional<Proposal> mine = of(open, built.head());
        Built queued = built;
        if (mine.isEmpty()) {
            Optional<CommitId> merged = mergedIn(registry.workplace().repository(), built.head());
            mine = merged.flatMap(head -> of(open, head));
            queued = new Built(
                    built.branch(),
                    OptionalInt.empty(),
                    built.repository(),
                    merged.orElse(built.head()),
                    List.of(built.head()));
        }
        if (options.proposal() != 0
                && mine.filter(found -> found.number() == options.proposal()).isEmpty()) {
            throw new AbortException("This build is not of proposal " + options.proposal() + ". Leave 'proposal' out: "
                    + "the one that is being built is judged.");
        }
        if (mine.isEmpty()) {
            return ofRange(registry, built);
        }
        begin();
        return ofProposal(registry, mine.get().number(), Optional.of(queued));
    }

    private static Optional<Proposal> of(List<Proposal> open, CommitId head) {
        return open.stream().filter(each -> each.head().equals(head)).findFirst();
    }

    /** The second parent, which is what a merge queue merged into the target branch. */
    private static Optional<CommitId> mergedIn(RegistryRepository repository, CommitId commit) {
        if (!repository.has(commit)) {
            repository.refreshNow();
        }
        return repository.has(commit) && repository.facts(commit).parents().size() == 2
                ? Optional.of(repository.facts(commit).parents().get(1))
                : Optional.empty();
    }

    /** A branch that nobody proposes to merge: whoever made it sees what the gate would say, and the host hears nothing. */
    private Ending ofRange(Registry registry, Built built) throws IOException, InterruptedException {
        Verdict verdict =
                registry.judge(RegistryConfig.DEFAULT_BRANCH, built.head().hex());
        show(registry, verdict, OptionalInt.empty());
        say(UNPROPOSED + ", and no status is set.");
        return Ending.of(verdict, OptionalInt.empty()).untold();
    }

    private Ending ofProposal(Registry registry, int number, Optional<Built> built)
            throws IOException, InterruptedException {
        Optional<CommitId> head = built.map(Built::head);
        try {
            Proposal proposal = read(registry, number);
            proposal.requireOpen();
            head = Optional.of(proposal.head());
            return ofProposal(registry, proposal, built);
        } catch (RetargetedException e) {
            throw e;
        } catch (AbortException e) {
            sayFailed(registry, head, String.valueOf(e.getMessage()));
            throw e;
        } catch (RegistryException e) {
            sayFailed(registry, head, String.valueOf(e.getMessage()));
            throw e;
        } catch (IOException | RuntimeException e) {
            sayFailed(registry, head, internal(e));
            throw e;
        }
    }

    /** What was said while the proposal was for the registry's branch is taken back when it no longer is. */
    private Proposal read(Registry registry, int number) {
        try {
            return registry.proposal(number);
        } catch (RetargetedException e) {
            if (options.publish()) {
                registry.takeBack(e);
            }
            throw e;
        }
    }

    private Ending ofProposal(Registry registry, Proposal proposal, Optional<Built> built)
            throws IOException, InterruptedException {
        OptionalInt number = OptionalInt.of(proposal.number());
        say("Judging proposal " + proposal.number()
                + registry.host()
                        .page(proposal.number())
                        .map(page -> ": " + page)
                        .orElse("."));
        Verdict verdict = registry.judge(proposal);
        show(registry, verdict, number);
        requireGoing();
        Ending ending = Ending.of(verdict, number);
        if (options.publish()) {
            registry.publish(proposal, verdict);
            say("The status " + Status.CONTEXT + " of " + proposal.head().abbreviated() + " is "
                    + verdict.outcome().word() + ".");
        }
        if (built.isEmpty()) {
            return ending;
        }
        if (!built.get().head().equals(proposal.head())) {
            String moved = "Proposal " + proposal.number() + " moved from "
                    + built.get().head().abbreviated() + ", which this build is of, to "
                    + proposal.head().abbreviated() + ", which was judged.";
            say(moved);
            return ending.ofAnother(moved + " The build of that commit counts.");
        }
        boolean isBuilt = built.get().proposal().isEmpty();
        for (CommitId merge : built.get().merges()) {
            Optional<Ending> other = ofMerge(registry, proposal, verdict, merge);
            ending = isBuilt ? other.orElse(ending) : ending;
        }
        return ending;
    }

    /** Says the verdict on a merge that was built, too, if it is the one that was judged; how a build of it ends if it is not. */
    private Optional<Ending> ofMerge(Registry registry, Proposal proposal, Verdict verdict, CommitId merge) {
        String built = "The merge " + merge.abbreviated() + " that was built ";
        if (!options.publish()) {
            return Optional.of(Ending.failed(built + "is compared with what was judged only when it is published."));
        }
        try {
            registry.publish(proposal, verdict, merge);
            say(built + "is the one that was judged: the status is for it too.");
            return Optional.empty();
        } catch (RegistryException e) {
            if (e.kind() != RegistryException.Kind.CONFLICT) {
                throw e;
            }
            say(built + "is not the one that was judged: it gets no status.");
            return Optional.of(Ending.failed(String.valueOf(Failure.of(e).getMessage())));
        }
    }

    /** In the log, on the page of the build, and in files where there is a workspace. */
    private void show(Registry registry, Verdict verdict, OptionalInt proposal)
            throws IOException, InterruptedException {
        listener.getLogger().print(Report.render(verdict, OutputFormat.TEXT, proposal));
        VerdictAction.add(
                run,
                verdict,
                proposal,
                proposal.isPresent() ? registry.host().page(proposal.getAsInt()) : Optional.empty());
        if (workspace.isPresent()) {
            ReportFiles.write(workspace.get(), options.reports(), verdict, proposal);
        }
    }

    /** As far as the host still listens: an old verdict shall not stand for what could not be judged. */
    private void sayFailed(Registry registry, Optional<CommitId> head, String why) {
        if (!options.publish() || head.isEmpty()) {
            return;
        }
        try {
            new Publishing(registry.workplace()).requireGate();
            registry.host().status(head.get(), new Status(Status.State.FAILURE, why));
        } catch (RegistryException e) {
            say("The status could not be set: " + e.getMessage());
        }
    }

    private void say(String line) {
        listener.getLogger().println("[modelgate] " + line);
    }

    /** What is to be said when nobody is left to judge. */
    void stopped() {
        end(Ending.STOPPED);
    }
}
