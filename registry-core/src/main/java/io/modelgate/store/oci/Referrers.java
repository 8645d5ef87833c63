package io.modelgate.store.oci;

import io.modelgate.store.http.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Attaches something to a manifest: a manifest of its own whose {@code subject} it is. A registry that keeps no list of those
 * gets one under the tag {@code sha256-<digits>} (distribution specification 1.1, referrers tag schema).
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
        BlobUpload upload = new BlobUpload(repository, new AtomicBoolean());
        upload.send(empty, NOTHING);
        upload.send(layer, bytes);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaType.MANIFEST);
        json.put("artifactType", mediaType);
        json.put("config", empty.json(Map.of()));
        json.put("layers", List.of(layer.json(Map.of(ModelPack.TITLE, name))));
        json.put("subject", subject.json(Map.of()));
        byte[] manifest = Json.write(json);
        Descriptor referrer = Descriptor.of(MediaType.MANIFEST, manifest);
        boolean noted = repository.put(referrer.digest().toString(), MediaType.MANIFEST, manifest);
        if (!noted) {
            list(subject, referrer, mediaType);
        }
    }

    private void list(Descriptor subject, Descriptor referrer, String artifactType) throws IOException {
        String tag = "sha256-" + subject.digest().hex();
        List<Map<String, Object>> all = new ArrayList<>();
        Map<String, Object> own = referrer.json(Map.of());
        own.put("artifactType", artifactType);
        all.add(own);
        repository.manifest(tag).stream()
                .flatMap(index -> index.json().items("manifests"))
                .filter(each -> Descriptor.of(each)
                        .filter(other -> !other.digest().equals(referrer.digest()))
                        .isPresent())
                .limit(MOST_LISTED)
                .forEach(each -> all.add(again(each)));
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaType.INDEX);
        index.put("manifests", all);
        repository.put(tag, MediaType.INDEX, Json.write(index));
    }

    private static Map<String, Object> again(Json other) {
        Map<String, Object> json =
                Descriptor.of(other).map(each -> each.json(Map.of())).orElseGet(LinkedHashMap::new);
        other.text("artifactType").ifPresent(type -> json.put("artifactType", type));
        return json;
    }
}
