package io.modelgate.store;

import io.modelgate.manifest.VersionId;
import java.nio.file.Path;

/**
 * An artifact whose bytes are to be put into a store.
 *
 * @param file the name, digest and size that the bytes must have
 * @param source the file on this machine
 * @param destination where to
 */
public record Upload(FileDigest file, Path source, Destination destination) {
    /**
     * Where files go. What is uploaded there together is all that a version has.
     *
     * @param store the name of the store
     * @param version whose files they are
     */
    public record Destination(String store, VersionId version) {}

    @Override
    public String toString() {
        return file.path() + " (" + file.size() + " bytes, " + file.digest() + ") to store " + destination.store();
    }
}
