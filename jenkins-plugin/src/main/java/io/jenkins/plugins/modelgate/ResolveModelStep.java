package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.finding.RegistryException;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Tells which version a reference stands for now. */
public class ResolveModelStep extends RegistryStep {
    private final String model;

    /** @param model {@code ns/name@prod}, {@code ns/name@1.4.0} or {@code ns/name@sha256:…} */
    @DataBoundConstructor
    public ResolveModelStep(@NonNull String model) {
        this.model = model;
    }

    @NonNull
    public String getModel() {
        return model;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, model, getRegistry());
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<ResolvedModel> {
        private static final long serialVersionUID = 1L;

        private final String model;
        private final String registry;

        Execution(StepContext context, String model, String registry) {
            super(context);
            this.model = model;
            this.registry = registry;
        }

        @Override
        protected ResolvedModel run() throws Exception {
            RegistrySettings settings = ModelgateConfiguration.get().registry(registry);
            try (Registry open = OpenRegistry.of(settings, getContext().get(Run.class))) {
                ModelReference reference = Failure.parse(model, ModelReference::parse);
                ResolvedModel found = new ResolvedModel(open.catalog().resolve(reference));
                getContext()
                        .get(TaskListener.class)
                        .getLogger()
                        .println("[modelgate] " + model + " is " + found.getRef() + " (" + found.getDigest() + ").");
                return found;
            } catch (RegistryException e) {
                throw Failure.of(e);
            }
        }
    }

    @Extension
    public static class DescriptorImpl extends RegistryStepDescriptor {
        @Override
        public String getFunctionName() {
            return "resolveModel";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Tell which version of a model a reference stands for";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
