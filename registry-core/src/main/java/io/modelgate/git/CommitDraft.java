package io.modelgate.git;

import java.time.Instant;
import java.util.List;

/**
 * A commit to be written.
 *
 * @param message the whole message
 * @param author who made it
 * @param committer who wrote it down
 * @param when when it was made, to the second, in UTC
 * @param parents in order
 */
public record CommitDraft(String message, Author author, Author committer, Instant when, List<CommitId> parents) {
    public CommitDraft {
        parents = List.copyOf(parents);
    }

    /** A commit whose author writes it. */
    public CommitDraft(String message, Author author, Instant when, List<CommitId> parents) {
        this(message, author, author, when, parents);
    }
}
