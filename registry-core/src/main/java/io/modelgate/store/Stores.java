package io.modelgate.store;

import static io.modelgate.finding.Place.file;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The stores of a registry by name. */
public final class Stores {
    /** By the scheme of the address. */
    private static final Map<String, StoreKind> KINDS = kinds();

    private final Map<String, StoreConfig> configs = new LinkedHashMap<>();
    private final Path base;
    private final GivenVariables given;

    private Stores(List<StoreConfig> configs, Path base, GivenVariables given) {
        configs.forEach(config -> this.configs.put(config.name(), config));
        this.base = base;
        this.given = given;
    }

    /** The stores of these configurations, the default first; relative {@code file:} addresses start at {@code base}. */
    public static Stores open(List<StoreConfig> configs, Path base) {
        return new Stores(configs, base, GivenVariables.NONE);
    }

    /** The same, opened with the logins that the given variables name, before those of the process. */
    public static Stores open(List<StoreConfig> configs, Path base, GivenVariables given) {
        return new Stores(configs, base, given);
    }

    /** The names of the variables that any kind of store takes logins from. */
    public static Set<String> variables() {
        return KINDS.values().stream()
                .flatMap(kind -> kind.variables().stream())
                .collect(toUnmodifiableSet());
    }

    /** What is wrong with the addresses of these stores and their mirrors, before there is a registry; none of them is asked. */
    public static List<Finding> check(List<StoreConfig> configs, Path base) {
        Stores stores = open(configs, base);
        List<Finding> findings = new ArrayList<>();
        for (StoreConfig config : configs) {
            for (StoreLocation location : config.locations()) {
                try {
                    stores.connect(config.name(), location);
                } catch (RegistryException e) {
                    if (e.kind() != RegistryException.Kind.ENVIRONMENT) {
                        throw e; // It is not about the address.
                    }
                    findings.add(Finding.block(
                            "store/address", file("registry.yaml"), String.valueOf(e.getMessage()), e.remedy()));
                }
            }
        }
        return findings;
    }

    /** The store of this name, or the first one. Nothing is opened or asked before it is used. */
    public ArtifactStore named(Optional<String> name) {
        StoreConfig config = config(name);
        ArtifactStore store = connect(config.name(), config.location());
        if (config.mirrors().isEmpty()) {
            return store;
        }
        return new MirroredStore(
                store,
                config.mirrors().stream()
                        .map(mirror -> new MirroredStore.Mirror(mirror.toString(), connect(config.name(), mirror)))
                        .toList());
    }

    /**
     * One of the places where a store has its bytes.
     *
     * @param store the name of the store
     * @param address where the place is; without a secret
     * @param isMirror whether it is a mirror, and not the store itself
     * @param bytes what is there
     */
    public record Place(String store, String address, boolean isMirror, ArtifactStore bytes) {}

    /** The store of this name and each of its mirrors in their order, by itself. */
    public List<Place> places(String name) {
        StoreConfig config = config(Optional.of(name));
        return Stream.concat(
                        Stream.of(place(config, config.location(), false)),
                        config.mirrors().stream().map(mirror -> place(config, mirror, true)))
                .toList();
    }

    private Place place(StoreConfig config, StoreLocation location, boolean isMirror) {
        return new Place(config.name(), location.toString(), isMirror, connect(config.name(), location));
    }

    /** The name of the store that a version has its files in. */
    public String nameOf(StoredVersion version) {
        return version.store().orElseGet(() -> names().get(0));
    }

    /** Where the files of a version are. */
    public ArtifactStore of(StoredVersion version) {
        return named(version.store()).of(version.id().model());
    }

    /** The names of all stores, the default first. */
    public List<String> names() {
        return List.copyOf(configs.keySet());
    }

    /** Where the store of this name is, or the first one, in words that do not depend on where the registry is. */
    public StoreConfig absolute(Optional<String> name) {
        StoreConfig config = config(name);
        return new StoreConfig(
                config.name(),
                absolute(config.name(), config.location()),
                config.mirrors().stream()
                        .map(mirror -> absolute(config.name(), mirror))
                        .toList());
    }

    private StoreLocation absolute(String name, StoreLocation location) {
        connect(name, location);
        return location.scheme().equals("file")
                ? StoreLocation.of(FileAddress.of(new StoreKind.Site(name, location, base, given))
                        .toUri()
                        .toString())
                : location;
    }

    private StoreConfig config(Optional<String> name) {
        if (configs.isEmpty()) {
            throw RegistryException.notFound("registry.yaml names no store.", "Add one under 'stores'.");
        }
        String wanted = name.orElseGet(() -> configs.keySet().iterator().next());
        StoreConfig config = configs.get(wanted);
        if (config == null) {
            throw RegistryException.notFound(
                    "registry.yaml names no store " + wanted + didYouMean(wanted, configs) + ".",
                    "Known are: " + String.join(", ", configs.keySet()) + ".");
        }
        return config;
    }

    /** Puts files into their stores, several at once; what is there already is read again and kept. Run it again after any failure. */
    public void upload(List<Upload> uploads, Progress progress) {
        Map<Upload.Destination, List<Upload>> byDestination =
                uploads.stream().collect(groupingBy(Upload::destination, LinkedHashMap::new, toList()));
        progress.started(
                "pushing",
                uploads.stream().mapToLong(each -> each.file().size()).sum());
        try {
            byDestination.forEach((destination, files) -> upload(destination, files, progress));
        } finally {
            progress.finished();
        }
    }

    private void upload(Upload.Destination destination, List<Upload> uploads, Progress progress) {
        ArtifactStore store =
                named(Optional.of(destination.store())).of(destination.version().model());
        Workers.each(uploads, store.atOnce(), each -> store.put(each.file(), each.source(), progress));
        store.complete(destination.version(), uploads.stream().map(Upload::file).toList());
    }

    private ArtifactStore connect(String name, StoreLocation location) {
        StoreKind kind = KINDS.get(location.scheme());
        if (kind == null) {
            throw RegistryException.environment(
                    "Store " + name + " has the address " + location.url()
                            + ", and this version knows no stores of that kind" + didYouMean(location.scheme(), KINDS)
                            + ".",
                    "Known are: " + String.join(", ", KINDS.keySet()) + ". Correct the url in registry.yaml.",
                    null);
        }
        return kind.open(new StoreKind.Site(name, location, base, given));
    }

    private static Map<String, StoreKind> kinds() {
        Map<String, StoreKind> kinds = new TreeMap<>();
        ServiceLoader.load(StoreKind.class, StoreKind.class.getClassLoader())
                .forEach(kind -> kind.schemes().forEach(scheme -> kinds.put(scheme, kind)));
        return kinds;
    }

    private static String didYouMean(String word, Map<String, ?> known) {
        return Suggestion.nearest(word, known.keySet())
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }
}
