package io.modelgate.manifest;

import java.util.List;
import java.util.stream.Stream;

/**
 * A store of artifacts.
 *
 * @param name its name
 * @param location where it is
 * @param mirrors where the same bytes are too; they are only read, in this order, when the store does not give a file
 */
public record StoreConfig(String name, StoreLocation location, List<StoreLocation> mirrors) {
    public StoreConfig {
        Names.require("store", name);
        mirrors = List.copyOf(mirrors);
    }

    /** A store without mirrors; {@code file:artifacts} is a folder beside the bare repository. */
    public StoreConfig(String name, String url) {
        this(name, StoreLocation.of(url), List.of());
    }

    static StoreConfig of(Fields fields) {
        return new StoreConfig(
                fields.parsed("name", text -> Names.require("store", text)).orElse("x"),
                StoreLocation.of(fields),
                fields.children("mirrors").stream().map(StoreLocation::of).toList());
    }

    /** The address of the store. */
    public String url() {
        return location.url();
    }

    /** The address of the store, then those of its mirrors. */
    public List<StoreLocation> locations() {
        return Stream.concat(Stream.of(location), mirrors.stream()).toList();
    }

    Node.Mapping toNode() {
        return location.into(new MappingBuilder().text("name", name))
                .list(
                        "mirrors",
                        mirrors.stream()
                                .map(mirror -> mirror.into(new MappingBuilder()).build())
                                .toList())
                .build();
    }
}
