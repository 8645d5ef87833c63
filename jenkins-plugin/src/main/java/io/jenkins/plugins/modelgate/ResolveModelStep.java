package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.finding.RegistryException;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Tells which version a reference stands for now. */
public class ResolveModelStep extends Step {
    private final String model;
    private String registry;

    /** @param model {@code ns/name@prod}, {@code ns/name@1.4.0} or {@code ns/name@sha256:…} */
    @DataBoundConstructor
    public ResolveModelStep(@NonNull String model) {
        this.model = model;
    }

    @NonNull
    public String getModel() {
        return model;
    }

    /** The id of a configured registry; the only one when null. */
    public String getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, model, registry);
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
                ResolvedModel found = ResolvedModel.of(open.catalog().resolve(reference));
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
    public static class DescriptorImpl extends StepDescriptor {
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

        @org.kohsuke.stapler.verb.POST
        public hudson.util.ListBoxModel doFillRegistryItems(
                @org.kohsuke.stapler.AncestorInPath hudson.model.Item item,
                @org.kohsuke.stapler.QueryParameter String registry) {
            return RegistryChoice.of(item, registry);
        }
    }
}
