package io.modelgate.manifest;

/**
 * The name of a model, {@code namespace/name}.
 *
 * @param namespace the team or domain, such as {@code credit}
 * @param name the model in it, such as {@code default-risk}
 */
public record ModelName(String namespace, String name) implements Comparable<ModelName> {
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
        if (text.indexOf('@') > slash) {
            throw new IllegalArgumentException(
                    "'" + text + "' names a version; write the model alone: " + text.substring(0, text.indexOf('@')));
        }
        return new ModelName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ModelName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
