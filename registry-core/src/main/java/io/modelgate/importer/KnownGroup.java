package io.modelgate.importer;

import io.modelgate.evidence.Confusion;
import java.util.Optional;

/**
 * A group that the user names because the file does not, or not how large it is.
 *
 * @param name its name
 * @param n how many people, where known
 * @param counts what was predicted for them, where known
 */
public record KnownGroup(String name, Optional<Double> n, Optional<Confusion> counts) {
    public KnownGroup {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a group needs a name");
        }
        if (n.filter(each -> !(each >= 0)).isPresent()) {
            throw new IllegalArgumentException("the group " + name + " must have 0 or more people");
        }
    }

    /** A group of which only the name is known. */
    public static KnownGroup of(String name) {
        return new KnownGroup(name, Optional.empty(), Optional.empty());
    }

    /** A group of so many people. */
    public static KnownGroup of(String name, double n) {
        return new KnownGroup(name, Optional.of(n), Optional.empty());
    }

    /** A group whose counts are known. */
    public static KnownGroup of(String name, Confusion counts) {
        return new KnownGroup(name, Optional.of(counts.n()), Optional.of(counts));
    }
}
