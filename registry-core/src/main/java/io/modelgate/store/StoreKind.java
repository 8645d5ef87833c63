package io.modelgate.store;

import io.modelgate.manifest.StoreLocation;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes the stores of one kind of address. Kinds are found with {@link java.util.ServiceLoader}, so that the code of a kind that
 * a registry does not use is not loaded.
 */
public interface StoreKind {
    /** The schemes of its addresses, such as {@code s3}. */
    Set<String> schemes();

    /** The variables that say whose logins are used, and that a build may give; not where programs are found or what is trusted. */
    default Set<String> variables() {
        return Set.of();
    }

    /** Makes a store; nothing is asked before it is used. An address that makes no sense is ENVIRONMENT, with a remedy. */
    ArtifactStore open(Site site);

    /**
     * A store to be made.
     *
     * @param name its name in {@code registry.yaml}, for messages
     * @param location where it is
     * @param base what a relative folder is relative to
     * @param given variables that count before the process's own
     */
    record Site(String name, StoreLocation location, Path base, GivenVariables given) {
        /** With the variables of the process. */
        public Site(String name, StoreLocation location, Path base) {
            this(name, location, base, GivenVariables.NONE);
        }
    }
}
