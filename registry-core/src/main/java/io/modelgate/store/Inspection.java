package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads many files in one place, and says of each how it is, whatever happens to the others. */
public final class Inspection {
    /** So many in a row that cannot be read, and the place is taken for gone: each would wait as long again. */
    private static final int MOST_IN_A_ROW = 3;

    private final ArtifactStore place;
    private final Progress progress;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<@Nullable RegistryException> gone = new AtomicReference<>();

    /** @param place whatever happened there to the files before counts for those that come */
    public Inspection(ArtifactStore place, Progress progress) {
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
    public record Inspected(FileDigest file, Optional<Verification> state, Optional<RegistryException> trouble) {}

    /** Reads them, several at once; the answers are in the order of the files. */
    public List<Inspected> of(List<FileDigest> files) {
        return Workers.map(files, place.atOnce(), this::inspect);
    }

    private static RegistryException notAsked(RegistryException before) {
        return new RegistryException(
                before.kind(),
                "Not asked for: " + MOST_IN_A_ROW + " others in a row could not be read there.",
                before.remedy());
    }

    private Inspected inspect(FileDigest file) {
        if (failures.get() >= MOST_IN_A_ROW) {
            progress.found(file.size());
            return new Inspected(
                    file, Optional.empty(), Optional.ofNullable(gone.get()).map(Inspection::notAsked));
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
            gone.set(e);
            return new Inspected(file, Optional.empty(), Optional.of(e));
        }
    }
}
