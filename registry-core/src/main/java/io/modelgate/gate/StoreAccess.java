package io.modelgate.gate;

import io.modelgate.format.Examined;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Verification;
import java.util.List;

/** How the gate looks at bytes: only through stores that the target branch names. */
public interface StoreAccess {
    /**
     * Reads the bytes of artifacts and compares them with their digests; the answers are in the order of the files.
     *
     * @param registry the configuration of the target branch
     * @param version whose files, and which store of it they are in
     */
    List<Verification> verify(RegistryConfig registry, StoredVersion version);

    /** Tells from the bytes of verified artifacts what they are; the answers are in the order of the files. */
    List<Examined> examine(RegistryConfig registry, StoredVersion version);
}
