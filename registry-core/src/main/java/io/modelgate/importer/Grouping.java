package io.modelgate.importer;

import java.util.List;
import java.util.Optional;

/**
 * What the user says of one attribute.
 *
 * @param attribute its name, such as {@code sex}, or {@code sex*age} for crossed ones
 * @param reference the group that others are compared with
 * @param groups the groups that the file does not name or size
 */
public record Grouping(String attribute, Optional<String> reference, List<KnownGroup> groups) {
    public Grouping {
        groups = List.copyOf(groups);
        if (attribute.isBlank()) {
            throw new IllegalArgumentException("an attribute needs a name");
        }
    }

    /** An attribute of which nothing else is said. */
    public static Grouping of(String attribute) {
        return new Grouping(attribute, Optional.empty(), List.of());
    }

    /** What is said of a group. */
    Optional<KnownGroup> group(String name) {
        return groups.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Reads {@code sex=male}; throws {@link IllegalArgumentException} with a message for people. */
    public static Grouping reference(String text) {
        int sign = text.indexOf('=');
        if (sign < 1) {
            throw new IllegalArgumentException("'" + text + "' is not like sex=male");
        }
        return new Grouping(text.substring(0, sign), Optional.of(text.substring(sign + 1)), List.of());
    }
}
