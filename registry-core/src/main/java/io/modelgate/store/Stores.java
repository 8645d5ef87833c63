package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.StoreConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stores of a registry by name. */
public final class Stores {
    private final Map<String, StoreConfig> configs = new LinkedHashMap<>();
    private final Path base;

    private Stores(List<StoreConfig> configs, Path base) {
        configs.forEach(config -> this.configs.put(config.name(), config));
        this.base = base;
    }

    /** The stores of these configurations; relative {@code file:} addresses start at {@code base}. */
    public static Stores open(List<StoreConfig> configs, Path base) {
        return new Stores(configs, base);
    }

    /** The store of this name, or the first one. */
    public ArtifactStore named(Optional<String> name) {
        String wanted = name.orElseGet(() -> configs.keySet().iterator().next());
        StoreConfig config = configs.get(wanted);
        if (config == null) {
            throw RegistryException.notFound(
                    "registry.yaml names no store " + wanted + ".",
                    "Known are: " + String.join(", ", configs.keySet()) + ".");
        }
        return connect(config);
    }

    /** A new kind of store is one more line here. */
    private ArtifactStore connect(StoreConfig config) {
        String url = config.url();
        if (url.startsWith("file:")) {
            String path =
                    url.startsWith("file://") ? url.substring("file://".length()) : url.substring("file:".length());
            return new FileStore(config.name(), base.resolve(path).normalize());
        }
        throw RegistryException.environment(
                "Store " + config.name() + " has the address " + url + ", whose kind this version does not know.",
                "Use file:<folder>.",
                null);
    }
}
