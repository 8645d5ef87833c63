package io.modelgate.git;

/**
 * The object id of a blob or a tree.
 *
 * @param hex 40 lower-case hex digits
 */
public record EntryId(String hex) {
    @Override
    public String toString() {
        return hex;
    }
}
