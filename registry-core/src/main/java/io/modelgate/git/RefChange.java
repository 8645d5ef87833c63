package io.modelgate.git;

import java.util.Optional;

/**
 * A ref that is to move, and where it must be before.
 *
 * @param ref full name, such as {@code refs/heads/main}
 * @param expected where it must be; empty when it must not exist
 * @param next where it goes; empty to delete it
 */
public record RefChange(String ref, Optional<CommitId> expected, Optional<CommitId> next) {
    public RefChange {
        RefNames.require(ref);
        if (expected.isEmpty() && next.isEmpty()) {
            throw new IllegalArgumentException("a ref that is not there cannot be deleted");
        }
    }

    public static RefChange create(String ref, CommitId next) {
        return new RefChange(ref, Optional.empty(), Optional.of(next));
    }

    public static RefChange move(String ref, CommitId expected, CommitId next) {
        return new RefChange(ref, Optional.of(expected), Optional.of(next));
    }

    public static RefChange delete(String ref, CommitId expected) {
        return new RefChange(ref, Optional.of(expected), Optional.empty());
    }
}
