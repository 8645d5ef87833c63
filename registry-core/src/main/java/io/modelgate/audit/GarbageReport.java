package io.modelgate.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stores have that nobody refers to.
 *
 * @param now when that was
 * @param grace how old an object must be
 * @param stores in the order of the configuration
 */
public record GarbageReport(Instant now, Duration grace, List<OfStore> stores) {
    public GarbageReport {
        stores = List.copyOf(stores);
    }

    /**
     * One store.
     *
     * @param name its name
     * @param address where it is
     * @param canList whether it can say what it has
     * @param trouble why it could not be asked
     * @param garbage what nobody refers to, by digest
     * @param referred how many objects somebody refers to
     * @param young how many nobody refers to, but may soon: they are younger than the grace period
     */
    public record OfStore(
            String name,
            String address,
            boolean canList,
            Optional<String> trouble,
            List<Garbage> garbage,
            int referred,
            int young) {
        public OfStore {
            garbage = List.copyOf(garbage);
        }
    }

    /** All of it, store by store. */
    public List<Garbage> garbage() {
        return stores.stream().flatMap(store -> store.garbage().stream()).toList();
    }

    /** How many bytes that is. */
    public long bytes() {
        return garbage().stream().mapToLong(Garbage::size).sum();
    }

    /** Whether a store could not be asked. */
    public boolean isIncomplete() {
        return stores.stream().anyMatch(store -> store.trouble().isPresent());
    }
}
