package io.modelgate.policy;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.Group;
import io.modelgate.evidence.People;
import io.modelgate.finding.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The groups of an attribute that are large enough to be judged, and how they are compared. */
final class JudgedGroups {
    private static final double MOST_UNASSIGNED = 0.05;

    private final Attribute attribute;
    private final People people;
    private final List<Group> groups = new ArrayList<>();
    private final List<Judgement.Problem> problems = new ArrayList<>();

    JudgedGroups(Attribute attribute, People people, FairnessRequirement.Limits limits) {
        this.attribute = attribute;
        this.people = people;
        for (Group group : attribute.groups()) {
            if (group.n() >= limits.minGroupSize()) {
                groups.add(group);
            } else {
                problems.add(tooSmall(group, limits));
            }
        }
        if (attribute.unassigned() > 0) {
            problems.add(unassigned(limits));
        }
        if (groups.size() < 2) {
            problems.add(Judgement.Problem.of(
                    attribute.place(),
                    "The attribute " + attribute.name() + " has fewer than two groups to compare.",
                    "Measure on data with more people."));
            groups.clear();
        }
    }

    /** So many rows without a group that they could be one that would be judged, or a twentieth of all, hide somebody. */
    private Judgement.Problem unassigned(FairnessRequirement.Limits limits) {
        double rows = attribute.unassigned();
        boolean asAGroup = limits.minGroupSize() > 0 && rows >= limits.minGroupSize();
        boolean many = asAGroup || rows > MOST_UNASSIGNED * (attribute.total() + rows);
        String message = Shown.number(rows) + " rows have no group of " + attribute.name()
                + (asAGroup
                        ? ": as many as a group that would be judged."
                        : many ? ": more than a twentieth of all." : ".");
        return many
                ? Judgement.Problem.of(
                        attribute.place(), message, "Say who they are, as a group of their own if need be.")
                : Judgement.Problem.worthALook(
                        attribute.place(), message, "See who they are: what happens to them is not judged.");
    }

    private Judgement.Problem tooSmall(Group group, FairnessRequirement.Limits limits) {
        String message = "The group " + group.name() + " of " + attribute.name() + " has " + Shown.number(group.n())
                + " people; at least " + limits.minGroupSize() + " are needed to judge it.";
        return limits.ignoreSmall()
                ? Judgement.Problem.worthALook(group.place(), message, "It is passed over, as the policy says.")
                : Judgement.Problem.of(group.place(), message, "Measure on data with more people of this group.");
    }

    /** What is wrong with the groups themselves. */
    List<Judgement.Problem> problems() {
        return problems;
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    int size() {
        return groups.size();
    }

    /** Nothing is compared: there are more groups than anybody would compare with each other. */
    void giveUp() {
        problems.add(Judgement.Problem.of(
                attribute.place(),
                "The attribute " + attribute.name() + " has " + groups.size()
                        + " groups large enough to be judged, too many to compare each with every other.",
                "Name the group to compare with under 'references' of the policy, or report on fewer groups."));
        groups.clear();
    }

    /** Whether none was left out. */
    boolean isWhole() {
        return groups.size() == attribute.groups().size();
    }

    /** Their counts; empty when those of one are unknown. */
    Optional<List<Confusion>> counts() {
        List<Confusion> counts =
                groups.stream().flatMap(group -> group.counts().stream()).toList();
        return counts.size() == groups.size() ? Optional.of(counts) : Optional.empty();
    }

    /** Each with the one that has the highest rate. */
    List<Comparison> withHighest() {
        return groups.stream()
                .map(group -> Comparison.withHighest(attribute.name(), group.name()))
                .toList();
    }

    /** Each two of them, once. */
    List<Comparison> pairs() {
        List<Comparison> pairs = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            for (int j = i + 1; j < groups.size(); j++) {
                pairs.add(Comparison.of(
                        attribute.name(), groups.get(i).name(), groups.get(j).name()));
            }
        }
        return pairs;
    }

    /** Each with the reference; without one, each with every other, both ways round. */
    List<Comparison> pairsWith(Optional<String> reference) {
        if (reference.isPresent()
                && groups.stream().noneMatch(group -> group.name().equals(reference.get()))) {
            boolean there = attribute.group(reference.get()).isPresent();
            problems.add(Judgement.Problem.of(
                    attribute.place(),
                    "The attribute " + attribute.name() + " has no group " + reference.get()
                            + (there ? " that is large enough" : "") + ", which is the reference.",
                    there
                            ? "Measure on data with more people of it."
                            : "Report the groups by the names that the policy uses."));
            return List.of();
        }
        return groups.stream()
                .filter(right -> reference.map(right.name()::equals).orElse(true))
                .flatMap(right -> groups.stream()
                        .filter(left -> !left.name().equals(right.name()))
                        .map(left -> Comparison.of(attribute.name(), left.name(), right.name())))
                .toList();
    }

    /** The counts of the group that a side consists of. */
    Optional<Confusion> counts(Iterable<String> side) {
        return people.group(side.iterator().next()).flatMap(Group::counts);
    }

    /** Where the first group of a comparison is. */
    Place place(Comparison comparison) {
        return Stream.concat(comparison.left().stream(), comparison.right().stream())
                .flatMap(name -> people.group(name).stream())
                .map(Group::place)
                .findFirst()
                .orElse(attribute.place());
    }
}
