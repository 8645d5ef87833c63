package io.modelgate.audit;

import io.modelgate.store.StoredObject;
import java.util.Comparator;

/**
 * An object that nobody refers to.
 *
 * @param store the name of its store
 * @param object what the store says of it
 */
public record Garbage(String store, StoredObject object) {
    static final Comparator<Garbage> ORDER =
            Comparator.comparing(garbage -> garbage.object().digest());
}
