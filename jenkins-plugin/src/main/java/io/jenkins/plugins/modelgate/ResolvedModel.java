package io.jenkins.plugins.modelgate;

import io.modelgate.catalog.Resolved;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a reference stood for when a step asked: an immutable version and its digests. */
public final class ResolvedModel extends GivenVersion {
    private static final long serialVersionUID = 1L;

    private final String manifest;

    ResolvedModel(Resolved found) {
        super(found.version(), found.manifest().rootDigest());
        this.manifest = found.manifestDigest().toString();
    }

    /** Digest of its manifest, {@code sha256:…}. */
    @Whitelisted
    public String getManifest() {
        return manifest;
    }
}
