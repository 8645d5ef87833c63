package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ends a list that no honest store has: with more names than a program can hold, on more pages than they need, or for hours, in
 * which whoever is told of the names does not count. For one thread.
 */
public final class ListLimit {
    /** What all versions of a very large registry have, ten times. */
    public static final int MOST_NAMES = 2_000_000;

    private static final int MOST_PAGES = 200_000;
    private static final int MOST_EMPTY = 500;
    private static final Duration LONGEST = Duration.ofHours(6);

    private final String what;
    private final int most;
    private final LongSupplier nanos;
    private long end;
    private long names;
    private int pages;
    private int empty;

    /**
     * @param what is listed, for messages
     * @param most names
     */
    public ListLimit(String what, int most) {
        this(what, most, System::nanoTime);
    }

    /** @param nanos a clock that never goes back */
    ListLimit(String what, int most, LongSupplier nanos) {
        this.what = what;
        this.most = most;
        this.nanos = nanos;
        this.end = nanos.getAsLong() + LONGEST.toNanos();
    }

    /** Tells somebody of an object; how long they take is not the store's doing. */
    public void tell(Consumer<StoredObject> who, StoredObject object) {
        long start = nanos.getAsLong();
        who.accept(object);
        end += nanos.getAsLong() - start;
    }

    /** Counts a page with so many names; ENVIRONMENT when it is one too many. */
    public void page(int more) {
        names += more;
        pages++;
        empty = more == 0 ? empty + 1 : 0;
        if (names > most) {
            throw refused("names more than " + most + " objects");
        }
        if (empty > MOST_EMPTY) {
            throw refused("goes on and on with its list without naming anything");
        }
        if (pages > MOST_PAGES) {
            throw refused("goes on with its list after " + MOST_PAGES + " pages");
        }
        if (nanos.getAsLong() - end > 0) {
            throw refused("is not through with its list after " + LONGEST.toHours() + " hours");
        }
    }

    private RegistryException refused(String why) {
        return RegistryException.environment(
                what + " " + why + "; the rest was not read.",
                "Look at what is there with the server's own means. Give each registry a bucket, prefix or repository of its own.",
                null);
    }
}
