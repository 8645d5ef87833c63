package io.modelgate.host;

import io.modelgate.git.CommitId;
import java.util.Optional;

/**
 * A ref that somebody pushes.
 *
 * @param ref its name, as the pusher wrote it
 * @param before where it was; empty when it is new
 * @param after where it is to go; empty when it is to be deleted
 */
record PushedRef(String ref, Optional<CommitId> before, Optional<CommitId> after) {
    private static final String NOTHING = "0".repeat(40);

    /** Reads {@code <old> <new> <ref>}, a line that Git gives to a hook. */
    static PushedRef parse(String line) {
        String[] parts = line.split(" ", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Git said '" + line + "', which is not <old> <new> <ref>");
        }
        return new PushedRef(parts[2], id(parts[0]), id(parts[1]));
    }

    private static Optional<CommitId> id(String hex) {
        return hex.equals(NOTHING) ? Optional.empty() : Optional.of(new CommitId(hex));
    }
}
