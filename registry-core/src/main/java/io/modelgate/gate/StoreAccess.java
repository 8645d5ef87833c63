package io.modelgate.gate;

import io.modelgate.format.Examined;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Verification;
import java.util.List;
import java.util.Optional;

/** How the gate looks at bytes: only through stores that the target branch names. */
public interface StoreAccess {
    /**
     * Reads the bytes of artifacts and compares them with their digests; the answers are in the order of the files.
     *
     * @param registry the configuration of the target branch
     * @param store the name of a store of it; the first when empty
     */
    List<Verification> verify(RegistryConfig registry, Optional<String> store, List<FileDigest> files);

    /** Tells from the bytes of verified artifacts what they are; the answers are in the order of the files. */
    List<Examined> examine(RegistryConfig registry, Optional<String> store, List<FileDigest> files);
}
