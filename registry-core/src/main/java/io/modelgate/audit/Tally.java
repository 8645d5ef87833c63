package io.modelgate.audit;

import io.modelgate.audit.BytesReport.Counts;
import io.modelgate.audit.BytesReport.PlaceReport;
import io.modelgate.audit.BytesReport.Problem;
import io.modelgate.audit.BytesReport.State;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.FileDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Counts how files are in a place, and remembers the first problems. */
final class Tally {
    private final TreeSet<Problem> problems = new TreeSet<>(Problem.ORDER);
    private final Map<State, Long> wrong = new EnumMap<>(State.class);
    private long right;
    private long bytes;

    void right(FileDigest file) {
        right++;
        bytes += file.size();
    }

    /** @param others how many more versions have the file */
    void wrong(FileDigest file, State state, VersionId version, int others, Optional<Obstacle> unread) {
        wrong.merge(state, 1L, Long::sum);
        problems.add(new Problem(file.digest(), file.size(), state, file.path(), version, others, unread));
        if (problems.size() > PlaceReport.MOST_NAMED) {
            problems.pollLast();
        }
    }

    Counts counts() {
        return new Counts(right, bytes, wrong);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
