package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.promotion.Submission;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import io.modelgate.watch.Waiting;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousResumeNotSupportedException;

/**
 * Proposes something and, where that is wanted, waits until it is merged: without a thread or an executor, over restarts of the
 * controller. What it has to remember is the number of the proposal and what was last said of it; all else is asked of the host.
 */
abstract class ProposalExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ProposalExecution.class.getName());

    private final String registry;
    private final boolean wait;
    private boolean merge;
    private int proposal;
    private String said = "";
    private transient volatile Future<?> task;
    private transient boolean stopped;
    private transient boolean ended;

    /**
     * @param registry the id of a registry, or nothing for the only one
     * @param wait whether to wait until it is merged
     * @param merge whether to merge it once it passes
     */
    ProposalExecution(StepContext context, String registry, boolean wait, boolean merge) {
        super(context);
        this.registry = registry;
        this.wait = wait;
        this.merge = merge;
    }

    /** Proposes it; doing so twice is the same as doing so once. */
    abstract Submission propose(Registry open, boolean merge) throws IOException, InterruptedException;

    /** What the step gives. */
    abstract Object result(Registry open, Outcome outcome) throws IOException, InterruptedException;

    /**
     * How it ended.
     *
     * @param proposal its number; 0 when there was nothing to propose
     * @param verdict pass, pending, or merged where somebody else merged it
     * @param commit the merge commit, or null
     */
    record Outcome(int proposal, String verdict, String commit) {}

    @Override
    public boolean start() {
        submit();
        return false;
    }

    @Override
    public void onResume() {
        if (proposal != 0) {
            ProposalWatch.get().await(this);
        } else if (proposesAgain()) {
            submit();
        } else {
            fail(new SynchronousResumeNotSupportedException(getContext()));
        }
    }

    /** Whether a restart in the middle of proposing is mended by proposing again. */
    abstract boolean proposesAgain();

    private void submit() {
        task = Computer.threadPoolForRemoting.submit(() -> {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                begin();
            } catch (RegistryException e) {
                fail(Failure.of(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
        });
    }

    private void begin() throws IOException, InterruptedException {
        if (isStopped()) {
            return;
        }
        try (Registry open = open()) {
            // where registry.yaml names a gate of its own, that one merges
            merge = merge && open.config().host().isGate(open.host().me());
            Submission done = propose(open, merge && !isStopped());
            mark(open, done.verdict(), done.proposal());
            Submissions.show(open, done, log());
            int number = done.proposal().orElse(0);
            if (number == 0 || done.merged().isPresent() || !wait) {
                String word =
                        done.verdict().map(verdict -> verdict.outcome().word()).orElse("pass");
                succeed(result(
                        open,
                        new Outcome(
                                number,
                                word,
                                done.merged().map(Object::toString).orElse(null))));
                return;
            }
            proposal = number;
            if (isStopped()) {
                sayThatItIsOpen();
                return;
            }
            getContext().saveState();
        }
        ProposalWatch.get().await(this);
    }

    private void end(Registry open, Outcome outcome) throws IOException, InterruptedException {
        if (outcome.commit() != null) {
            say("Merged as " + outcome.commit().substring(0, 10) + " (proposal " + outcome.proposal() + ").");
        }
        succeed(result(open, outcome));
    }

    private void succeed(Object result) {
        if (mayEnd()) {
            getContext().onSuccess(result);
        }
    }

    /** Whether it ends now: once, and not after it was stopped. */
    private synchronized boolean mayEnd() {
        boolean first = !ended && !stopped;
        ended = ended || first;
        return first;
    }

    /** Whether its build does not want it any more. */
    synchronized boolean isStopped() {
        return stopped;
    }

    Registry open() throws IOException, InterruptedException {
        return OpenRegistry.of(
                ModelgateConfiguration.get().registry(registry), getContext().get(Run.class));
    }

    /** What of several executions can be asked for at once: one registry, as one job may see it. */
    String key() throws IOException, InterruptedException {
        return (registry == null ? "" : registry) + "\n"
                + getContext().get(Run.class).getParent().getFullName();
    }

    int proposal() {
        return proposal;
    }

    boolean merges() {
        return merge;
    }

    /** Tells the build what is new, if it still wants to know. */
    void hear(Waiting.News news, Registry open) {
        if (isStopped()) {
            return;
        }
        try {
            if (news instanceof Waiting.News.Line line) {
                tell(line.text());
            } else if (news instanceof Waiting.News.Merged merged) {
                mark(open, merged.verdict(), OptionalInt.of(proposal));
                merged.verdict().ifPresent(verdict -> show(verdict, OptionalInt.of(proposal)));
                if (merged.verdict().isEmpty()) {
                    say("Proposal " + proposal + " was merged by somebody else.");
                }
                end(
                        open,
                        new Outcome(
                                proposal,
                                merged.verdict()
                                        .map(verdict -> verdict.outcome().word())
                                        .orElse("merged"),
                                merged.commit().map(Object::toString).orElse(null)));
            } else if (news instanceof Waiting.News.Over over) {
                mark(open, over.verdict(), OptionalInt.of(proposal));
                over.verdict().ifPresent(verdict -> show(verdict, OptionalInt.of(proposal)));
                fail(new AbortException(over.why()));
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One line about the proposal, if it is not the last one again. */
    void tell(String line) throws IOException, InterruptedException {
        if (!line.equals(said)) {
            said = line;
            say("Proposal " + proposal + " " + line);
            getContext().saveState();
        }
    }

    private void show(Verdict verdict, OptionalInt number) {
        try {
            PrintStream log = log();
            log.print(Report.render(verdict, OutputFormat.TEXT, number));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "no log to write a verdict to", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows a verdict on the page of the build. */
    private void mark(Registry open, Optional<Verdict> verdict, OptionalInt number)
            throws IOException, InterruptedException {
        if (verdict.isPresent()) {
            VerdictAction.add(
                    getContext().get(Run.class),
                    verdict.get(),
                    number,
                    number.isPresent() ? open.host().page(number.getAsInt()) : Optional.empty());
        }
    }

    void say(String line) throws IOException, InterruptedException {
        log().println("[modelgate] " + line);
    }

    PrintStream log() throws IOException, InterruptedException {
        return Optional.ofNullable(getContext().get(TaskListener.class))
                .orElse(TaskListener.NULL)
                .getLogger();
    }

    void fail(Exception why) {
        if (mayEnd()) {
            getContext().onFailure(why);
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        synchronized (this) {
            stopped = true; // first, so that whoever is about to wait does not
        }
        boolean looking = ProposalWatch.get().forget(this);
        Future<?> running = task;
        if (running != null) {
            running.cancel(true);
        }
        if (proposal != 0) {
            sayThatItIsOpen();
            if (looking && merge) {
                say("It was being looked at just now, which may merge it still.");
            }
        }
        getContext().onFailure(cause);
    }

    private void sayThatItIsOpen() throws IOException, InterruptedException {
        say("Stopped. Proposal " + proposal + " stays open; run again to go on waiting for it.");
    }

    @Override
    public String getStatus() {
        return proposal == 0 ? "proposing" : "proposal " + proposal + " " + said;
    }
}
