package io.modelgate.manifest;

import java.util.regex.Pattern;

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

    /** Whether a glob is for this model; {@code *} stands for any part of a namespace or of a name, {@code credit/*}. */
    public boolean matches(String glob) {
        return Pattern.matches(Pattern.quote(glob).replace("*", "\\E[^/]*\\Q"), toString());
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
