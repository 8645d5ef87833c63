package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.Suggestion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The stores of a registry by name. */
public final class Stores {
    /** Makes a store of one kind from its configuration. */
    private interface Kind {
        ArtifactStore open(StoreConfig config, Path base);
    }

    /** By the scheme of the address. A new kind of store is one more line here. */
    private static final Map<String, Kind> KINDS =
            new TreeMap<>(Map.of("file", (config, base) -> new FileStore(config.name(), FileAddress.of(config, base))));

    private final Map<String, StoreConfig> configs = new LinkedHashMap<>();
    private final Path base;

    private Stores(List<StoreConfig> configs, Path base) {
        configs.forEach(config -> this.configs.put(config.name(), config));
        this.base = base;
    }

    /** The stores of these configurations, the default first; relative {@code file:} addresses start at {@code base}. */
    public static Stores open(List<StoreConfig> configs, Path base) {
        return new Stores(configs, base);
    }

    /** The store of this name, or the first one. Nothing is opened or asked before it is used. */
    public ArtifactStore named(Optional<String> name) {
        return connect(config(name));
    }

    /** Where the store of this name is, or the first one, in words that do not depend on where the registry is. */
    public StoreConfig absolute(Optional<String> name) {
        StoreConfig config = config(name);
        connect(config);
        return config.url().startsWith("file:")
                ? new StoreConfig(
                        config.name(), FileAddress.of(config, base).toUri().toString())
                : config;
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
        progress.started(uploads.stream().mapToLong(each -> each.file().size()).sum());
        try {
            Workers.each(uploads, each -> named(Optional.of(each.store())).put(each.file(), each.source(), progress));
        } finally {
            progress.finished();
        }
    }

    private ArtifactStore connect(StoreConfig config) {
        String scheme = config.url().contains(":")
                ? config.url().substring(0, config.url().indexOf(':'))
                : "";
        Kind kind = KINDS.get(scheme);
        if (kind == null) {
            throw RegistryException.environment(
                    "Store " + config.name() + " has the address " + config.url()
                            + ", and this version knows no stores of that kind" + didYouMean(scheme, KINDS) + ".",
                    "Known are: " + String.join(", ", KINDS.keySet()) + ". Correct the url in registry.yaml.",
                    null);
        }
        return kind.open(config, base);
    }

    private static String didYouMean(String word, Map<String, ?> known) {
        return Suggestion.nearest(word, known.keySet())
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }
}
