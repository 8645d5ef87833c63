package io.modelgate.audit;

import static java.util.stream.Collectors.joining;

import io.modelgate.catalog.Catalog;
import io.modelgate.catalog.ModelSummary;
import io.modelgate.finding.RegistryException;
import io.modelgate.host.Safeguard;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.FileDigest;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Stores;
import io.modelgate.store.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A quick look at each store and each mirror: whether it answers, and whether it has a few small files that it must have. Reads a few
 * megabytes at most and writes nothing; {@link BytesAudit} reads everything.
 */
public final class StoreProbe {
    /** So many manifests are read for the sake of their small files. */
    private static final int MOST_VERSIONS = 50;

    private static final int MOST_FILES = 4;
    private static final long LARGEST_FILE = 1 << 20;
    private static final Duration SLOW = Duration.ofSeconds(5);

    /** What no store has, and every one that works says so. */
    private static final FileDigest NOTHING = new FileDigest("any file", Digest.of("modelgate doctor"), 1);

    /** A model to ask for where there is none yet. */
    private static final ModelName NOBODY = new ModelName("modelgate", "doctor");

    private final Catalog catalog;
    private final Stores stores;
    private final Clock clock;

    public StoreProbe(Catalog catalog, Stores stores, Clock clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.clock = clock;
    }

    private record Sample(ModelName model, FileDigest file) {}

    /** What was found of each place: of each store in its order, then of its mirrors. */
    public List<Safeguard> look() {
        Map<String, List<Sample>> samples = samples();
        return stores.names().stream()
                .flatMap(store ->
                        stores.places(store).stream().map(place -> look(place, samples.getOrDefault(store, List.of()))))
                .toList();
    }

    /** Small files of what is live, or else of the highest versions: the smallest first. */
    private Map<String, List<Sample>> samples() {
        Map<String, List<Sample>> byStore = new LinkedHashMap<>();
        catalog.list(name -> true).stream()
                .flatMap(model -> versions(model).map(catalog::resolve))
                .limit(MOST_VERSIONS)
                .map(resolved -> StoredVersion.of(resolved.manifest()))
                .forEach(version -> byStore.computeIfAbsent(stores.nameOf(version), name -> new ArrayList<>())
                        .addAll(version.files().stream()
                                .filter(file -> file.size() <= LARGEST_FILE)
                                .map(file -> new Sample(version.id().model(), file))
                                .toList()));
        byStore.replaceAll((store, all) -> all.stream()
                .sorted(Comparator.comparingLong(sample -> sample.file().size()))
                .limit(MOST_FILES)
                .toList());
        return byStore;
    }

    private static Stream<VersionId> versions(ModelSummary model) {
        return (model.stages().isEmpty()
                        ? model.versions().stream().limit(1)
                        : model.stages().values().stream().distinct())
                .map(version -> new VersionId(model.model().name(), version));
    }

    private Safeguard look(Stores.Place place, List<Sample> samples) {
        String what = place.isMirror()
                ? "The mirror " + place.address() + " of " + place.store()
                : "Store " + place.store() + " (" + place.address() + ")";
        Instant start = clock.instant();
        List<Verification> found;
        try {
            if (samples.isEmpty() && !place.bytes().isHere()) { // a folder is made with the first object
                place.bytes().of(NOBODY).verify(NOTHING);
            }
            found = samples.stream()
                    .map(sample -> place.bytes().of(sample.model()).verify(sample.file()))
                    .toList();
        } catch (RegistryException e) {
            return place.isMirror()
                    ? Safeguard.doubtful(
                            name(place),
                            what + " cannot be asked, and helps nobody: " + e.getMessage(),
                            (e.remedy() + " Or take it out of registry.yaml.").strip())
                    : Safeguard.missing(name(place), String.valueOf(e.getMessage()), e.remedy());
        }
        return judged(place, what, samples, found, Duration.between(start, clock.instant()));
    }

    private static Safeguard judged(
            Stores.Place place, String what, List<Sample> samples, List<Verification> found, Duration took) {
        String wrong = names(samples, found, Verification.WRONG_DIGEST, Verification.WRONG_SIZE);
        if (!wrong.isEmpty()) {
            return Safeguard.missing(
                    name(place),
                    what + " has other bytes than the registry says for " + wrong + ".",
                    "Nobody is given them: they are verified. Find out who changed them; 'modelgate audit bytes --all' names them all.");
        }
        String lacking = names(samples, found, Verification.MISSING);
        if (!lacking.isEmpty() && place.isMirror()) {
            return Safeguard.doubtful(
                    name(place),
                    what + " lacks " + lacking + " of " + samples.size() + " small files that were looked for.",
                    "Bring it up to date, or take it out of registry.yaml; 'modelgate audit bytes --all' names all that is missing.");
        }
        if (!lacking.isEmpty()) {
            return Safeguard.missing(
                    name(place),
                    what + " lacks " + lacking + ".",
                    "Look whether its address in registry.yaml is right; 'modelgate push <version> <folder>' puts files there again.");
        }
        if (took.compareTo(SLOW) > 0) {
            return Safeguard.doubtful(
                    name(place),
                    what + " took " + took.toSeconds() + " s for " + Math.max(1, samples.size())
                            + (samples.size() > 1 ? " small files." : " question."),
                    "Look at the network and at its load.");
        }
        return Safeguard.holds(
                name(place),
                what
                        + (samples.isEmpty()
                                ? place.bytes().isHere() ? " has nothing to hold yet" : " answers"
                                : " has what was looked for, " + samples.size()
                                        + (samples.size() == 1 ? " small file" : " small files")));
    }

    private static String names(List<Sample> samples, List<Verification> found, Verification... states) {
        List<Verification> wanted = List.of(states);
        return Stream.iterate(0, i -> i < samples.size(), i -> i + 1)
                .filter(i -> wanted.contains(found.get(i)))
                .map(i -> samples.get(i).model() + " " + samples.get(i).file().path())
                .distinct()
                .collect(joining(", "));
    }

    private static String name(Stores.Place place) {
        return place.isMirror() ? "mirror" : "store";
    }
}
