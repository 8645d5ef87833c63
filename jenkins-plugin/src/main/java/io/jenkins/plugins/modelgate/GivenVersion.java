package io.jenkins.plugins.modelgate;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.VersionId;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** The version of a model that a step gives to the script: of text alone, which a Pipeline saves as it is. */
public abstract class GivenVersion implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final String version;
    private final String digest;

    GivenVersion(VersionId id, Digest root) {
        this.model = id.model().toString();
        this.version = id.version().toString();
        this.digest = root.toString();
    }

    /** {@code namespace/name}. */
    @Whitelisted
    public final String getModel() {
        return model;
    }

    /** The version alone, such as {@code 1.4.0}. */
    @Whitelisted
    public final String getVersion() {
        return version;
    }

    /** {@code namespace/name@version}, as other steps take it. */
    @Whitelisted
    public final String getRef() {
        return model + "@" + version;
    }

    /** Root digest of its files, {@code sha256:…}. */
    @Whitelisted
    public final String getDigest() {
        return digest;
    }

    @Override
    public String toString() {
        return getRef();
    }
}
