package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.InvisibleAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.modelgate.deploy.Order;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.springframework.security.access.AccessDeniedException;

/** A job that deploys one order: started once, and found again after the controller restarted. */
final class DownstreamJob implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int LOOK_BACK = 50;
    private static final int LOST_AFTER = 5;

    private final String job;
    private final String upstream;
    private final String order;
    private final TreeMap<String, String> values;
    private int number;
    private int missed;

    private DownstreamJob(String job, String upstream, String order, Map<String, String> values) {
        this.job = job;
        this.upstream = upstream;
        this.order = order;
        this.values = new TreeMap<>(values);
    }

    /** @param drawn what tells this step's build for the order from those of other steps, and of earlier tries */
    static DownstreamJob of(Order order, Run<?, ?> run, String drawn) {
        return new DownstreamJob(
                order.target().setting("job").orElseThrow(),
                run.getExternalizableId(),
                DeployModelsExecution.identity(order) + " " + drawn,
                Map.of(
                        "MODELGATE_MODEL", order.pointer().model().toString(),
                        "MODELGATE_VERSION", order.version().version().toString(),
                        "MODELGATE_STAGE", order.target().stage().toString(),
                        "MODELGATE_DIGEST", order.pointer().target().artifacts().toString(),
                        "MODELGATE_MANIFEST",
                                order.pointer().target().manifest().toString()));
    }

    /** Starts it, if whoever the build runs as may; does nothing when it was started before. */
    void start(Run<?, ?> run) throws AbortException {
        if (!(visible() instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> found)) {
            throw new AbortException(
                    "There is no job " + job + " that this build may see. Correct settings.job of the target, or"
                            + " let the build's user read the job.");
        }
        if (!((Job<?, ?>) found).hasPermission(Item.BUILD)) {
            throw new AbortException(Jenkins.getAuthentication2().getName() + " may not build " + job
                    + ". Give the permission Job/Build, or deploy as another user.");
        }
        if (waiting().isPresent() || build().isPresent()) {
            return;
        }
        ParametersAction parameters = new ParametersAction(
                values.entrySet().stream()
                        .map(each -> new StringParameterValue(each.getKey(), each.getValue()))
                        .map(ParameterValue.class::cast)
                        .toList(),
                values.keySet());
        Queue.Item queued = ParameterizedJobMixIn.scheduleBuild2(
                (Job<?, ?>) found,
                0,
                parameters,
                new CauseAction(new Cause.UpstreamCause(run)),
                new Mark(upstream, order));
        if (queued == null) {
            throw new AbortException("The job " + job + " takes no build: it is disabled.");
        }
    }

    private Item visible() {
        try {
            return Jenkins.get().getItemByFullName(job);
        } catch (AccessDeniedException e) {
            return null; // it may be discovered and not be read
        }
    }

    /** Whether it ended, or is gone. */
    boolean isThrough() {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Optional<Run<?, ?>> build = build();
            if (build.isPresent()) {
                missed = 0;
                return !build.get().isLogUpdated();
            }
            missed = waiting().isPresent() ? 0 : missed + 1;
            return missed >= LOST_AFTER;
        }
    }

    /** Why it is not deployed; empty when it is. */
    Optional<String> trouble() {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Optional<Run<?, ?>> build = build();
            if (build.isEmpty()) {
                return Optional.of("Its build of " + job + " was cancelled or deleted.");
            }
            if (!isAsked(build.get())) {
                return Optional.of(
                        build.get().getFullDisplayName() + " was started with other parameters than this order's.");
            }
            Result result = build.get().getResult();
            return result == Result.SUCCESS
                    ? Optional.empty()
                    : Optional.of(build.get().getFullDisplayName() + " ended with " + result + ".");
        }
    }

    /** Takes it out of the queue, or interrupts it. */
    void stop() {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            waiting().ifPresent(Queue.getInstance()::cancel);
            build().map(Run::getExecutor)
                    .ifPresent(executor -> executor.interrupt(Result.ABORTED, new Stopped(upstream)));
        }
    }

    private Optional<Job<?, ?>> found() {
        return Optional.ofNullable(Jenkins.get().getItemByFullName(job, Job.class))
                .map(each -> (Job<?, ?>) each);
    }

    private Optional<Queue.Item> waiting() {
        return found().filter(Queue.Task.class::isInstance).stream()
                .flatMap(task -> Queue.getInstance().getItems((Queue.Task) task).stream())
                .filter(this::isMarked)
                .findFirst();
    }

    private boolean isMarked(hudson.model.Actionable thing) {
        return thing.getActions(Mark.class).stream().anyMatch(mark -> mark.equals(new Mark(upstream, order)));
    }

    /** Whether it has the parameters of the order: a build that was copied or changed deployed something else. */
    private boolean isAsked(Run<?, ?> build) {
        return values.entrySet().stream()
                .allMatch(wanted -> build.getActions(ParametersAction.class).stream()
                        .map(action -> action.getParameter(wanted.getKey()))
                        .filter(Objects::nonNull)
                        .map(ParameterValue::getValue)
                        .toList()
                        .equals(List.of(wanted.getValue())));
    }

    private Optional<Run<?, ?>> build() {
        Optional<Job<?, ?>> there = found();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        if (number == 0) {
            for (Run<?, ?> each : there.get().getBuilds().limit(LOOK_BACK)) {
                if (isMarked(each)) {
                    number = each.getNumber();
                    break;
                }
            }
        }
        return number == 0 ? Optional.empty() : Optional.ofNullable(there.get().getBuildByNumber(number));
    }

    @Override
    public String toString() {
        return "the job " + job;
    }

    /** Says which order a build is for; builds for other orders are never folded into it. */
    static final class Mark extends InvisibleAction implements Queue.QueueAction {
        private final String upstream;
        private final String order;

        Mark(String upstream, String order) {
            this.upstream = upstream;
            this.order = order;
        }

        @Override
        public boolean shouldSchedule(List<Action> others) {
            return !others.contains(this);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Mark mark && mark.upstream.equals(upstream) && order.equals(mark.order);
        }

        @Override
        public int hashCode() {
            return 31 * upstream.hashCode() + Objects.hashCode(order);
        }
    }

    /** Says in the log of the job why it was interrupted. */
    static final class Stopped extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        private final String upstream;

        Stopped(String upstream) {
            this.upstream = upstream;
        }

        @Override
        public String getShortDescription() {
            return upstream + ", which waited for this build, was stopped.";
        }
    }
}
