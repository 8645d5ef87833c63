package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.modelgate.Registry;
import io.modelgate.deploy.DeployPlan;
import io.modelgate.deploy.Deploying;
import io.modelgate.deploy.Handover;
import io.modelgate.deploy.Order;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Works off the orders of a stage one after the other, on a thread of its own only while there is something to do. It keeps no
 * order but asks the registry for them each time, so that a controller that restarts goes on where it ended. It is long since
 * Jenkins keeps the state of a step in one object, and its phases share that state.
 */
final class DeployModelsExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    /** A job may take its time; until then no other run touches its order, and after half of that it is held anew. */
    private static final Duration JOB = Duration.ofHours(2);

    private static final Logger LOGGER = Logger.getLogger(DeployModelsExecution.class.getName());
    private static final int SELDOM_SECONDS = 15;
    private static final int LONGEST_PAUSE_SECONDS = 27;

    private final String stage;
    private final String registry;
    private final String target;
    private final String into;
    // They may be saved while they change.
    private final CopyOnWriteArrayList<DeployedModel> live = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<String> failures = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<String> through = new CopyOnWriteArrayList<>();
    private boolean planned;
    private String inHand;
    private String inHandAs;
    private String drawn;
    private DownstreamJob downstream;
    private long held;

    private transient Throwable stopping;
    private transient Thread handing;
    private transient boolean busy;

    DeployModelsExecution(StepContext context, DeployModelsStep step) {
        super(context);
        this.stage = step.getStage();
        this.registry = step.getRegistry();
        this.target = step.getTarget();
        this.into = Optional.ofNullable(step.getInto()).orElse(DeployModelsStep.INTO);
    }

    @Override
    public boolean start() throws Exception {
        ModelgatePermissions.check(getContext().get(Run.class), ModelgatePermissions.PROMOTE);
        Failure.parse(stage, Stage::new);
        goOn();
        return false;
    }

    @Override
    public void onResume() {
        if (downstream != null) {
            look(1);
        } else {
            goOn();
        }
    }

    /** What is being handed over is interrupted, and written down as failed; what is written down is never interrupted. */
    @Override
    public synchronized void stop(Throwable cause) {
        stopping = cause;
        if (handing != null) {
            handing.interrupt();
        } else {
            goOn();
        }
    }

    private synchronized void goOn() {
        if (!busy) {
            busy = true;
            Computer.threadPoolForRemoting.execute(this::run);
        }
    }

    private void run() {
        try (ACLContext as = ACL.as2(getContext().get(FlowExecution.class).getAuthentication2())) {
            do {
                if (work()) {
                    finish();
                    return;
                }
            } while (!rest());
            look(1);
        } catch (Exception | LinkageError e) {
            getContext().onFailure(stopped() ? stopCause() : e instanceof RegistryException r ? Failure.of(r) : e);
        }
    }

    /** Leaves the thread to others while a job runs, unless the build was stopped meanwhile. */
    private synchronized boolean rest() {
        busy = stopping != null;
        return !busy;
    }

    private boolean stopped() {
        return stopCause() != null;
    }

    /** Why it was stopped; null while it was not. */
    private synchronized Throwable stopCause() {
        return stopping;
    }

    private void look(int seconds) {
        Timer.get()
                .schedule(
                        () -> Computer.threadPoolForRemoting.execute(() -> looked(seconds)), seconds, TimeUnit.SECONDS);
    }

    private void looked(int seconds) {
        DownstreamJob waited = downstream;
        if (waited == null || stopped()) {
            return;
        }
        if (waited.isThrough() || isHeldLong()) {
            goOn();
        } else {
            look(Math.min(seconds * 2, SELDOM_SECONDS));
        }
    }

    private boolean isHeldLong() {
        return System.currentTimeMillis() - held > JOB.toMillis() / 2;
    }

    private void finish() throws Exception {
        if (stopped()) {
            getContext().onFailure(stopCause());
        } else if (failures.isEmpty()) {
            getContext().onSuccess(new ArrayList<>(live));
        } else {
            getContext()
                    .onFailure(new AbortException("Not everything is deployed to " + stage + ". "
                            + String.join(" ", failures) + " The next run tries again."));
        }
    }

    /** Whether everything is through; otherwise a job is waited for. */
    private boolean work() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        RegistrySettings settings = ModelgateConfiguration.get().registry(registry);
        try (Registry open = OpenRegistry.of(settings, run)) {
            Deploying deploying =
                    open.deploying(new Stage(stage), address(run, getContext().get(FlowNode.class)));
            DeployPlan plan = deploying.plan();
            List<Order> orders = plan.orders().stream()
                    .filter(order -> target == null || order.target().name().equals(target))
                    .toList();
            if (!planned) {
                tell(open, plan, orders);
            }
            Optional<Order> mine = orders.stream().filter(this::isInHand).findFirst();
            if (inHand != null && mine.isEmpty()) {
                if (downstream != null) {
                    downstream.stop();
                }
                failed(inHand, "is not asked for any more.");
            }
            if (mine.isPresent() && !handle(open, deploying, mine.get())) {
                return false;
            }
            for (Order order : orders) {
                if (!stopped() && !through.contains(key(order)) && !handle(open, deploying, order)) {
                    return false;
                }
            }
            return true;
        }
    }

    private void tell(Registry open, DeployPlan plan, List<Order> orders) throws Exception {
        if (target != null
                && open.snapshot()
                        .read(new RegistryPath.TargetFile(new Stage(stage), target).path())
                        .isEmpty()) {
            throw new AbortException("There is no target " + target + " in " + stage + ": targets/" + stage + "/"
                    + target + ".yaml. Correct target, or propose one.");
        }
        for (Finding finding : plan.findings()) {
            say(finding.severity().word() + ": " + finding);
            if (finding.blocks()) {
                failures.add(finding.message() + ".");
            }
        }
        plan.leftovers()
                .forEach(gone ->
                        say(gone + ": nothing asks for it any more. Take it down by hand; Modelgate does not."));
        if (orders.isEmpty()) {
            say("Nothing to hand over in " + stage + ".");
        }
        planned = true;
    }

    /** Whether the order is through, one way or the other; otherwise a job is waited for. */
    private boolean handle(Registry open, Deploying deploying, Order order) throws Exception {
        boolean job = order.target().type() == DeploymentTarget.Type.JOB;
        if (downstream == null && !begin(deploying, order, job)) {
            return true;
        }
        Optional<String> trouble;
        try {
            if (stopped()) {
                trouble = Optional.empty();
            } else if (job) {
                if (downstream == null) {
                    downstream = DownstreamJob.of(order, getContext().get(Run.class), drawn);
                    downstream.start(getContext().get(Run.class));
                    getContext().saveState();
                    say(order, "waits for " + downstream + ".");
                }
                if (!downstream.isThrough()) {
                    holdOn(deploying, order);
                    return false;
                }
                trouble = downstream.trouble();
            } else {
                trouble = hand(open, order);
            }
        } catch (RegistryException e) {
            trouble = Optional.of(e.getMessage() + " " + e.remedy());
        } catch (IOException | RuntimeException e) {
            trouble =
                    Optional.of(e instanceof AbortException ? e.getMessage() : e + ". See the log of the controller.");
        } catch (InterruptedException e) {
            trouble = Optional.of("It was interrupted.");
        }
        conclude(deploying, order, stopped() ? Optional.of("The build was stopped.") : trouble);
        return true;
    }

    /** Whether the order is this run's now; otherwise why not is said. */
    private boolean begin(Deploying deploying, Order order, boolean job) throws Exception {
        if (!isInHand(order) || drawn == null) {
            drawn = UUID.randomUUID().toString(); // saved before a job is started with it, and the same after a restart
        }
        inHand = key(order);
        inHandAs = identity(order);
        getContext().saveState();
        try {
            deploying.begin(order, job ? JOB : Handover.patience(order));
            held = System.currentTimeMillis();
            say(order, "started.");
            return true;
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.CONFLICT) {
                failed(inHand, e.getMessage() + " " + e.remedy());
            } else {
                conclude(deploying, order, Optional.of(e.getMessage() + " " + e.remedy()));
            }
            return false;
        }
    }

    /** While the job runs. When it ends, it turns out whether the order was lost meanwhile. */
    private void holdOn(Deploying deploying, Order order) {
        if (isHeldLong()) {
            held = System.currentTimeMillis();
            try {
                deploying.begin(order, JOB);
            } catch (RegistryException e) {
                LOGGER.log(Level.FINE, e, () -> key(order) + " is not held anew");
            }
        }
    }

    private Optional<String> hand(Registry open, Order order) throws IOException, InterruptedException {
        FilePath workspace = getContext().get(FilePath.class);
        Launcher launcher = getContext().get(Launcher.class);
        if (workspace == null || launcher == null) {
            return Optional.of("A target of the type file or kserve needs an agent: put deployModels into node { }.");
        }
        synchronized (this) {
            if (stopping != null) {
                return Optional.empty();
            }
            handing = Thread.currentThread();
        }
        try {
            new AgentHandover(workspace, launcher, getContext().get(EnvVars.class), into, open).hand(order);
            return Optional.empty();
        } finally {
            synchronized (this) {
                handing = null;
                Thread.interrupted();
            }
        }
    }

    private void conclude(Deploying deploying, Order order, Optional<String> trouble) throws Exception {
        try {
            if (stopped() && downstream != null) {
                downstream.stop();
            }
            if (trouble.isPresent()) {
                write(() -> deploying.failed(order, trouble.get()));
                failed(key(order), trouble.get());
            } else {
                write(() -> deploying.live(order));
                live.add(new DeployedModel(order));
                say(order, "live.");
            }
        } catch (RegistryException e) {
            failed(key(order), trouble.map(why -> why + " ").orElse("") + e.getMessage() + " " + e.remedy());
        }
        through.add(key(order));
        drop();
        getContext().saveState();
    }

    /** What was done is worth some patience with the network. */
    private static void write(Runnable writing) throws InterruptedException {
        for (int pause = 1; ; pause *= 3) {
            try {
                writing.run();
                return;
            } catch (RegistryException e) {
                if (e.kind() != RegistryException.Kind.ENVIRONMENT || pause > LONGEST_PAUSE_SECONDS) {
                    throw e;
                }
                Thread.sleep(TimeUnit.SECONDS.toMillis(pause));
            }
        }
    }

    private void failed(String key, String why) {
        say(key + ": failed. " + why);
        failures.add(key + ": " + why);
        through.add(key);
        drop();
    }

    private void drop() {
        inHand = null;
        inHandAs = null;
        drawn = null;
        downstream = null;
    }

    private boolean isInHand(Order order) {
        return identity(order).equals(inHandAs);
    }

    private static String key(Order order) {
        return order.version() + " on " + order.target().name();
    }

    /** All that makes an order another one: the same version may be asked for with other bytes, or be rendered anew. */
    static String identity(Order order) {
        return key(order) + " in " + order.target().stage() + " "
                + order.pointer().target().manifest() + " " + order.rendered().digest();
    }

    private void say(Order order, String what) {
        say(key(order) + ": " + what);
    }

    private void say(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println("[modelgate] " + line);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.WARNING, e, () -> line);
        }
    }

    /** Another for each step of each run, which do not share what one of them has in hand; and where to read more. */
    private static String address(Run<?, ?> run, FlowNode node) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + run.getUrl() + "#" + node.getId();
    }
}
