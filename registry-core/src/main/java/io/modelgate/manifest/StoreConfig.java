package io.modelgate.manifest;

/**
 * A store of artifacts.
 *
 * @param name its name
 * @param url where it is; {@code file:artifacts} is a folder beside the bare repository
 */
public record StoreConfig(String name, String url) {
    public StoreConfig {
        Names.require("store", name);
    }

    static StoreConfig of(Fields fields) {
        return new StoreConfig(
                fields.parsed("name", text -> Names.require("store", text)).orElse("x"), fields.text("url"));
    }

    Node.Mapping toNode() {
        return new MappingBuilder().text("name", name).text("url", url).build();
    }
}
