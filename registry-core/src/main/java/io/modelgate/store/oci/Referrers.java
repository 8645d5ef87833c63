package io.modelgate.store.oci;

import io.modelgate.store.http.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Attaches something to a manifest: a manifest of its own whose {@code subject} it is. A registry that keeps no list of those, and
 * says so neither when the manifest comes nor when it is asked for the list, gets one under the tag {@code sha256-<digits>}
 * (distribution specification 1.1, referrers tag schema).
 */
final class Referrers {
    private static final byte[] NOTHING = {'{', '}'};
    private static final int MOST_LISTED = 1_000;

    private final OciRepository repository;

    Referrers(OciRepository repository) {
        this.repository = repository;
    }

    /**
     * @param subject what it is about, and which is there
     * @param name the file name that other tools give it
     * @param mediaType what it is
     */
    void attach(Descriptor subject, String name, String mediaType, byte[] bytes) throws IOException {
        Descriptor empty = Descriptor.of(MediaType.EMPTY, NOTHING);
        Descriptor layer = Descriptor.of(mediaType, bytes);
        BlobUpload upload = new BlobUpload(repository, new AtomicBoolean(), BegunUploads.none());
        upload.send(empty, NOTHING);
        upload.send(layer, bytes);
        byte[] manifest = Json.write(OciDocuments.ImageManifest.about(
                OciDocuments.WrittenDescriptor.of(subject),
                mediaType,
                OciDocuments.WrittenDescriptor.of(empty),
                OciDocuments.WrittenDescriptor.annotated(layer, Map.of(ModelPack.TITLE, name))));
        Descriptor referrer = Descriptor.of(MediaType.MANIFEST, manifest);
        boolean noted = repository.put(referrer.digest().toString(), MediaType.MANIFEST, manifest);
        if (!noted && !repository.listsReferrers(subject.digest())) {
            list(subject, referrer, mediaType);
        }
    }

    private void list(Descriptor subject, Descriptor referrer, String artifactType) throws IOException {
        String tag = "sha256-" + subject.digest().hex();
        Stream<OciDocuments.WrittenDescriptor> others = repository.manifest(tag).stream()
                .flatMap(index -> index.json().items("manifests"))
                .flatMap(each -> again(each, referrer).stream())
                .limit(MOST_LISTED);
        List<OciDocuments.WrittenDescriptor> all = Stream.concat(
                        Stream.of(OciDocuments.WrittenDescriptor.typed(referrer, Optional.of(artifactType))), others)
                .toList();
        repository.put(tag, MediaType.INDEX, Json.write(new OciDocuments.ImageIndex(all)));
    }

    /** What the list has already; empty for the one that is added, and for what is none. */
    private static Optional<OciDocuments.WrittenDescriptor> again(Json listed, Descriptor added) {
        return Descriptor.of(listed)
                .filter(each -> !each.digest().equals(added.digest()))
                .map(each -> OciDocuments.WrittenDescriptor.typed(each, listed.text("artifactType")));
    }
}
