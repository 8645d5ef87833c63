package io.modelgate.importer;

import io.modelgate.evidence.Comparison;
import io.modelgate.finding.Place;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An attribute as far as a file knows it.
 *
 * @param name its name
 * @param reference the group that others are compared with, where known
 * @param unassigned rows without a group
 * @param groups its groups
 */
record AttributeDraft(String name, Optional<String> reference, double unassigned, List<GroupDraft> groups) {
    AttributeDraft {
        groups = List.copyOf(groups);
    }

    /** This attribute, with so many rows without a group. */
    AttributeDraft without(double rows) {
        return new AttributeDraft(name, reference, rows, groups);
    }

    /** This attribute with what the user says of it: the reference, and groups that the file does not size. */
    AttributeDraft with(Grouping known, Place file, Notes notes) {
        known.reference().filter(each -> reference.isPresent()).ifPresent(said -> {
            if (!reference.orElseThrow().equals(said)) {
                notes.disagree(
                        file,
                        "the file compares " + name + " with " + reference.get() + ", not with " + said,
                        "Leave the reference out, or let the tool compare with " + said + ".");
            }
        });
        List<GroupDraft> sized = groups.stream()
                .map(each -> known.group(each.name())
                        .map(group -> each.with(group, name, notes))
                        .orElse(each))
                .toList();
        sized.stream()
                .filter(each -> each.n().isEmpty())
                .forEach(each -> notes.missing(
                        "how many people are in " + each.name() + " of " + name,
                        "--group " + name + "=" + each.name() + ":<number>"));
        return new AttributeDraft(name, reference.or(known::reference), unassigned, sized);
    }

    double total() {
        return groups.stream().mapToDouble(each -> each.n().orElse(0.0)).sum();
    }

    boolean hasCounts() {
        return groups.stream().allMatch(each -> each.counts().isPresent());
    }

    /** Some groups compared with all others. */
    Comparison againstTheRest(Set<String> left) {
        Set<String> right = groups.stream()
                .map(GroupDraft::name)
                .filter(each -> !left.contains(each))
                .collect(Collectors.toSet());
        return new Comparison(name, left, right);
    }

    Node.Mapping toNode(Place place) {
        return new MappingBuilder()
                .put("name", new Node.Text(place, name))
                .text("reference", reference)
                .put("unassigned", Trees.decimal(place, unassigned))
                .put(
                        "groups",
                        MappingBuilder.sequence(
                                groups.stream().map(GroupDraft::toNode).toList()))
                .build();
    }
}
