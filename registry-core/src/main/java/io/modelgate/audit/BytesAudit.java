package io.modelgate.audit;

import io.modelgate.audit.BytesReport.PlaceReport;
import io.modelgate.audit.BytesReport.Problem;
import io.modelgate.audit.BytesReport.State;
import io.modelgate.audit.BytesReport.Unreferenced;
import io.modelgate.catalog.Catalog;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.ModelSummary;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Inspection;
import io.modelgate.store.Progress;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of versions again, in each store and in each mirror by itself. The same bytes are read once in a place, however
 * many versions have them. Memory is a few hundred bytes for each file of the versions; of bytes never more than blocks.
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

    /** One file of the store, and who has it. */
    private static final class Use {
        private final FileDigest file;
        private final VersionId first;
        private int others;

        Use(FileDigest file, VersionId first) {
            this.file = file;
            this.first = first;
        }
    }

    private record Key(Digest digest, long size) {}

    /** What versions have in one store, by model: which part of a place that is, the place knows. */
    private static final class Wanted {
        private final Map<ModelName, Map<Key, Use>> byModel = new LinkedHashMap<>();
        private final Set<Digest> referenced = new HashSet<>();

        void add(StoredVersion version, boolean isInScope) {
            for (FileDigest file : version.files()) {
                referenced.add(file.digest());
                if (isInScope) {
                    VersionId id = version.id();
                    byModel.computeIfAbsent(id.model(), model -> new LinkedHashMap<>())
                            .compute(new Key(file.digest(), file.size()), (key, known) -> more(known, file, id));
                }
            }
        }
    }

    private static Use more(@Nullable Use known, FileDigest file, VersionId version) {
        if (known == null) {
            return new Use(file, version);
        }
        if (!known.first.equals(version)) {
            known.others++;
        }
        return known;
    }

    /** Reads everything; what is wrong, or cannot be read, is in the report. */
    public BytesReport run(AuditScope scope) {
        List<ModelSummary> models =
                catalog.list(name -> scope.models().map(name::matches).orElse(true));
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        stores.names().forEach(name -> wanted.put(name, new Wanted()));
        int versions = 0;
        for (ModelSummary model : models) {
            Set<VersionId> inScope = new HashSet<>(scope.versions(model).toList());
            versions += inScope.size();
            for (VersionId id :
                    scope.isWhole() ? ofAll(model) : inScope.stream().sorted().toList()) {
                StoredVersion stored = StoredVersion.of(manifest(id));
                String store = stored.store().orElseGet(() -> stores.names().get(0));
                wanted.computeIfAbsent(store, name -> new Wanted()).add(stored, inScope.contains(id));
            }
        }
        List<ModelName> names = models.stream().map(each -> each.model().name()).toList();
        progress.started(bytes(wanted));
        try {
            List<PlaceReport> places = new ArrayList<>();
            wanted.forEach((store, files) -> places.addAll(inspect(store, files, scope.isWhole() ? names : List.of())));
            return new BytesReport(scope, versions, places);
        } finally {
            progress.finished();
        }
    }

    private static List<VersionId> ofAll(ModelSummary model) {
        return AuditScope.ALL.versions(model).toList();
    }

    private ModelVersion manifest(VersionId id) {
        return catalog.resolve(new ModelReference.Numbered(id.model(), id.version()))
                .manifest();
    }

    private long bytes(Map<String, Wanted> wanted) {
        long bytes = 0;
        for (Map.Entry<String, Wanted> each : wanted.entrySet()) {
            if (stores.names().contains(each.getKey())) {
                long size = each.getValue().byModel.values().stream()
                        .flatMap(files -> files.keySet().stream())
                        .distinct()
                        .mapToLong(Key::size)
                        .sum();
                bytes += size * stores.places(each.getKey()).size();
            }
        }
        return bytes;
    }

    /** @param models whose parts of a place are listed; nothing is when empty */
    private List<PlaceReport> inspect(String store, Wanted wanted, List<ModelName> models) {
        if (!stores.names().contains(store)) {
            String why = "registry.yaml names no store " + store + " any more.";
            List<Problem> problems = wanted.byModel.values().stream()
                    .flatMap(files -> files.values().stream())
                    .map(use -> problem(use, State.UNREACHABLE, Optional.of(why)))
                    .sorted(Problem.ORDER)
                    .toList();
            return List.of(new PlaceReport(store, "?", false, 0, 0, problems, Optional.empty()));
        }
        return stores.places(store).stream()
                .map(place -> inspect(place, wanted, models))
                .toList();
    }

    private PlaceReport inspect(Stores.Place place, Wanted wanted, List<ModelName> models) {
        Listing listing = new Listing(place.bytes());
        Map<ArtifactStore, Map<Key, Use>> byPart = new LinkedHashMap<>();
        wanted.byModel.forEach((model, files) -> {
            Map<Key, Use> part = byPart.computeIfAbsent(listing.part(model), each -> new LinkedHashMap<>());
            files.forEach((key, use) -> part.merge(key, use, BytesAudit::together));
        });
        int right = 0;
        long bytes = 0;
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<ArtifactStore, Map<Key, Use>> part : byPart.entrySet()) {
            List<Use> uses = List.copyOf(part.getValue().values());
            List<Inspection.Inspected> found = Inspection.of(
                    part.getKey(), uses.stream().map(use -> use.file).toList(), progress);
            for (int i = 0; i < uses.size(); i++) {
                Optional<State> state = state(found.get(i));
                if (state.isEmpty()) {
                    right++;
                    bytes += uses.get(i).file.size();
                } else {
                    problems.add(problem(uses.get(i), state.get(), found.get(i).trouble()));
                }
            }
        }
        problems.sort(Problem.ORDER);
        return new PlaceReport(
                place.store(),
                place.address(),
                place.isMirror(),
                right,
                bytes,
                problems,
                unreferenced(listing, wanted, models));
    }

    private static Use together(Use one, Use other) {
        Use both = new Use(one.file, one.first);
        both.others = one.others + other.others + 1;
        return both;
    }

    private static Optional<State> state(Inspection.Inspected found) {
        return found.state().isEmpty()
                ? Optional.of(State.UNREACHABLE)
                : switch (found.state().get()) {
                    case OK -> Optional.empty();
                    case MISSING -> Optional.of(State.MISSING);
                    case WRONG_SIZE -> Optional.of(State.WRONG_SIZE);
                    case WRONG_DIGEST -> Optional.of(State.CHANGED);
                };
    }

    private static Problem problem(Use use, State state, Optional<String> detail) {
        return new Problem(use.file.digest(), use.file.size(), state, use.file.path(), use.first, use.others, detail);
    }

    /** A place that cannot be asked does not fail the audit here: its objects have said so already. */
    private static Optional<Unreferenced> unreferenced(Listing listing, Wanted wanted, List<ModelName> models) {
        if (models.isEmpty()) {
            return Optional.empty();
        }
        Map<Digest, Long> sizes = new HashMap<>();
        try {
            boolean told = listing.list(models, Listing.objects(object -> {
                if (!wanted.referenced.contains(object.digest())) {
                    sizes.put(object.digest(), object.size());
                }
            }));
            return told
                    ? Optional.of(new Unreferenced(
                            sizes.size(),
                            sizes.values().stream().mapToLong(Long::longValue).sum()))
                    : Optional.empty();
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }
}
