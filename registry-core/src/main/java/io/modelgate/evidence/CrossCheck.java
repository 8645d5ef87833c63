package io.modelgate.evidence;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.FindingList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether crossed attributes, such as {@code sex*age}, count the same people as the attributes that they cross. */
final class CrossCheck {
    private final FindingList findings = new FindingList();

    private CrossCheck() {}

    static List<Finding> of(FairnessReport report) {
        CrossCheck check = new CrossCheck();
        report.attributes().stream()
                .filter(each -> each.parts().size() > 1)
                .forEach(each -> check.check(report::attribute, each));
        return check.findings.list();
    }

    /** Compares a crossed attribute with attributes of other reports about the same people. */
    static List<Finding> across(Attribute crossed, Function<String, Optional<Attribute>> bases) {
        CrossCheck check = new CrossCheck();
        int parts = crossed.parts().size();
        if (crossed.groups().stream().allMatch(group -> split(group).size() == parts)) {
            check.compareWith(bases, crossed);
        }
        return check.findings.list();
    }

    private void check(Function<String, Optional<Attribute>> bases, Attribute crossed) {
        List<String> parts = crossed.parts();
        for (Group group : crossed.groups()) {
            if (split(group).size() != parts.size()) {
                findings.add(
                        "fairness/crossed",
                        group.place(),
                        "the group " + group.name() + " does not name one group of each of " + String.join(", ", parts),
                        "Name it as its attribute: the groups with '*' between them.");
                return;
            }
        }
        compareWith(bases, crossed);
    }

    private void compareWith(Function<String, Optional<Attribute>> bases, Attribute crossed) {
        List<String> parts = crossed.parts();
        for (int i = 0; i < parts.size(); i++) {
            int part = i;
            bases.apply(parts.get(i)).ifPresent(base -> compare(crossed, part, base));
        }
    }

    private void compare(Attribute crossed, int part, Attribute base) {
        Map<String, List<Group>> byGroup = new HashMap<>();
        Set<String> known = base.groups().stream().map(Group::name).collect(Collectors.toSet());
        for (Group group : crossed.groups()) {
            String name = split(group).get(part);
            if (!known.contains(name)) {
                findings.add(
                        "fairness/crossed",
                        group.place(),
                        "the group " + group.name() + " is of " + name + ", which is not a group of " + base.name(),
                        "Name a group of " + base.name() + ".");
            }
            byGroup.computeIfAbsent(name, key -> new ArrayList<>()).add(group);
        }
        double unknown = crossed.unassigned() + base.unassigned();
        base.groups().forEach(each -> sum(crossed, each, byGroup.getOrDefault(each.name(), List.of()), unknown));
    }

    private void sum(Attribute crossed, Group base, List<Group> parts, double unknown) {
        double n = parts.stream().mapToDouble(Group::n).sum();
        if (!Confusion.isNear(n, base.n(), unknown)) {
            differ(crossed, base, "n", Numbers.text(n), Numbers.text(base.n()));
            return;
        }
        if (base.counts().isPresent()
                && parts.stream().allMatch(each -> each.counts().isPresent())) {
            Confusion sum = Confusion.pooled(
                    parts.stream().flatMap(each -> each.counts().stream()).toList());
            Confusion counts = base.counts().get();
            compare(crossed, base, "tp", sum.tp(), counts.tp(), unknown);
            compare(crossed, base, "fp", sum.fp(), counts.fp(), unknown);
            compare(crossed, base, "tn", sum.tn(), counts.tn(), unknown);
            compare(crossed, base, "fn", sum.fn(), counts.fn(), unknown);
        }
    }

    private void compare(Attribute crossed, Group base, String what, double sum, double counted, double unknown) {
        if (!Confusion.isNear(sum, counted, unknown)) {
            differ(crossed, base, what, Numbers.text(sum), Numbers.text(counted));
        }
    }

    private void differ(Attribute crossed, Group base, String what, String sum, String counted) {
        findings.add(
                "fairness/crossed",
                base.place(),
                what + " of " + base.name() + " is " + counted + ", but its groups of " + crossed.name() + " add up to "
                        + sum,
                "Correct the counts, or say how many rows are unassigned.");
    }

    private static List<String> split(Group group) {
        return List.of(group.name().split("\\*", -1));
    }
}
