package io.modelgate.policy;

import io.modelgate.evidence.FairnessMetric;
import java.util.ArrayList;
import java.util.List;

/** What is hardly meant in a rule about fairness. */
final class FairnessDoubts {
    private FairnessDoubts() {}

    static List<Doubt> of(FairnessRequirement rule) {
        List<Doubt> doubts = new ArrayList<>();
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
        if (rule.groups().ignoreSmall() && rule.groups().minGroupSize() > 10_000) {
            doubts.add(new Doubt(
                    "passed-over",
                    "passes over every group of fewer than " + rule.groups().minGroupSize() + " people.",
                    "Lower minGroupSize."));
        }
        return doubts;
    }
}
