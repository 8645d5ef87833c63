package io.modelgate.store.oci;

import io.modelgate.manifest.Digest;
import io.modelgate.store.ListLimit;
import io.modelgate.store.StoredObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Names the layers of all manifests that have a tag, also those within an index. When they came a registry does not tell. What is
 * attached to another manifest, such as a signature, is none of a model's files.
 */
final class TaggedBlobs {
    private static final int DEEPEST = 3;

    private final OciRepository repository;
    private final ListLimit limit;
    private final Consumer<StoredObject> each;
    private final Set<Digest> seen = new HashSet<>();
    private final Set<Digest> told = new HashSet<>();

    TaggedBlobs(OciRepository repository, ListLimit limit, Consumer<StoredObject> each) {
        this.repository = repository;
        this.limit = limit;
        this.each = each;
    }

    void listAll() throws IOException {
        for (String tag : repository.tags()) {
            if (tag.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")) {
                list(tag, 0);
            }
        }
    }

    private void list(String reference, int depth) throws IOException {
        Optional<Manifest> found = repository.manifest(reference);
        if (found.isEmpty() || depth > DEEPEST || !seen.add(found.get().digest())) {
            return;
        }
        Manifest manifest = found.get();
        limit.page(1 + descriptors(manifest, "layers").size());
        if (manifest.isIndex()) {
            for (Descriptor child : descriptors(manifest, "manifests")) {
                list(child.digest().toString(), depth + 1);
            }
        } else if (!manifest.hasSubject()) {
            descriptors(manifest, "layers").stream()
                    .filter(layer -> told.add(layer.digest()))
                    .forEach(layer ->
                            limit.tell(each, new StoredObject(layer.digest(), layer.size(), StoredObject.UNDATED)));
        }
    }

    private static List<Descriptor> descriptors(Manifest manifest, String field) {
        return manifest.json()
                .items(field)
                .map(Descriptor::of)
                .flatMap(Optional::stream)
                .toList();
    }
}
