package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.modelgate.Registry;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.Submission;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Registers a version of a model from files of the workspace. */
public class RegisterModelStep extends RegistryStep {
    private final String model;
    private final String version;
    private final String files;
    private String card;
    private String evidence;
    private String facts;
    private String description;
    private String dataset;
    private String role;
    private String task;
    private String favourable;
    private String references;
    private String toolVersion;
    private String store;
    private long rows;
    private boolean wait;

    /**
     * @param model {@code namespace/name}
     * @param version such as {@code 1.4.0}
     * @param files patterns below the workspace, with commas or line breaks between them
     */
    @DataBoundConstructor
    public RegisterModelStep(@NonNull String model, @NonNull String version, @NonNull String files) {
        this.model = model;
        this.version = version;
        this.files = files;
    }

    @NonNull
    public String getModel() {
        return model;
    }

    @NonNull
    public String getVersion() {
        return version;
    }

    @NonNull
    public String getFiles() {
        return files;
    }

    /** The model card. */
    public String getCard() {
        return card;
    }

    @DataBoundSetter
    public void setCard(String card) {
        this.card = Util.fixEmptyAndTrim(card);
    }

    /** Evaluations, fairness reports, and reports of other tools. */
    public String getEvidence() {
        return evidence;
    }

    @DataBoundSetter
    public void setEvidence(String evidence) {
        this.evidence = Util.fixEmptyAndTrim(evidence);
    }

    /** What the job knows, as facts.yaml has it. */
    public String getFacts() {
        return facts;
    }

    @DataBoundSetter
    public void setFacts(String facts) {
        this.facts = Util.fixEmptyAndTrim(facts);
    }

    /** {@code model.yaml} of a new model. */
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    /** The data that reports of other tools were measured on. */
    public String getDataset() {
        return dataset;
    }

    @DataBoundSetter
    public void setDataset(String dataset) {
        this.dataset = Util.fixEmptyAndTrim(dataset);
    }

    /** What that data is for; {@code test} when null. */
    public String getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(String role) {
        this.role = Util.fixEmptyAndTrim(role);
    }

    /** What the model does; {@code binary-classification} when null. */
    public String getTask() {
        return task;
    }

    @DataBoundSetter
    public void setTask(String task) {
        this.task = Util.fixEmptyAndTrim(task);
    }

    /** The outcome that is good for the person, if the reports do not say it. */
    public String getFavourable() {
        return favourable;
    }

    @DataBoundSetter
    public void setFavourable(String favourable) {
        this.favourable = Util.fixEmptyAndTrim(favourable);
    }

    /** Groups that others are compared with, such as {@code sex=male}. */
    public String getReferences() {
        return references;
    }

    @DataBoundSetter
    public void setReferences(String references) {
        this.references = Util.fixEmptyAndTrim(references);
    }

    /** Which version of the tool wrote the reports, if they do not say it. */
    public String getToolVersion() {
        return toolVersion;
    }

    @DataBoundSetter
    public void setToolVersion(String toolVersion) {
        this.toolVersion = Util.fixEmptyAndTrim(toolVersion);
    }

    /** The store of the registry that the files go to; its first when null. */
    public String getStore() {
        return store;
    }

    @DataBoundSetter
    public void setStore(String store) {
        this.store = Util.fixEmptyAndTrim(store);
    }

    /** How many rows that data has, if the reports do not say it; otherwise 0. */
    public long getRows() {
        return rows;
    }

    @DataBoundSetter
    public void setRows(long rows) {
        this.rows = rows;
    }

    /** Whether the build waits until it is merged. */
    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        ModelgatePermissions.check(context.get(Run.class), ModelgatePermissions.REGISTER);
        return new Execution(context, this);
    }

    private TrainingFiles wanted() {
        return new TrainingFiles(
                TrainingFiles.patterns(files),
                TrainingFiles.patterns(evidence),
                card,
                facts,
                description,
                new MeasuredOn(dataset, role, rows, task, favourable, references, toolVersion));
    }

    private static final class Execution extends ProposalExecution {
        private static final long serialVersionUID = 1L;

        private final transient RegisterModelStep step;
        private final String ref;
        private String root;

        Execution(StepContext context, RegisterModelStep step) {
            super(context, step.getRegistry(), step.wait, true);
            this.step = step;
            this.ref = step.model + "@" + step.version;
        }

        @Override
        Submission propose(Registry open, boolean merge) throws IOException, InterruptedException {
            VersionId id = Failure.parse(ref, VersionId::parse);
            TrainingFiles wanted = step.wanted();
            Failure.parse("", nothing -> wanted.wanted());
            Registration.Registered registered = new Registration(open, log())
                    .register(id, TrainingFiles.said(step.store), wanted, Workspace.of(getContext()), merge);
            root = registered.root().toString();
            return registered.done();
        }

        /** The agent would have to be there, and it may have been in the middle of uploading. */
        @Override
        boolean proposesAgain() {
            return false;
        }

        @Override
        Object result(Registry open, Outcome outcome) {
            return new RegisteredModel(
                    VersionId.parse(ref),
                    Digest.parse(root),
                    outcome,
                    outcome.proposal() == 0
                            ? Optional.empty()
                            : open.host().page(outcome.proposal()).map(URI::toString));
        }
    }

    @Extension
    public static class DescriptorImpl extends RegistryStepDescriptor {
        @Override
        public String getFunctionName() {
            return "registerModel";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Register a version of a model";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, EnvVars.class);
        }
    }
}
