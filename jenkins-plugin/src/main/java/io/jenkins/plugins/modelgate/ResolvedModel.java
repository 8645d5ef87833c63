package io.jenkins.plugins.modelgate;

import io.modelgate.catalog.Resolved;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a reference stood for when a step asked: an immutable version and its digests. */
public final class ResolvedModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final String version;
    private final String digest;
    private final String manifest;

    ResolvedModel(String model, String version, String digest, String manifest) {
        this.model = model;
        this.version = version;
        this.digest = digest;
        this.manifest = manifest;
    }

    static ResolvedModel of(Resolved found) {
        return new ResolvedModel(
                found.version().model().toString(),
                found.version().version().toString(),
                found.manifest().rootDigest().toString(),
                found.manifestDigest().toString());
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

    /** Digest of its manifest, {@code sha256:…}. */
    @Whitelisted
    public String getManifest() {
        return manifest;
    }

    @Override
    public String toString() {
        return getRef();
    }
}
