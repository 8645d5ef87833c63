package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.checks.steps.ChecksInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The gate in the Jenkinsfile of a registry: judges the proposal that is being built, and fails the build if it does not pass. */
public class ModelgateStep extends RegistryStep {
    private static final String FOLDER = "modelgate";

    private int proposal;
    private String reports = FOLDER;
    private boolean publish = true;

    @DataBoundConstructor
    public ModelgateStep() {
        // everything may be left out
    }

    /** The number of a proposal; 0 for the one that is being built. */
    public int getProposal() {
        return proposal;
    }

    @DataBoundSetter
    public void setProposal(int proposal) {
        this.proposal = proposal;
    }

    /** The folder of the workspace for the reports. */
    public String getReports() {
        return reports;
    }

    @DataBoundSetter
    public void setReports(String reports) {
        String folder = Util.fixEmptyAndTrim(reports);
        this.reports = folder == null ? FOLDER : folder;
    }

    /** Whether status, comment and check are set on the host. */
    public boolean isPublish() {
        return publish;
    }

    @DataBoundSetter
    public void setPublish(boolean publish) {
        this.publish = publish;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<Void> {
        private static final long serialVersionUID = 1L;

        private final String registry;
        private final int proposal;
        private final String reports;
        private final boolean publish;

        Execution(StepContext context, ModelgateStep step) {
            super(context);
            this.registry = step.getRegistry();
            this.proposal = step.proposal;
            this.reports = step.reports;
            this.publish = step.publish;
        }

        @Override
        protected Void run() throws Exception {
            gate(Optional.ofNullable(getContext().get(FilePath.class))).judge();
            return null;
        }

        private GateRun gate(Optional<FilePath> workspace) throws IOException, InterruptedException {
            StepContext context = getContext();
            Optional<String> check = Optional.ofNullable(context.get(ChecksInfo.class))
                    .map(ChecksInfo::getName)
                    .filter(name -> !name.isBlank());
            return new GateRun(
                    context.get(Run.class),
                    context.get(TaskListener.class),
                    new GateOptions(registry, proposal, reports, publish),
                    workspace,
                    check);
        }

        /** Jenkins ended in the middle: the check does not go on saying that somebody judges. */
        @Override
        public void onResume() {
            try {
                GateRun gate = gate(Optional.empty());
                Timer.get().execute(gate::stopped);
            } catch (IOException | InterruptedException e) {
                Logger.getLogger(ModelgateStep.class.getName()).log(Level.WARNING, "a check may not have ended", e);
            }
            super.onResume();
        }
    }

    @Extension
    public static class DescriptorImpl extends RegistryStepDescriptor {
        @Override
        public String getFunctionName() {
            return "modelgate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Judge the proposal to a model registry that is being built";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @POST
        public FormValidation doCheckReports(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null || !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            try {
                ReportFiles.require(value.isBlank() ? FOLDER : value);
                return FormValidation.ok();
            } catch (IOException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
