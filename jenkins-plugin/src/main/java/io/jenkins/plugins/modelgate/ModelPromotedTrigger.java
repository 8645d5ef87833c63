package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.ListBoxModel;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Starts a job when a stage of a registry points to another version. {@link PromotionPolling} looks for that. */
public class ModelPromotedTrigger extends Trigger<Job<?, ?>> {
    private String stages;
    private String models;
    private String registry;

    @DataBoundConstructor
    public ModelPromotedTrigger() {}

    /** Names of stages with commas between them; all when null. */
    public String getStages() {
        return stages;
    }

    @DataBoundSetter
    public void setStages(String stages) {
        this.stages = Util.fixEmptyAndTrim(stages);
    }

    /** Globs of models such as {@code credit/*}, with commas between them; all when null. */
    public String getModels() {
        return models;
    }

    @DataBoundSetter
    public void setModels(String models) {
        this.models = Util.fixEmptyAndTrim(models);
    }

    /** The id of a configured registry; the only one when null. */
    public String getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    /** A new one looks at once: what is promoted from now on starts the job, and not only what is promoted after the next round. */
    @Override
    public void start(Job<?, ?> project, boolean newInstance) {
        super.start(project, newInstance);
        if (newInstance) {
            PromotionPolling.get().doRun();
        }
    }

    /** Whether it waits for this stage and model. */
    boolean waitsFor(StagePointer pointer) {
        return takesStage(pointer.stage()) && takesModel(pointer.model());
    }

    private boolean takesStage(Stage stage) {
        return stages == null || words(stages).contains(stage.name());
    }

    private boolean takesModel(ModelName model) {
        return models == null || words(models).stream().anyMatch(model::matches);
    }

    private static List<String> words(String list) {
        return Arrays.asList(list.trim().split("\\s*,\\s*", -1));
    }

    /** The trigger of a job, if it has one. */
    static Stream<ModelPromotedTrigger> of(ParameterizedJobMixIn.ParameterizedJob<?, ?> job) {
        return job.getTriggers().values().stream()
                .filter(ModelPromotedTrigger.class::isInstance)
                .map(ModelPromotedTrigger.class::cast);
    }

    @Extension
    @Symbol("modelPromoted")
    public static class DescriptorImpl extends TriggerDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Build when a model is promoted";
        }

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @POST
        public ListBoxModel doFillRegistryItems(@AncestorInPath Item item, @QueryParameter String registry) {
            return RegistryChoice.of(item, registry);
        }
    }
}
