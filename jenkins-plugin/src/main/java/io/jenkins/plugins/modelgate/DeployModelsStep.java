package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Hands to the targets of a stage what its pointers changed since the last time. */
public class DeployModelsStep extends RegistryStep {
    static final String INTO = "deploy";

    private final String stage;
    private String target;
    private String into;

    /** @param stage such as {@code prod} */
    @DataBoundConstructor
    public DeployModelsStep(@NonNull String stage) {
        this.stage = stage;
    }

    @NonNull
    public String getStage() {
        return stage;
    }

    /** The one target to hand over to; all when null. */
    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = Util.fixEmptyAndTrim(target);
    }

    /** The folder of the workspace that rendered manifests are written to; {@code deploy} when null. */
    public String getInto() {
        return into;
    }

    @DataBoundSetter
    public void setInto(String into) {
        String folder = Util.fixEmptyAndTrim(into);
        this.into = INTO.equals(folder) ? null : folder;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DeployModelsExecution(context, this);
    }

    @Extension
    public static class DescriptorImpl extends RegistryStepDescriptor {
        @Override
        public String getFunctionName() {
            return "deployModels";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Deploy the models of a stage";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
