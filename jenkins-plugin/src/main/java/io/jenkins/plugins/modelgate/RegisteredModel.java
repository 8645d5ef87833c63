package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.VersionId;
import java.util.Optional;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A version that was registered or is proposed, and how that stands. */
public final class RegisteredModel extends GivenVersion {
    private static final long serialVersionUID = 1L;

    private final String verdict;
    private final Integer proposal;
    private final String url;
    private final String merged;

    RegisteredModel(VersionId id, Digest root, ProposalExecution.Outcome outcome, Optional<String> page) {
        super(id, root);
        this.verdict = outcome.verdict();
        this.proposal = outcome.proposal() == 0 ? null : outcome.proposal();
        this.url = page.orElse(null);
        this.merged = outcome.commit();
    }

    /** {@code pass}, or {@code pending} while approvals are missing. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** Number of the proposal; null when the version was registered already. */
    @CheckForNull
    @Whitelisted
    public Integer getProposal() {
        return proposal;
    }

    /** Page of the proposal; null where the host has none. */
    @CheckForNull
    @Whitelisted
    public String getUrl() {
        return url;
    }

    /** The merge commit; null while it is not merged, and when the version was registered already. */
    @CheckForNull
    @Whitelisted
    public String getMerged() {
        return merged;
    }
}
