package io.modelgate.git;

import java.util.regex.Pattern;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The id of a commit.
 *
 * @param hex 40 lower-case hex digits
 */
public record CommitId(String hex) implements Comparable<CommitId> {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}");

    public CommitId {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + hex + "' is not a commit id: 40 lower-case hex digits");
        }
    }

    static CommitId of(AnyObjectId id) {
        return new CommitId(id.name());
    }

    ObjectId toObjectId() {
        return ObjectId.fromString(hex);
    }

    /** The first ten digits, for people. */
    public String abbreviated() {
        return hex.substring(0, 10);
    }

    @Override
    public int compareTo(CommitId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
