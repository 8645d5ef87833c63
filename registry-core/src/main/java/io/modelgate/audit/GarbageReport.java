package io.modelgate.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stores have that nobody refers to.
 *
 * @param now when that was
 * @param scope what counted as garbage
 * @param stores in the order of the configuration
 */
public record GarbageReport(Instant now, GarbageScope scope, List<OfStore> stores) {
    /** So many objects of a store are named, however many there are. */
    public static final int MOST_NAMED = 10_000;

    public GarbageReport {
        stores = List.copyOf(stores);
    }

    /**
     * One store.
     *
     * @param name its name
     * @param address where it is
     * @param access what can be done with it
     * @param garbage what nobody refers to, by digest; the first {@link #MOST_NAMED}
     * @param counts of all that it has
     */
    public record OfStore(String name, String address, Access access, List<Garbage> garbage, Counts counts) {
        public OfStore {
            garbage = List.copyOf(garbage);
        }

        /** Whether garbage can be taken away from here. */
        public boolean isRemovable() {
            return access.byHand().isEmpty();
        }

        /** How many objects nobody refers to beyond those that are named. */
        public long unnamed() {
            return counts.objects() - garbage.size();
        }
    }

    /**
     * What can be done with a store.
     *
     * @param canList whether it can say what it has
     * @param byHand what people must do to take objects away, where that cannot be done from here
     * @param trouble why it could not be asked
     */
    public record Access(boolean canList, Optional<String> byHand, Optional<Obstacle> trouble) {}

    /**
     * How much a store has.
     *
     * @param objects how many objects nobody refers to
     * @param bytes how large those are together
     * @param referred how many objects somebody refers to
     * @param young how many nobody refers to, but may soon: they are younger than the grace period
     */
    public record Counts(long objects, long bytes, long referred, long young) {
        static final Counts NONE = new Counts(0, 0, 0, 0);
    }

    /** What is named of it, store by store. */
    public List<Garbage> garbage() {
        return stores.stream().flatMap(store -> store.garbage().stream()).toList();
    }

    /** How many objects nobody refers to. */
    public long objects() {
        return stores.stream().mapToLong(store -> store.counts().objects()).sum();
    }

    /** How many bytes those are. */
    public long bytes() {
        return stores.stream().mapToLong(store -> store.counts().bytes()).sum();
    }

    /** The stores from which garbage can be taken away from here. */
    public Stream<OfStore> removable() {
        return stores.stream().filter(OfStore::isRemovable);
    }

    /** Whether a store could not be asked. */
    public boolean isIncomplete() {
        return stores.stream().anyMatch(store -> store.access().trouble().isPresent());
    }
}
