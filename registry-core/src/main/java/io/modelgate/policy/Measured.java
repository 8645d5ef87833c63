package io.modelgate.policy;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.Evidence;
import io.modelgate.manifest.Suggestion;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What registered versions really measure: the names that their evaluations and fairness reports use. */
public final class Measured {
    private final Set<String> metrics = new TreeSet<>();
    private final TreeMap<String, Set<String>> groups = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Takes in what the reports of a version measure. */
    public void add(Evidence evidence) {
        evidence.evaluations().forEach(evaluation -> evaluation.metrics().forEach(each -> metrics.add(each.id())));
        evidence.fairness().forEach(report -> report.attributes().forEach(this::add));
    }

    private void add(Attribute attribute) {
        Set<String> names = groups.computeIfAbsent(attribute.name(), name -> new TreeSet<>());
        attribute.groups().forEach(group -> names.add(group.name()));
    }

    /** Whether any evaluation is known. */
    boolean knowsMetrics() {
        return !metrics.isEmpty();
    }

    /** What is doubtful about a metric that a rule asks for; nothing where no report is known. */
    Optional<Doubt> metric(String asked) {
        return metrics.isEmpty() || metrics.contains(asked)
                ? Optional.empty()
                : Optional.of(unmeasured("the metric " + asked, near(asked, metrics)));
    }

    /** What is doubtful about an attribute that a rule asks for; nothing where no report is known. */
    Optional<Doubt> attribute(String asked) {
        return groups.isEmpty() || groups.containsKey(asked)
                ? Optional.empty()
                : Optional.of(unmeasured("the attribute " + asked, near(asked, groups.keySet())));
    }

    /** What is doubtful about a group that others are compared with. */
    Optional<Doubt> group(String attribute, String asked) {
        Set<String> known = groups.getOrDefault(attribute, Set.of());
        return known.isEmpty() || known.contains(asked)
                ? Optional.empty()
                : Optional.of(unmeasured("the group " + asked + " of " + attribute, near(asked, known)));
    }

    private static Optional<String> near(String asked, Collection<String> known) {
        List<String> factors = factors(asked);
        return known.stream()
                .filter(each -> factors(each).equals(factors))
                .findFirst()
                .or(() -> Suggestion.nearest(asked, known));
    }

    private static List<String> factors(String attribute) {
        return Arrays.stream(attribute.split("\\*", -1))
                .map(String::strip)
                .sorted()
                .toList();
    }

    private static Doubt unmeasured(String what, Optional<String> meant) {
        return new Doubt(
                "unmeasured",
                "asks for " + what + ", which no version that is live measures"
                        + meant.map(word -> "; did you mean " + word + "?").orElse("."),
                "Write the name that the reports use, or have it measured.");
    }
}
