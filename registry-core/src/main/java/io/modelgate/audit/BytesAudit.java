package io.modelgate.audit;

import io.modelgate.audit.BytesReport.PlaceReport;
import io.modelgate.audit.BytesReport.State;
import io.modelgate.catalog.Catalog;
import io.modelgate.catalog.ModelSummary;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.DigestIndex;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Progress;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Stores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the bytes of versions again, in each store and in each mirror by itself. The same bytes are read once in a place, however
 * many versions have them. Manifests are read twice, so that memory is about 60 bytes for each different file of the versions, as
 * much for each object that nobody refers to, and of bytes never more than blocks.
 */
public final class BytesAudit {
    private final Catalog catalog;
    private final Stores stores;
    private final Progress progress;

    public BytesAudit(Catalog catalog, Stores stores, Progress progress) {
        this.catalog = catalog;
        this.stores = stores;
        this.progress = progress;
    }

    /** What versions have in one store. */
    private final class Wanted {
        private final String store;
        private final FileTable files = new FileTable();

        /** What only versions have that are not looked at. */
        private final DigestIndex others = new DigestIndex();

        /** Of a store that is not named any more. */
        private final Tally lost = new Tally();

        private List<PlaceAudit> places = List.of();

        Wanted(String store) {
            this.store = store;
        }

        void count(StoredVersion version) {
            different(version).forEach(files::add);
        }

        void begin() {
            if (stores.names().contains(store)) {
                places = stores.places(store).stream()
                        .map(place -> new PlaceAudit(place, files, progress))
                        .toList();
            }
        }

        long bytes() {
            return files.bytes() * places.size();
        }

        void read(StoredVersion version) {
            for (FileDigest file : different(version)) {
                boolean isNew = files.beginReading(file);
                places.forEach(place -> place.add(version.id(), file, isNew));
                if (places.isEmpty() && isNew) {
                    Obstacle why = new Obstacle(
                            "registry.yaml names no store " + store + " any more.",
                            "Name it under 'stores' in registry.yaml again, or put its bytes where they can be read.");
                    lost.wrong(file, State.UNREACHABLE, version.id(), files.versions(file) - 1, Optional.of(why));
                }
            }
        }

        void endOf(ModelName model) {
            places.forEach(place -> place.endOf(model));
        }

        Stream<PlaceReport> end(List<ModelName> models) {
            return stores.names().contains(store)
                    ? places.stream().map(place -> place.end(models, this::isReferenced))
                    : Stream.of(new PlaceReport(
                            store, "?", false, lost.counts(), lost.problems(), Optional.empty(), Optional.empty()));
        }

        private boolean isReferenced(Digest digest) {
            return files.digests().contains(digest) || others.contains(digest);
        }
    }

    /** The files of a version, each once however many names it has there. */
    private static Collection<FileDigest> different(StoredVersion version) {
        Map<Digest, FileDigest> different = new LinkedHashMap<>();
        version.files().forEach(file -> different.putIfAbsent(file.digest(), file));
        return different.values();
    }

    /** Reads everything; what is wrong, or cannot be read, is in the report. */
    public BytesReport run(AuditScope scope) {
        List<ModelSummary> models =
                catalog.list(name -> scope.models().map(name::matches).orElse(true));
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        stores.names().forEach(name -> wanted.put(name, new Wanted(name)));
        int versions = 0;
        for (ModelSummary model : models) {
            for (VersionId id : scope.versions(model).toList()) {
                StoredVersion stored = stored(id);
                wanted.computeIfAbsent(stores.nameOf(stored), Wanted::new).count(stored);
                versions++;
            }
        }
        wanted.values().forEach(Wanted::begin);
        progress.started(
                "verifying", wanted.values().stream().mapToLong(Wanted::bytes).sum());
        try {
            for (ModelSummary model : models) {
                read(model, scope, wanted);
            }
            List<ModelName> listed = scope.isWhole()
                    ? models.stream().map(each -> each.model().name()).toList()
                    : List.of();
            List<PlaceReport> places = new ArrayList<>();
            wanted.values().forEach(each -> each.end(listed).forEach(places::add));
            return new BytesReport(scope, versions, places);
        } finally {
            progress.finished();
        }
    }

    private void read(ModelSummary model, AuditScope scope, Map<String, Wanted> wanted) {
        Set<VersionId> inScope = new HashSet<>();
        scope.versions(model).forEach(id -> {
            StoredVersion stored = stored(id);
            Optional.ofNullable(wanted.get(stores.nameOf(stored))).orElseThrow().read(stored);
            inScope.add(id);
        });
        wanted.values().forEach(each -> each.endOf(model.model().name()));
        if (scope.isWhole() && !scope.all()) {
            AuditScope.ALL
                    .versions(model)
                    .filter(id -> !inScope.contains(id))
                    .map(this::stored)
                    .forEach(stored -> {
                        Wanted where = wanted.get(stores.nameOf(stored));
                        if (where != null) {
                            stored.files().forEach(file -> where.others.add(file.digest()));
                        }
                    });
        }
    }

    private StoredVersion stored(VersionId id) {
        return StoredVersion.of(catalog.resolve(id).manifest());
    }
}
