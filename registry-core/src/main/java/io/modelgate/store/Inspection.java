package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Reads many files in one place, and says of each how it is, whatever happens to the others. */
public final class Inspection {
    /** So many in a row that cannot be read, and the place is taken for gone: each would wait as long again. */
    private static final int MOST_IN_A_ROW = 3;

    private final ArtifactStore place;
    private final Progress progress;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<String> gone = new AtomicReference<>("");

    private Inspection(ArtifactStore place, Progress progress) {
        this.place = place;
        this.progress = progress;
    }

    /**
     * How a file is.
     *
     * @param file what was asked for
     * @param state what the place has; empty when it could not be asked
     * @param trouble why it could not
     */
    public record Inspected(FileDigest file, Optional<Verification> state, Optional<String> trouble) {}

    /** Reads them, several at once; the answers are in the order of the files. */
    public static List<Inspected> of(ArtifactStore place, List<FileDigest> files, Progress progress) {
        return Workers.map(files, place.atOnce(), new Inspection(place, progress)::inspect);
    }

    private Inspected inspect(FileDigest file) {
        if (failures.get() >= MOST_IN_A_ROW) {
            progress.found(file.size());
            return new Inspected(file, Optional.empty(), Optional.ofNullable(gone.get()));
        }
        FileProgress reading = new FileProgress(progress);
        try {
            Verification state = place.verify(file, reading);
            failures.set(0);
            reading.completeTo(file.size());
            return new Inspected(file, Optional.of(state), Optional.empty());
        } catch (RegistryException e) {
            reading.completeTo(file.size());
            failures.incrementAndGet();
            gone.set(String.valueOf(e.getMessage()));
            return new Inspected(file, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
