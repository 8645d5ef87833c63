package io.modelgate.git;

import java.time.Instant;
import java.util.List;

/**
 * A commit to be written.
 *
 * @param message the whole message
 * @param author who made it, also taken as the committer
 * @param when when it was made, to the second, in UTC
 * @param parents in order
 */
public record CommitDraft(String message, Author author, Instant when, List<CommitId> parents) {
    public CommitDraft {
        parents = List.copyOf(parents);
    }
}
