package io.modelgate.evidence;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fairness reports that count the same decisions about the same people: what they count differently hides something or is wrong,
 * and nobody can tell which. Each attribute is compared with where it was first reported, so that the work grows with the reports.
 */
final class SameDecisions {
    private final Map<String, Known> attributes = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** An attribute and the report that has it, with its groups by name. */
    private record Known(FairnessReport report, Attribute attribute, Map<String, Group> groups) {
        static Known of(FairnessReport report, Attribute attribute) {
            Map<String, Group> groups = new HashMap<>();
            attribute.groups().forEach(each -> groups.putIfAbsent(each.name(), each));
            return new Known(report, attribute, groups);
        }
    }

    void add(FairnessReport report) {
        Optional<Known> first = attributes.values().stream()
                .filter(each -> each.attribute().hasCounts())
                .findFirst();
        for (Attribute attribute : report.attributes()) {
            Known before = attributes.putIfAbsent(attribute.name(), Known.of(report, attribute));
            if (before != null) {
                groups(before, attribute);
            } else {
                first.ifPresent(known -> sums(known, attribute));
            }
        }
    }

    /** The first group that is counted otherwise; more would say the same. */
    private void groups(Known before, Attribute attribute) {
        for (Group group : attribute.groups()) {
            Group same = before.groups().get(group.name());
            if (same != null && !agree(group, same)) {
                findings.add(contradiction(group.place(), shown(group), shown(same), before.report()));
                return;
            }
        }
    }

    private void sums(Known before, Attribute attribute) {
        double unknown = attribute.unassigned() + before.attribute().unassigned();
        Confusion others = before.attribute().sum().orElseThrow();
        attribute
                .sum()
                .filter(all -> !all.isNear(others, unknown))
                .ifPresent(all -> findings.add(contradiction(
                        attribute.place(),
                        attribute.name() + " " + all.shown(),
                        before.attribute().name() + " " + others.shown(),
                        before.report())));
    }

    /** All that is counted differently, between the attributes that are crossed too. */
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        attributes.values().stream()
                .filter(each -> each.attribute().parts().size() > 1)
                .forEach(crossed -> all.addAll(CrossCheck.across(
                        crossed.attribute(),
                        name -> Optional.ofNullable(attributes.get(name))
                                .filter(base -> !base.report()
                                        .id()
                                        .equals(crossed.report().id()))
                                .map(Known::attribute))));
        return all;
    }

    private static boolean agree(Group one, Group other) {
        boolean counted = one.counts().isPresent() && other.counts().isPresent();
        return counted ? one.counts().equals(other.counts()) : one.n() == other.n();
    }

    private static String shown(Group group) {
        return group.name() + " "
                + group.counts().map(Confusion::shown).orElseGet(() -> "n " + Numbers.text(group.n()));
    }

    private static Finding contradiction(Place place, String here, String there, FairnessReport before) {
        return Finding.block(
                "evidence/contradiction",
                place,
                "The counts here are " + here + ", in the report " + before.id() + " of the same data " + there + ".",
                "Give the data another name if it is other data; otherwise keep the report that is right.");
    }
}
