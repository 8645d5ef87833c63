package io.modelgate.store;

import java.util.Set;

/** Folders of this machine, or mounted on it. */
public final class FileStoreKind implements StoreKind {
    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public ArtifactStore open(Site site) {
        return new FileStore(site.name(), FileAddress.of(site));
    }
}
