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

    /** Whether a glob is for this model; {@code *} stands for any part of a namespace or of a name, {@code credit/*}. */
    public boolean matches(String glob) {
        int slash = glob.indexOf('/');
        return slash >= 0 && matches(glob.substring(0, slash), namespace) && matches(glob.substring(slash + 1), name);
    }

    /** In time that grows with the product of both lengths, however many stars there are: the last star alone is tried again. */
    private static boolean matches(String glob, String text) {
        int at = 0;
        int read = 0;
        int star = -1;
        int from = 0;
        while (read < text.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                from = read;
            } else if (at < glob.length() && glob.charAt(at) == text.charAt(read)) {
                at++;
                read++;
            } else if (star >= 0) {
                at = star + 1;
                read = ++from;
            } else {
                return false;
            }
        }
        return glob.substring(at).chars().allMatch(c -> c == '*');
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
