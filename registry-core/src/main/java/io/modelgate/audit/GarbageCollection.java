package io.modelgate.audit;

import io.modelgate.audit.GarbageReport.OfStore;
import io.modelgate.catalog.Catalog;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.ModelName;
import io.modelgate.promotion.Workplace;
import io.modelgate.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds and takes away what stores have and nobody refers to: no file of any commit that a ref of the registry leads to, and no
 * open proposal. What is younger than a grace period stays, since bytes come before their proposal. Mirrors are left alone.
 *
 * <p>Nothing tells whether another registry keeps its bytes in the same store: who calls {@link #delete} must know.
 */
public final class GarbageCollection {
    private static final int BATCH = 100;

    private final Workplace workplace;
    private final References references;
    private final Set<String> wanted;
    private final Duration grace;
    private final Map<String, Stores.Place> places = new HashMap<>();
    private final Map<String, Listing> listings = new HashMap<>();

    /**
     * @param sharing other registries that keep bytes in the same stores; what they refer to stays, too
     * @param wanted names of stores; all when empty
     * @param grace how old an object must be
     */
    public GarbageCollection(Workplace workplace, List<Workplace> sharing, Set<String> wanted, Duration grace) {
        this.workplace = workplace;
        List<Workplace> all = new ArrayList<>(sharing);
        all.add(workplace);
        this.references = new References(all);
        this.wanted = Set.copyOf(wanted);
        this.grace = grace;
    }

    /** Looks; a store that cannot be asked is in the report, a host that cannot is ENVIRONMENT. */
    public GarbageReport find() {
        // What comes into a store after this is no garbage; what is mentioned after it is found before it is taken
        // away.
        Instant now = workplace.clock().instant();
        Stores stores = workplace.stores();
        for (String name : wanted) {
            stores.named(Optional.of(name));
        }
        references.refresh();
        List<ModelName> models = models();
        List<OfStore> found = stores.names().stream()
                .filter(name -> wanted.isEmpty() || wanted.contains(name))
                .map(name -> find(stores, name, models, now))
                .toList();
        return new GarbageReport(now, grace, found);
    }

    private List<ModelName> models() {
        Catalog catalog = new Catalog(workplace.repository(), workplace.target());
        return catalog.list(name -> true).stream()
                .map(model -> model.model().name())
                .toList();
    }

    private OfStore find(Stores stores, String name, List<ModelName> models, Instant now) {
        Stores.Place place =
                places.computeIfAbsent(name, each -> stores.places(each).get(0));
        Listing listing = listings.computeIfAbsent(name, each -> new Listing(place.bytes()));
        List<Garbage> garbage = new ArrayList<>();
        int[] others = new int[2];
        Instant old = now.minus(grace);
        try {
            boolean told = listing.list(models, (part, object) -> {
                if (references.mention(object.digest())) {
                    others[0]++;
                } else if (!object.modified().isBefore(old)) {
                    others[1]++;
                } else {
                    garbage.add(new Garbage(name, object.digest(), object.size(), object.modified(), part));
                }
            });
            garbage.sort(Garbage.ORDER);
            return new OfStore(name, place.address(), told, Optional.empty(), garbage, others[0], others[1]);
        } catch (RegistryException e) {
            return new OfStore(
                    name, place.address(), true, Optional.of(String.valueOf(e.getMessage())), List.of(), 0, 0);
        }
    }

    /**
     * Takes away what was found, as far as it is still garbage: stores are looked at again first, and before each hundred objects
     * the host and all refs.
     *
     * @param deleted told of each object that is gone
     * @return how many are gone
     */
    public int delete(GarbageReport report, Consumer<Garbage> deleted) {
        // The same objects compare as equal: parts of stores are the same ones in both looks.
        Set<Garbage> again = new HashSet<>(find().garbage());
        List<Garbage> all = report.garbage().stream().filter(again::contains).toList();
        int gone = 0;
        for (int start = 0; start < all.size(); start += BATCH) {
            references.refresh();
            for (Garbage each : all.subList(start, Math.min(start + BATCH, all.size()))) {
                if (!references.mention(each.digest())) {
                    each.part().remove(each.digest());
                    deleted.accept(each);
                    gone++;
                }
            }
        }
        return gone;
    }
}
