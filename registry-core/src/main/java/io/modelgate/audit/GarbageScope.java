package io.modelgate.audit;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What counts as garbage.
 *
 * @param stores names of the stores to look at; all when empty
 * @param grace how old an object must be
 * @param ended what only proposals refer to that were merged or closed longer ago than this is garbage, too; when empty, what they
 *     refer to stays for as long as the host keeps their refs, since they can be opened again
 */
public record GarbageScope(Set<String> stores, Duration grace, Optional<Duration> ended) {
    public GarbageScope {
        stores = Set.copyOf(stores);
    }

    /** All stores, and whatever any proposal refers to stays. */
    public static GarbageScope olderThan(Duration grace) {
        return new GarbageScope(Set.of(), grace, Optional.empty());
    }
}
