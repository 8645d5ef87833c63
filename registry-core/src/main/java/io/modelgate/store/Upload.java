package io.modelgate.store;

import java.nio.file.Path;

/**
 * An artifact whose bytes are to be put into a store.
 *
 * @param file the name, digest and size that the bytes must have
 * @param source the file on this machine
 * @param store the name of the store
 */
public record Upload(FileDigest file, Path source, String store) {
    @Override
    public String toString() {
        return file.path() + " (" + file.size() + " bytes, " + file.digest() + ") to store " + store;
    }
}
