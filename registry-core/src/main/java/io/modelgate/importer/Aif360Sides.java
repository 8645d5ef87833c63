package io.modelgate.importer;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.MetricValue;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The two sides that AIF360 compares: the privileged groups, and everybody else together.
 *
 * @param attribute the attribute with its groups
 * @param comparison the unprivileged compared with the privileged
 * @param unprivileged counts of the unprivileged, where known
 * @param privileged counts of the privileged, where known
 */
record Aif360Sides(
        AttributeDraft attribute,
        Comparison comparison,
        Optional<Confusion> unprivileged,
        Optional<Confusion> privileged) {
    /** What the counts of both sides say of a metric. */
    Optional<MetricValue> compute(FairnessMetric metric) {
        return unprivileged.flatMap(left -> privileged.map(right -> metric.compute(left, right)));
    }

    /** Finds out who is compared; AIF360 names at most the privileged. Empty, with findings noted, when nobody says it. */
    static Optional<Aif360Sides> of(
            Optional<Node> named, Counted unprivileged, Counted privileged, ImportContext context, Notes notes) {
        Optional<Grouping> grouping = grouping(named, context);
        if (grouping.isEmpty()) {
            notes.missing("which attribute it is about", "--reference <attribute>=<group>");
            return Optional.empty();
        }
        String attribute = grouping.get().attribute();
        Optional<String> reference = reference(named, grouping.get());
        List<String> others = grouping.get().groups().stream()
                .map(KnownGroup::name)
                .filter(each -> !reference.equals(Optional.of(each)))
                .toList();
        if (reference.isEmpty()) {
            notes.missing("which group is privileged", "--reference " + attribute + "=<group>");
        }
        if (others.isEmpty()) {
            notes.missing("which groups are not privileged", "--group " + attribute + "=<group> for each of them");
        }
        return reference.isEmpty() || others.isEmpty()
                ? Optional.empty()
                : Optional.of(of(attribute, reference.get(), others, unprivileged, privileged));
    }

    private static Aif360Sides of(
            String attribute, String reference, List<String> others, Counted unprivileged, Counted privileged) {
        List<GroupDraft> groups = new ArrayList<>();
        for (String each : others) {
            groups.add(others.size() == 1 ? unprivileged.group(each) : GroupDraft.of(each, unprivileged.place()));
        }
        groups.add(privileged.group(reference));
        AttributeDraft draft = new AttributeDraft(attribute, Optional.of(reference), 0, groups);
        return new Aif360Sides(
                draft,
                new Comparison(attribute, Set.copyOf(others), Set.of(reference)),
                unprivileged.counts(),
                privileged.counts());
    }

    /** The attribute of the file, or the only one that the user names. */
    private static Optional<Grouping> grouping(Optional<Node> named, ImportContext context) {
        return named.flatMap(Trees::mapping)
                .map(each -> String.join(Attribute.CROSS, each.entries().keySet()))
                .filter(each -> !each.isBlank())
                .map(context.population()::grouping)
                .or(context.population()::single);
    }

    /** The file has the code of a group, such as 1.0, unless it was given its name. */
    private static Optional<String> reference(Optional<Node> named, Grouping grouping) {
        Optional<Node.Mapping> codes = named.flatMap(Trees::mapping);
        boolean words = codes.filter(each -> each.entries().values().stream().allMatch(Node.Text.class::isInstance))
                .isPresent();
        Optional<String> written = codes.map(each -> String.join(
                Attribute.CROSS,
                each.entries().values().stream()
                        .flatMap(value -> Trees.text(value).stream())
                        .toList()));
        return words ? written : grouping.reference().or(() -> written);
    }

    /**
     * The people of one side.
     *
     * @param n how many, where known
     * @param counts what was predicted for them, where known
     * @param place where they are in the file
     */
    record Counted(Optional<Double> n, Optional<Confusion> counts, Place place) {
        GroupDraft group(String name) {
            return new GroupDraft(name, counts.map(Confusion::n).or(() -> n), counts, place);
        }
    }
}
