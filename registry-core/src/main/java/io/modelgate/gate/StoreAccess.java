package io.modelgate.gate;

import io.modelgate.manifest.RegistryConfig;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Verification;
import java.util.Optional;

/** How the gate looks at bytes: only through stores that the target branch names. */
public interface StoreAccess {
    /**
     * Reads the bytes of an artifact and compares them with its digest.
     *
     * @param registry the configuration of the target branch
     * @param store the name of a store of it; the first when empty
     */
    Verification verify(RegistryConfig registry, Optional<String> store, FileDigest file);
}
