package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Optional;

/**
 * What divides people into groups, such as {@code sex}, or several crossed: {@code sex*age} with groups such as
 * {@code female*over-25}.
 *
 * @param name its name
 * @param reference the group that others are compared with, where there is one
 * @param unassigned rows without a group
 * @param groups its groups, in the order of the file
 * @param place where its name is in its file
 */
public record Attribute(String name, Optional<String> reference, double unassigned, List<Group> groups, Place place) {
    /** Between the names of crossed attributes, and of their groups. */
    public static final String CROSS = "*";

    public Attribute {
        groups = List.copyOf(groups);
        if (name.isBlank()) {
            throw new IllegalArgumentException("an attribute needs a name");
        }
    }

    /** The group of this name. */
    public Optional<Group> group(String group) {
        return groups.stream().filter(each -> each.name().equals(group)).findFirst();
    }

    /** The people of all groups together. */
    public double total() {
        return groups.stream().mapToDouble(Group::n).sum();
    }

    /** Whether tp, fp, tn and fn of every group are known. */
    public boolean hasCounts() {
        return groups.stream().allMatch(each -> each.counts().isPresent());
    }

    /** The counts of all groups together; empty where those of one are unknown. */
    Optional<Confusion> sum() {
        return hasCounts()
                ? Optional.of(Confusion.pooled(
                        groups.stream().flatMap(each -> each.counts().stream()).toList()))
                : Optional.empty();
    }

    /** The attributes that are crossed in this one; this alone when none are. */
    List<String> parts() {
        return List.of(name.split("\\*", -1));
    }

    /** Reads the fields; empty, with findings noted, when something is wrong. */
    static Optional<Attribute> of(Fields fields) {
        String name = fields.text("name");
        Optional<String> reference = fields.optionalText("reference");
        double unassigned = MetricReader.finite(fields, "unassigned").orElse(0.0);
        List<Group> groups = fields.children("groups").stream()
                .flatMap(each -> Group.of(each).stream())
                .toList();
        if (fields.has("name") && name.isBlank()) {
            fields.refuse("name", "name is empty", "Name the attribute.");
        }
        if (unassigned < 0) {
            fields.refuse("unassigned", "unassigned must be 0 or more", "Write how many rows have no group.");
        }
        return name.isBlank()
                ? Optional.empty()
                : Optional.of(new Attribute(name, reference, unassigned, groups, fields.place("name")));
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .text("name", name)
                .text("reference", reference)
                .number("unassigned", Numbers.decimal(unassigned))
                .put(
                        "groups",
                        MappingBuilder.sequence(
                                groups.stream().map(Group::toNode).toList()))
                .build();
    }
}
