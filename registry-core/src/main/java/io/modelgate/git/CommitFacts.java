package io.modelgate.git;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a commit says.
 *
 * @param id the commit
 * @param parents in order
 * @param message the whole message
 * @param author who made the change
 * @param committer who wrote the commit
 * @param committedAt when it was written, by the committer's clock
 */
public record CommitFacts(
        CommitId id,
        List<CommitId> parents,
        String message,
        Signature author,
        Signature committer,
        Instant committedAt) {
    public CommitFacts {
        parents = List.copyOf(parents);
    }

    /** A name and an address as a commit has them, unchecked. */
    public record Signature(String name, String email) {}

    /** The first line of the message. */
    public String subject() {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** The values of a trailer of the last paragraph, in order. */
    public List<String> trailers(String key) {
        String prefix = key + ": ";
        String text = message.strip();
        return text.substring(text.lastIndexOf("\n\n") + 1)
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** The value of a trailer that is there exactly once. */
    public Optional<String> trailer(String key) {
        List<String> values = trailers(key);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
