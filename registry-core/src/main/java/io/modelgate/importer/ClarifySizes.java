package io.modelgate.importer;

import io.modelgate.finding.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out how large the groups of an attribute are, which Clarify does not say. Class imbalance tells it of a facet: of
 * N people, {@code N (1 - CI) / 2} are in it. Everybody else is in the group that is named as reference.
 */
final class ClarifySizes {
    /** What rows without a group are called, since Clarify counts them among the others. */
    private static final String UNASSIGNED = "unassigned";

    private static final double ROUNDING = 1e-6;

    private final Notes notes;
    private final Place file;
    private final Grouping grouping;
    private final Optional<Long> rows;

    ClarifySizes(Notes notes, Place file, ImportContext context, String attribute) {
        this.notes = notes;
        this.file = file;
        this.grouping = context.population().grouping(attribute);
        this.rows = context.dataset().rows();
    }

    /** The attribute with its groups; sizes that nobody knows are left open. */
    AttributeDraft of(List<ClarifyFacets.Bias> facets) {
        Set<String> names = new LinkedHashSet<>();
        facets.forEach(each -> names.add(each.group()));
        grouping.groups().forEach(each -> names.add(each.name()));
        grouping.reference().ifPresent(names::add);
        if (names.size() < 2) {
            notes.missing(
                    "who is compared with the facet of " + grouping.attribute(),
                    "--reference " + grouping.attribute() + "=<group>");
        }
        List<GroupDraft> groups = new ArrayList<>();
        for (String name : names) {
            groups.add(new GroupDraft(name, size(name, facets), Optional.empty(), place(name, facets)));
        }
        rows.ifPresent(all -> rest(all, groups));
        return new AttributeDraft(grouping.attribute(), grouping.reference(), 0, groups);
    }

    private Optional<Double> size(String name, List<ClarifyFacets.Bias> facets) {
        Optional<Double> known = grouping.group(name).flatMap(KnownGroup::n);
        return known.or(() -> facets.stream()
                .filter(each -> each.group().equals(name)
                        && !each.afterTraining()
                        && each.name().equals("CI"))
                .flatMap(each -> Trees.number(each.written()).stream())
                .flatMap(each -> rows.stream().map(all -> all * (1 - each) / 2))
                .filter(each -> Math.abs(each - Math.rint(each)) <= ROUNDING * Math.max(1, each))
                .map(Math::rint)
                .findFirst());
    }

    private void rest(long all, List<GroupDraft> groups) {
        List<GroupDraft> open =
                groups.stream().filter(each -> each.n().isEmpty()).toList();
        double rest =
                all - groups.stream().mapToDouble(each -> each.n().orElse(0.0)).sum();
        if (rest < 0) {
            notes.disagree(
                    file,
                    "the groups of " + grouping.attribute() + " have more people than there are rows",
                    "Correct --rows or the groups.");
        } else if (open.size() == 1) {
            GroupDraft last = open.get(0);
            groups.set(groups.indexOf(last), last.sized(rest));
            notes.note(
                    "others",
                    file,
                    "everybody in no other group of " + grouping.attribute() + " counts as " + last.name());
        } else if (open.isEmpty() && rest > 0) {
            groups.add(new GroupDraft(UNASSIGNED, Optional.of(rest), Optional.empty(), file));
            notes.note(
                    "others",
                    file,
                    "Clarify counts the " + (long) rest + " rows without a group of " + grouping.attribute()
                            + " among those that a group is compared with");
        }
    }

    private Place place(String name, List<ClarifyFacets.Bias> facets) {
        return facets.stream()
                .filter(each -> each.group().equals(name))
                .map(each -> each.written().place())
                .findFirst()
                .orElse(file);
    }
}
