package io.modelgate.evidence;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.FindingList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a fairness report must satisfy beyond its shape, its numbers included. */
final class ReportCheck {
    /** More groups than this are no groups of people any more. */
    static final int MOST_GROUPS = 10_000;

    private final FairnessReport report;
    private final FindingList findings = new FindingList();

    private ReportCheck(FairnessReport report) {
        this.report = report;
    }

    static List<Finding> of(FairnessReport report) {
        ReportCheck check = new ReportCheck(report);
        long groups = report.attributes().stream()
                .mapToLong(each -> each.groups().size())
                .sum();
        if (groups > MOST_GROUPS) {
            check.findings.add(
                    "fairness/limit",
                    report.attributes().get(0).place(),
                    "there are " + groups + " groups, at most " + MOST_GROUPS + " are allowed",
                    "Report on groups, not on people.");
            return check.findings.list();
        }
        check.attributes();
        check.sums();
        check.values();
        List<Finding> all = new ArrayList<>(check.findings.list());
        all.addAll(CrossCheck.of(report));
        all.addAll(Recomputation.of(report).findings());
        return all;
    }

    private void attributes() {
        Set<String> seen = new HashSet<>();
        for (Attribute attribute : report.attributes()) {
            PlainName.check("attribute", attribute.name(), attribute.place(), findings);
            if (!seen.add(attribute.name().toLowerCase(Locale.ROOT))) {
                findings.add(
                        "fairness/duplicate",
                        attribute.place(),
                        "the attribute " + attribute.name() + " is given twice",
                        "Keep one of them.");
            }
            groups(attribute);
            rows(attribute);
        }
    }

    /** Attributes split the same people: together their groups were decided on alike. */
    private void sums() {
        List<Attribute> counted =
                report.attributes().stream().filter(Attribute::hasCounts).toList();
        for (Attribute attribute : report.weighted() ? List.<Attribute>of() : counted) {
            Attribute first = counted.get(0);
            Confusion all = attribute.sum().orElseThrow();
            Confusion others = first.sum().orElseThrow();
            if (!all.isNear(others, attribute.unassigned() + first.unassigned())) {
                findings.add(
                        "fairness/counts",
                        attribute.place(),
                        "the groups of " + attribute.name() + " have together " + all.shown() + ", those of "
                                + first.name() + " " + others.shown(),
                        "Count the same decisions for each attribute.");
            }
        }
    }

    private void groups(Attribute attribute) {
        Set<String> seen = new HashSet<>();
        for (Group group : attribute.groups()) {
            PlainName.check("group", group.name(), group.place(), findings);
            if (!seen.add(group.name())) {
                findings.add(
                        "fairness/duplicate",
                        group.place(),
                        "the group " + group.name() + " of " + attribute.name() + " is given twice",
                        "Keep one of them.");
            }
            if (!report.weighted() && !group.isWhole()) {
                findings.add(
                        "fairness/counts",
                        group.place(),
                        "n and the counts of " + group.name() + " are not all whole numbers",
                        "Write how many people there are, or 'weighted: true'.");
            }
        }
        attribute
                .reference()
                .filter(each -> !seen.contains(each))
                .ifPresent(each -> findings.add(
                        "fairness/unknown-group",
                        attribute.place(),
                        "the reference group " + each + " is not a group of " + attribute.name(),
                        "Name one of its groups."));
    }

    private void rows(Attribute attribute) {
        double total = attribute.total() + attribute.unassigned();
        long rows = report.measurement().rows();
        if (!report.weighted() && total != rows) {
            findings.add(
                    "fairness/rows",
                    attribute.place(),
                    "the groups of " + attribute.name() + " and unassigned rows add up to " + Numbers.text(total)
                            + ", but the dataset has " + rows + " rows",
                    "Say how many rows are unassigned, or correct the counts.");
        }
    }

    private void values() {
        Map<String, Set<String>> groups = new HashMap<>();
        report.attributes()
                .forEach(attribute -> attribute
                        .groups()
                        .forEach(each -> groups.computeIfAbsent(attribute.name(), key -> new HashSet<>())
                                .add(each.name())));
        Set<String> attributes = new HashSet<>();
        report.attributes().forEach(each -> attributes.add(each.name()));
        Set<List<Object>> seen = new HashSet<>();
        for (FairnessValue value : report.values()) {
            Comparison comparison = value.comparison();
            if (!seen.add(List.of(value.metric(), comparison))) {
                findings.add("fairness/duplicate", value.place(), value.label() + " is given twice", "Keep one.");
            }
            if (!attributes.contains(comparison.attribute())) {
                findings.add(
                        "fairness/unknown-attribute",
                        value.place(),
                        value.label() + ": there is no attribute " + comparison.attribute(),
                        "Name one of: "
                                + String.join(", ", attributes.stream().sorted().toList()) + ".");
            } else {
                known(value, groups.getOrDefault(comparison.attribute(), Set.of()));
            }
            sides(value);
            scale(value);
        }
    }

    private void known(FairnessValue value, Set<String> groups) {
        Set<String> unknown = new HashSet<>(value.comparison().left());
        unknown.addAll(value.comparison().right());
        unknown.removeAll(groups);
        unknown.stream()
                .sorted()
                .forEach(each -> findings.add(
                        "fairness/unknown-group",
                        value.place(),
                        value.label() + ": there is no group " + each,
                        "Name a group of " + value.comparison().attribute() + "."));
    }

    private void sides(FairnessValue value) {
        if (!value.comparison().suits(value.metric().sides())) {
            String needed = switch (value.metric().sides()) {
                case PAIR -> "Give the groups of both sides, left and right.";
                case GROUPS -> "Leave left and right out, or give both.";
                case HIGHEST -> "Give the left side only: it is compared with the highest rate.";
            };
            findings.add("fairness/sides", value.place(), value.label() + " has not the sides it needs", needed);
        }
        if (!value.comparison().isDisjoint()) {
            findings.add(
                    "fairness/sides",
                    value.place(),
                    value.label() + " has a group on both sides",
                    "Put each group on one side.");
        }
    }

    private void scale(FairnessValue value) {
        value.value().number().ifPresent(number -> {
            if (!value.metric().scale().allows(number)) {
                findings.add(
                        "fairness/impossible",
                        value.place(),
                        value.label() + " is " + Numbers.text(number) + ", but can only be "
                                + value.metric().scale().text(),
                        "Check which metric of the tool this is.");
            }
        });
    }
}
