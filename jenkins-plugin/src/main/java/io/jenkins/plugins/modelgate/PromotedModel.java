package io.jenkins.plugins.modelgate;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** How a promotion ended. */
public final class PromotedModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String ref;
    private final String stage;
    private final int proposal;
    private final String verdict;
    private final String commit;

    PromotedModel(String ref, String stage, ProposalExecution.Outcome outcome) {
        this.ref = ref;
        this.stage = stage;
        this.proposal = outcome.proposal();
        this.verdict = outcome.verdict();
        this.commit = outcome.commit();
    }

    /** {@code namespace/name@version}. */
    @Whitelisted
    public String getRef() {
        return ref;
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
    @Whitelisted
    public String getCommit() {
        return commit;
    }

    @Override
    public String toString() {
        return ref + " in " + stage + ": " + verdict;
    }
}
