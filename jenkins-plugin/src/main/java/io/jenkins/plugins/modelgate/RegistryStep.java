package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step that works on one of the configured registries. */
public abstract class RegistryStep extends Step {
    private String registry;

    /** The id of a configured registry; the only one when null. */
    @CheckForNull
    public String getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    /** Knows the registries to choose from. */
    public abstract static class RegistryStepDescriptor extends StepDescriptor {
        @POST
        public ListBoxModel doFillRegistryItems(@AncestorInPath Item item, @QueryParameter String registry) {
            return RegistryChoice.of(item, registry);
        }
    }
}
