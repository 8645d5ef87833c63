package io.modelgate.evidence;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.FindingList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether crossed attributes, such as {@code sex*age}, count the same people as the attributes that they cross. */
final class CrossCheck {
    private final FairnessReport report;
    private final FindingList findings = new FindingList();

    private CrossCheck(FairnessReport report) {
        this.report = report;
    }

    static List<Finding> of(FairnessReport report) {
        CrossCheck check = new CrossCheck(report);
        report.attributes().stream().filter(each -> each.parts().size() > 1).forEach(check::check);
        return check.findings.list();
    }

    private void check(Attribute crossed) {
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
        for (int i = 0; i < parts.size(); i++) {
            int part = i;
            report.attribute(parts.get(i)).ifPresent(base -> compare(crossed, part, base));
        }
    }

    private void compare(Attribute crossed, int part, Attribute base) {
        Map<String, List<Group>> byGroup = new HashMap<>();
        for (Group group : crossed.groups()) {
            String name = split(group).get(part);
            if (base.group(name).isEmpty()) {
                findings.add(
                        "fairness/crossed",
                        group.place(),
                        "the group " + group.name() + " is of " + name + ", which is not a group of " + base.name(),
                        "Name a group of " + base.name() + ".");
            }
            byGroup.computeIfAbsent(name, key -> new ArrayList<>()).add(group);
        }
        if (crossed.unassigned() == 0 && base.unassigned() == 0) {
            base.groups().forEach(each -> sum(crossed, each, byGroup.getOrDefault(each.name(), List.of())));
        }
    }

    private void sum(Attribute crossed, Group base, List<Group> parts) {
        double n = parts.stream().mapToDouble(Group::n).sum();
        if (!Confusion.isSum(n, base.n())) {
            differ(crossed, base, "n", Numbers.text(n), Numbers.text(base.n()));
            return;
        }
        if (base.counts().isPresent()
                && parts.stream().allMatch(each -> each.counts().isPresent())) {
            Confusion sum = Confusion.pooled(
                    parts.stream().flatMap(each -> each.counts().stream()).toList());
            Confusion counts = base.counts().get();
            compare(crossed, base, "tp", sum.tp(), counts.tp());
            compare(crossed, base, "fp", sum.fp(), counts.fp());
            compare(crossed, base, "tn", sum.tn(), counts.tn());
            compare(crossed, base, "fn", sum.fn(), counts.fn());
        }
    }

    private void compare(Attribute crossed, Group base, String what, double sum, double counted) {
        if (!Confusion.isSum(sum, counted)) {
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
