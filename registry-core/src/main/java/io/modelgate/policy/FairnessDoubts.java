package io.modelgate.policy;

import io.modelgate.evidence.FairnessMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is hardly meant in a rule about fairness. */
final class FairnessDoubts {
    /** Groups whose ratio is larger differ beyond anything that is seen in people. */
    private static final double LARGEST_RATIO = 100;

    private FairnessDoubts() {}

    static List<Doubt> of(FairnessRequirement rule, Measured measured) {
        List<Doubt> doubts = new ArrayList<>();
        rule.attributes().forEach(each -> measured.attribute(each).ifPresent(doubts::add));
        rule.references()
                .forEach((attribute, group) ->
                        reference(rule, attribute, group, measured).ifPresent(doubts::add));
        rule.source().dataset().flatMap(measured::fairnessData).ifPresent(doubts::add);
        rule.groups()
                .maxAge()
                .filter(Durations::isTooShort)
                .ifPresent(age -> doubts.add(Doubt.tooShort("a fairness report")));
        FairnessMetric metric = rule.metric();
        if (!rule.bounds().contain(metric.ideal())) {
            doubts.add(new Doubt(
                    "ideal",
                    "refuses " + metric.id() + " " + Shown.number(metric.ideal())
                            + ", which is the value of groups that are treated alike.",
                    "Let the bounds contain it."));
        }
        boolean ratio = metric.ideal() == 1;
        if (ratio
                ? rule.bounds().holdWithin(0, Double.POSITIVE_INFINITY)
                : rule.bounds().holdWithin(-1, 1)) {
            doubts.add(Doubt.neverFails(metric.id() + " is always " + (ratio ? "at least 0" : "between -1 and 1")));
        }
        if (ratio
                && rule.bounds().holdWithin(0, LARGEST_RATIO)
                && !rule.bounds().holdWithin(0, Double.POSITIVE_INFINITY)) {
            doubts.add(Doubt.neverFails(metric.id() + " is at least 0, and over " + Shown.number(LARGEST_RATIO)
                    + " only where a group gets nothing"));
        }
        Optional<Doubt> size = rule.attributes().stream()
                .flatMap(each -> measured.groupSize(each, rule.groups().minGroupSize()).stream())
                .findFirst();
        size.ifPresent(doubts::add);
        if (size.isEmpty() && rule.groups().ignoreSmall() && rule.groups().minGroupSize() > 10_000) {
            doubts.add(new Doubt(
                    "passed-over",
                    "passes over every group of fewer than " + rule.groups().minGroupSize() + " people.",
                    "Lower minGroupSize."));
        }
        return doubts;
    }

    private static Optional<Doubt> reference(
            FairnessRequirement rule, String attribute, String group, Measured measured) {
        return rule.attributes().stream().anyMatch(attribute::equalsIgnoreCase)
                ? measured.group(attribute, group)
                : Optional.of(new Doubt(
                        "reference",
                        "names a reference group of " + attribute + ", which is none of its attributes.",
                        "Add " + attribute + " to the attributes, or take its reference out."));
    }
}
