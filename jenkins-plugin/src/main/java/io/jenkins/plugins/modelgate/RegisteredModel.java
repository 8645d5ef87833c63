package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.Submission;
import java.io.Serializable;
import java.util.Optional;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A version that was registered or is proposed, and how that stands. */
public final class RegisteredModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final String version;
    private final String digest;
    private final String verdict;
    private Integer proposal;
    private String url;
    private String merged;

    private RegisteredModel(VersionId id, Digest root, Verdict.Outcome verdict) {
        this.model = id.model().toString();
        this.version = id.version().toString();
        this.digest = root.toString();
        this.verdict = verdict.word();
    }

    /** It was there already, with the same bytes. */
    static RegisteredModel known(VersionId id, Digest root) {
        return new RegisteredModel(id, root, Verdict.Outcome.PASS);
    }

    static RegisteredModel of(VersionId id, Digest root, Submission done, Optional<String> page) {
        RegisteredModel registered = new RegisteredModel(
                id, root, done.verdict().map(Verdict::outcome).orElse(Verdict.Outcome.PASS));
        registered.proposal = done.proposal().isPresent() ? done.proposal().getAsInt() : null;
        registered.url = page.orElse(null);
        registered.merged = done.merged().map(CommitId::toString).orElse(null);
        return registered;
    }

    /** {@code namespace/name}. */
    @Whitelisted
    public String getModel() {
        return model;
    }

    /** The version alone, such as {@code 1.4.0}. */
    @Whitelisted
    public String getVersion() {
        return version;
    }

    /** {@code namespace/name@version}, as other steps take it. */
    @Whitelisted
    public String getRef() {
        return model + "@" + version;
    }

    /** Root digest of its files, {@code sha256:…}. */
    @Whitelisted
    public String getDigest() {
        return digest;
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

    @Override
    public String toString() {
        return getRef();
    }
}
