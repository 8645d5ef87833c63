package io.modelgate.audit;

import io.modelgate.audit.GarbageReport.Access;
import io.modelgate.audit.GarbageReport.Counts;
import io.modelgate.audit.GarbageReport.OfStore;
import io.modelgate.catalog.Catalog;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.DigestIndex;
import io.modelgate.manifest.ModelName;
import io.modelgate.promotion.Workplace;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.StoredObject;
import io.modelgate.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds and takes away what stores have and nobody refers to: no file of any commit that a ref of the registry leads to, and no
 * open proposal. What is younger than a grace period stays, since bytes come before their proposal. Mirrors are left alone.
 *
 * <p>Nothing tells whether another registry keeps its bytes in the same store: who calls {@link #delete} must know. Memory is about
 * 50 bytes for each object that is garbage, and for each digest that is mentioned anywhere.
 */
public final class GarbageCollection {
    private static final int BATCH = 100;

    private final Workplace workplace;
    private final References references;
    private final GarbageScope scope;
    private final Instant now;
    private final Map<String, Found> found = new LinkedHashMap<>();

    /** What is garbage in a store, and where to look for it again. */
    private record Found(Listing listing, DigestIndex garbage) {}

    /** @param sharing other registries that keep bytes in the same stores; what they refer to stays, too */
    public GarbageCollection(Workplace workplace, List<Workplace> sharing, GarbageScope scope) {
        this.workplace = workplace;
        this.scope = scope;
        // What comes into a store after this is no garbage; what is mentioned after it is found before it is taken
        // away.
        this.now = workplace.clock().instant();
        List<Workplace> all = new ArrayList<>(sharing);
        all.add(workplace);
        this.references = new References(all, scope.ended().map(now::minus));
    }

    /** Looks; a store that cannot be asked is in the report, a host that cannot is ENVIRONMENT. */
    public GarbageReport find() {
        Stores stores = workplace.stores();
        for (String name : scope.stores()) {
            stores.named(Optional.of(name));
        }
        references.refresh();
        found.clear();
        List<ModelName> models = models();
        List<OfStore> all = stores.names().stream()
                .filter(name -> scope.stores().isEmpty() || scope.stores().contains(name))
                .map(name -> find(stores.places(name).get(0), models))
                .toList();
        return new GarbageReport(now, scope, all);
    }

    private List<ModelName> models() {
        Catalog catalog = new Catalog(workplace.repository(), workplace.target());
        return catalog.list(name -> true).stream()
                .map(model -> model.model().name())
                .toList();
    }

    private OfStore find(Stores.Place place, List<ModelName> models) {
        Listing listing = new Listing(place.bytes());
        Look look = new Look(place.store());
        Optional<String> byHand = place.bytes().removedByHand();
        try {
            boolean told = listing.list(models, (part, object) -> look.at(object));
            if (byHand.isEmpty()) {
                found.put(place.store(), new Found(listing, look.garbage));
            }
            return new OfStore(
                    place.store(),
                    place.address(),
                    new Access(told, byHand, Optional.empty()),
                    List.copyOf(look.named),
                    look.counts());
        } catch (RegistryException e) {
            return new OfStore(
                    place.store(),
                    place.address(),
                    new Access(true, byHand, Optional.of(Obstacle.of(e))),
                    List.of(),
                    Counts.NONE);
        }
    }

    private boolean isOld(StoredObject object) {
        return object.modified().isBefore(now.minus(scope.grace()));
    }

    /** One look at a store; an object that is named more than once counts once. */
    private final class Look {
        private final String store;
        private final DigestIndex garbage = new DigestIndex();
        private final TreeSet<Garbage> named = new TreeSet<>(Garbage.ORDER);
        private long bytes;
        private long referred;
        private long young;

        Look(String store) {
            this.store = store;
        }

        void at(StoredObject object) {
            if (references.mention(object.digest())) {
                referred++;
            } else if (!isOld(object)) {
                young++;
            } else if (!garbage.contains(object.digest())) {
                garbage.add(object.digest());
                bytes += object.size();
                named.add(new Garbage(store, object));
                if (named.size() > GarbageReport.MOST_NAMED) {
                    named.pollLast();
                }
            }
        }

        Counts counts() {
            return new Counts(garbage.size(), bytes, referred, young);
        }
    }

    /**
     * Takes away what was found, as far as it is still garbage: stores are looked at again, before each hundred objects the host
     * and all refs, and before each object whether it was put there again. Where an object can only be taken away with the means
     * of its server, it stays.
     *
     * @param deleted told of each object that is gone
     */
    public void delete(Consumer<Garbage> deleted) {
        List<ModelName> models = models();
        found.forEach((store, what) -> {
            Batch batch = new Batch(store, deleted);
            what.listing().list(models, (part, object) -> {
                if (what.garbage().contains(object.digest()) && isOld(object)) {
                    batch.add(part, object);
                }
            });
            batch.end();
        });
    }

    /** Objects that are taken away after one look at what is referred to. */
    private final class Batch {
        private record Item(ArtifactStore part, StoredObject object) {}

        private final String store;
        private final Consumer<Garbage> deleted;
        private final List<Item> items = new ArrayList<>();

        Batch(String store, Consumer<Garbage> deleted) {
            this.store = store;
            this.deleted = deleted;
        }

        void add(ArtifactStore part, StoredObject object) {
            items.add(new Item(part, object));
            if (items.size() == BATCH) {
                end();
            }
        }

        void end() {
            if (items.isEmpty()) {
                return;
            }
            references.refresh();
            for (Item item : items) {
                if (!references.mention(item.object().digest()) && item.part().remove(item.object())) {
                    deleted.accept(new Garbage(store, item.object()));
                }
            }
            items.clear();
        }
    }
}
