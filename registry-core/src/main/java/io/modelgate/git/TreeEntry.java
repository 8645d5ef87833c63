package io.modelgate.git;

/**
 * A file or folder of a tree.
 *
 * @param path slash-separated, from the root
 * @param mode what it is
 * @param id the object that holds it
 */
public record TreeEntry(String path, EntryMode mode, EntryId id) {
    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
