package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.PromotionRequest;
import io.modelgate.promotion.Submission;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Proposes that a version enters a stage, waits for its reviewers, and merges it. */
public class PromoteModelStep extends RegistryStep {
    private final String model;
    private final String to;
    private String reason;
    private boolean hotfix;
    private boolean wait = true;
    private boolean merge = true;

    /**
     * @param model what to promote: {@code ns/name@1.4.0}, or {@code ns/name@uat} for what is in a stage now
     * @param to the stage to enter
     */
    @DataBoundConstructor
    public PromoteModelStep(@NonNull String model, @NonNull String to) {
        this.model = model;
        this.to = to;
    }

    @NonNull
    public String getModel() {
        return model;
    }

    @NonNull
    public String getTo() {
        return to;
    }

    /** Why, for the reviewers and the history. */
    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    /** Whether it is a hotfix, for policies that treat one differently. */
    public boolean isHotfix() {
        return hotfix;
    }

    @DataBoundSetter
    public void setHotfix(boolean hotfix) {
        this.hotfix = hotfix;
    }

    /** Whether the build waits until it is merged. */
    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** Whether the step merges it once it passes, or leaves that to others. */
    public boolean isMerge() {
        return merge;
    }

    @DataBoundSetter
    public void setMerge(boolean merge) {
        this.merge = merge;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        ModelgatePermissions.check(context.get(Run.class), ModelgatePermissions.PROMOTE);
        return new Execution(context, this);
    }

    private static final class Execution extends ProposalExecution {
        private static final long serialVersionUID = 1L;

        private final String model;
        private final String to;
        private final String reason;
        private final boolean hotfix;
        private String ref;
        private String root;

        Execution(StepContext context, PromoteModelStep step) {
            super(context, step.getRegistry(), step.wait, step.merge);
            this.model = step.model;
            this.to = step.to;
            this.reason = step.reason;
            this.hotfix = step.hotfix;
        }

        @Override
        Submission propose(Registry open, boolean merge) throws IOException, InterruptedException {
            ModelReference reference = Failure.parse(model, ModelReference::parse);
            Stage stage = Failure.parse(to, Stage::new);
            Resolved found = open.catalog().resolve(reference);
            VersionId version = found.version();
            ref = version.toString();
            root = found.manifest().rootDigest().toString();
            PromotionRequest request = new PromotionRequest(
                    List.of(version),
                    stage,
                    hotfix ? StagePointer.Reason.HOTFIX : StagePointer.Reason.PROMOTE,
                    Optional.ofNullable(reason));
            Checked<Submission> done = open.submit(() -> open.plan(request), merge);
            return done.ok() ? done.get() : Failure.orAbort(done, log());
        }

        @Override
        boolean proposesAgain() {
            return true;
        }

        @Override
        Object result(Registry open, Outcome outcome) {
            return new PromotedModel(VersionId.parse(ref), Digest.parse(root), to, outcome);
        }
    }

    @Extension
    public static class DescriptorImpl extends RegistryStepDescriptor {
        @Override
        public String getFunctionName() {
            return "promoteModel";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Promote a version of a model to a stage";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
