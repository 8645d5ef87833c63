package io.modelgate.importer;

import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.MetricValue;

/**
 * What a tool's name of a metric means.
 *
 * @param metric our metric
 * @param negated whether the tool's sign is the other one
 */
record Meaning(FairnessMetric metric, boolean negated) {
    static Meaning same(FairnessMetric metric) {
        return new Meaning(metric, false);
    }

    static Meaning negated(FairnessMetric metric) {
        return new Meaning(metric, true);
    }

    /** Our value, of the tool's. */
    MetricValue ours(MetricValue value) {
        return negated ? Trees.negated(value) : value;
    }

    /** How it was made, for a report. */
    String conversion() {
        return negated ? "negated" : "as is";
    }
}
