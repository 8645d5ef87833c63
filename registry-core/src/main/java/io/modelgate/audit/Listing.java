package io.modelgate.audit;

import io.modelgate.manifest.ModelName;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.StoredObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What is in a place, and in those parts of it that are for models. */
final class Listing {
    private final ArtifactStore place;
    private final Map<ModelName, ArtifactStore> parts = new HashMap<>();

    Listing(ArtifactStore place) {
        this.place = place;
    }

    /** The part for a model; always the same object for the same part. */
    ArtifactStore part(ModelName model) {
        return parts.computeIfAbsent(model, place::of);
    }

    /**
     * Names what is there: in the whole place, or in the parts for these models where it has parts.
     *
     * @return whether the place can tell
     */
    boolean list(Collection<ModelName> models, Part each) {
        if (place.list(object -> each.accept(place, object))) {
            return true;
        }
        boolean told = false;
        for (ModelName model : models) {
            ArtifactStore part = part(model);
            if (part != place) {
                if (!part.list(object -> each.accept(part, object))) {
                    return false;
                }
                told = true;
            }
        }
        return told;
    }

    /** Is told of objects and of where they are. */
    interface Part {
        void accept(ArtifactStore part, StoredObject object);
    }

    /** Is told of objects alone. */
    static Part objects(Consumer<StoredObject> each) {
        return (part, object) -> each.accept(object);
    }
}
