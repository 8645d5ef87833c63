package io.modelgate.manifest;

import java.util.Comparator;

/**
 * The name of a model, {@code namespace/name}.
 *
 * @param namespace the team or domain, such as {@code credit}
 * @param name the model in it, such as {@code default-risk}
 */
public record ModelName(String namespace, String name) implements Comparable<ModelName> {
    private static final Comparator<ModelName> ORDER =
            Comparator.comparing(ModelName::namespace).thenComparing(ModelName::name);

    public ModelName {
        Names.require("namespace", namespace);
        Names.require("model", name);
    }

    /** Reads {@code namespace/name}; throws {@link IllegalArgumentException} with a message for people. */
    public static ModelName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not a model name: write namespace/name");
        }
        return new ModelName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ModelName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
