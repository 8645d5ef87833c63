package io.modelgate.audit;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.VersionId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the bytes of versions are, in every place where they must be.
 *
 * @param scope which versions were looked at
 * @param versions how many those were
 * @param places the stores in their order, each followed by its mirrors
 */
public record BytesReport(AuditScope scope, int versions, List<PlaceReport> places) {
    public BytesReport {
        places = List.copyOf(places);
    }

    /** What can be wrong with an object. */
    public enum State {
        MISSING,
        WRONG_SIZE,
        CHANGED,
        UNREACHABLE;

        /** The word in reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * An object that is not right in a place.
     *
     * @param digest what its bytes should have
     * @param size how many bytes there should be
     * @param state what is wrong
     * @param path its name in the version
     * @param version the first version that has it
     * @param others how many more versions that were looked at have it
     * @param unread why it could not be read
     */
    public record Problem(
            Digest digest,
            long size,
            State state,
            String path,
            VersionId version,
            int others,
            Optional<Obstacle> unread) {
        static final Comparator<Problem> ORDER = Comparator.comparing(Problem::version)
                .thenComparing(Problem::path)
                .thenComparing(Problem::digest)
                .thenComparing(Problem::size);
    }

    /**
     * What a place has that no merged version refers to.
     *
     * @param objects how many
     * @param bytes how large together
     */
    public record Unreferenced(long objects, long bytes) {}

    /**
     * How many objects are how.
     *
     * @param right how many are there and right
     * @param bytes how many bytes those are
     * @param wrong how many are not, by what is wrong with them
     */
    public record Counts(long right, long bytes, Map<State, Long> wrong) {
        public Counts {
            wrong = Map.copyOf(wrong);
        }

        /** How many are not right. */
        public long problems() {
            return wrong.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * One place.
     *
     * @param store the name of its store
     * @param address where it is
     * @param isMirror whether it is a mirror
     * @param counts how many objects are how
     * @param problems what is not right, sorted; the first {@link #MOST_NAMED}
     * @param unreferenced empty when the place cannot list what it has, or not everything was looked at
     * @param unlisted why what it has could not be listed though it was asked; its objects may be right all the same
     */
    public record PlaceReport(
            String store,
            String address,
            boolean isMirror,
            Counts counts,
            List<Problem> problems,
            Optional<Unreferenced> unreferenced,
            Optional<Obstacle> unlisted) {
        /** So many problems of a place are named, however many there are. */
        public static final int MOST_NAMED = 10_000;

        public PlaceReport {
            problems = List.copyOf(problems);
        }

        /** How many objects are there and right. */
        public long right() {
            return counts.right();
        }

        /** How many objects are in this state. */
        public long count(State state) {
            return counts.wrong().getOrDefault(state, 0L);
        }

        /** How many problems there are beyond those that are named. */
        public long unnamed() {
            return counts.problems() - problems.size();
        }
    }

    /** Whether an object is missing or other somewhere. */
    public boolean isDamaged() {
        return places.stream()
                .anyMatch(
                        place -> place.count(State.UNREACHABLE) < place.counts().problems());
    }

    /** Whether something could not be read, so that nobody knows how it is. */
    public boolean isIncomplete() {
        return places.stream().anyMatch(place -> place.count(State.UNREACHABLE) > 0);
    }
}
