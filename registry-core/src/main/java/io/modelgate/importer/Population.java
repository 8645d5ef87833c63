package io.modelgate.importer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the user says of the people that were measured.
 *
 * @param favourable the label that is good for the person
 * @param weighted whether rows were weighted
 * @param groupings the attributes
 */
public record Population(Optional<String> favourable, boolean weighted, List<Grouping> groupings) {
    /** Nothing is said. */
    public static final Population UNKNOWN = new Population(Optional.empty(), false, List.of());

    /** What tools call a column of groups that was given no name. */
    private static final Set<String> UNNAMED =
            Set.of("group", "groups", "index", "sensitive_feature", "sensitive_feature_0", "unnamed: 0");

    public Population {
        groupings = List.copyOf(groupings);
    }

    /** What is said of an attribute; of that name only, when nothing is. */
    Grouping grouping(String attribute) {
        return groupings.stream()
                .filter(each -> each.attribute().equals(attribute))
                .findFirst()
                .orElseGet(() -> Grouping.of(attribute));
    }

    /** The name of an attribute; a column without a name is the one that the user names. */
    String attribute(String column) {
        return UNNAMED.contains(column.toLowerCase(Locale.ROOT))
                ? single().map(Grouping::attribute).orElse(column)
                : column;
    }

    /** The attribute, when exactly one is named. */
    Optional<Grouping> single() {
        return groupings.size() == 1 ? Optional.of(groupings.get(0)) : Optional.empty();
    }
}
