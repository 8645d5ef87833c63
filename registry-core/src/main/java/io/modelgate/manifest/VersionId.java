package io.modelgate.manifest;

/**
 * One version of one model, written {@code namespace/name@1.4.0}.
 *
 * @param model the model
 * @param version its version
 */
public record VersionId(ModelName model, Version version) implements Comparable<VersionId> {
    /** Reads {@code namespace/name@version}; throws {@link IllegalArgumentException} with a message for people. */
    public static VersionId parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("'" + text + "' names no version: write namespace/name@1.4.0");
        }
        return new VersionId(ModelName.parse(text.substring(0, at)), Version.parse(text.substring(at + 1)));
    }

    @Override
    public int compareTo(VersionId other) {
        int byModel = model.compareTo(other.model);
        return byModel != 0 ? byModel : version.compareTo(other.version);
    }

    @Override
    public String toString() {
        return model + "@" + version;
    }
}
