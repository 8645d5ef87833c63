package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.VersionId;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** How a promotion ended. */
public final class PromotedModel extends GivenVersion {
    private static final long serialVersionUID = 1L;

    private final String stage;
    private final int proposal;
    private final String verdict;
    private final String commit;

    PromotedModel(VersionId id, Digest root, String stage, ProposalExecution.Outcome outcome) {
        super(id, root);
        this.stage = stage;
        this.proposal = outcome.proposal();
        this.verdict = outcome.verdict();
        this.commit = outcome.commit();
    }

    /** The stage it was to enter. */
    @Whitelisted
    public String getStage() {
        return stage;
    }

    /** The number of the proposal; 0 when it was in the stage already. */
    @Whitelisted
    public int getProposal() {
        return proposal;
    }

    /** {@code pass}, {@code pending}, or {@code merged} where somebody else merged it. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** The merge commit; null when it was not merged, or in the stage already. */
    @CheckForNull
    @Whitelisted
    public String getCommit() {
        return commit;
    }

    @Override
    public String toString() {
        return getRef() + " in " + stage + ": " + verdict;
    }
}
