package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Brings the files of a version into the workspace, every byte verified. */
public class PullModelStep extends RegistryStep {
    private final String model;
    private final String to;

    /**
     * @param model {@code ns/name@prod}, {@code ns/name@1.4.0} or {@code ns/name@sha256:…}
     * @param to a folder of the workspace
     */
    @DataBoundConstructor
    public PullModelStep(@NonNull String model, @NonNull String to) {
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

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<ResolvedModel> {
        private static final long serialVersionUID = 1L;

        private final transient PullModelStep step;

        Execution(StepContext context, PullModelStep step) {
            super(context);
            this.step = step;
        }

        @Override
        protected ResolvedModel run() throws Exception {
            ModelReference reference = Failure.parse(step.model, ModelReference::parse);
            RegistrySettings settings = ModelgateConfiguration.get().registry(step.getRegistry());
            try (Registry registry = OpenRegistry.of(settings, getContext().get(Run.class))) {
                Resolved found = registry.catalog().resolve(reference);
                pull(registry, found);
                return new ResolvedModel(found);
            } catch (RegistryException e) {
                throw Failure.of(e);
            }
        }

        private void pull(Registry registry, Resolved found) throws IOException, InterruptedException {
            PrintStream log = getContext().get(TaskListener.class).getLogger();
            log.println("[modelgate] " + step.model + " is " + found.version() + " ("
                    + found.manifest().rootDigest() + ").");
            List<FoundFile> files =
                    found.manifest().artifacts().stream().map(FoundFile::of).toList();
            Workspace workspace = Workspace.of(getContext());
            StoreAddress store =
                    StoreAddress.of(registry, found.version(), found.manifest().store(), workspace.logins());
            workspace.fetch(store, files, step.to).show(log);
        }
    }

    @Extension
    public static class DescriptorImpl extends RegistryStepDescriptor {
        @Override
        public String getFunctionName() {
            return "pullModel";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Bring the files of a version of a model into the workspace";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, EnvVars.class);
        }
    }
}
