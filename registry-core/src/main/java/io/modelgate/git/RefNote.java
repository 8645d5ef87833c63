package io.modelgate.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a process writes down before it moves refs, so that the next one can finish or undo its work if it dies.
 *
 * @param decided whether all locks were held and the refs were about to move, so that those that did not must still do so
 * @param changes where the refs were to go
 */
record RefNote(boolean decided, List<RefChange> changes) {
    private static final String DECIDED = "decided";
    private static final String LOCKING = "locking";
    private static final String NONE = "-";

    RefNote {
        changes = List.copyOf(changes);
    }

    String toText() {
        StringBuilder text = new StringBuilder(decided ? DECIDED : LOCKING).append('\n');
        for (RefChange change : changes) {
            text.append(word(change.expected())).append(' ').append(word(change.next()));
            text.append(' ').append(change.ref()).append('\n');
        }
        return text.append("end\n").toString();
    }

    /** Reads a note; one that was cut off says nothing, because its writer died before it took a lock. */
    static Optional<RefNote> read(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2 || !text.endsWith("\nend\n")) {
            return Optional.empty();
        }
        try {
            List<RefChange> changes = new ArrayList<>();
            for (String line : lines.subList(1, lines.size() - 1)) {
                String[] words = line.split(" ", 3);
                changes.add(new RefChange(words[2], commit(words[0]), commit(words[1])));
            }
            return Optional.of(new RefNote(lines.get(0).equals(DECIDED), changes));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String word(Optional<CommitId> commit) {
        return commit.map(CommitId::hex).orElse(NONE);
    }

    private static Optional<CommitId> commit(String word) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(new CommitId(word));
    }
}
