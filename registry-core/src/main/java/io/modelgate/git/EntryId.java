package io.modelgate.git;

import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The object id of a blob or a tree.
 *
 * @param hex 40 lower-case hex digits
 */
public record EntryId(String hex) {
    static EntryId of(AnyObjectId id) {
        return new EntryId(id.name());
    }

    ObjectId toObjectId() {
        return ObjectId.fromString(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
