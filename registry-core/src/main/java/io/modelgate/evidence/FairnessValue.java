package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a tool said of one fairness metric.
 *
 * @param metric which metric
 * @param comparison which groups it compares
 * @param value its value
 * @param n on how many rows, where the tool says it
 * @param interval its confidence interval
 * @param original what the tool called it and said
 * @param place where its value is in its file
 */
public record FairnessValue(
        FairnessMetric metric,
        Comparison comparison,
        MetricValue value,
        Optional<Double> n,
        Optional<Interval> interval,
        Optional<NativeValue> original,
        Place place) {

    /** For people: {@code disparate_impact_ratio of sex: female / male}. */
    public String label() {
        return metric.id() + " of " + comparison;
    }

    /** Reads the fields; empty, with findings noted, when something is wrong. */
    static Optional<FairnessValue> of(Fields fields) {
        Optional<FairnessMetric> metric = fields.parsed("id", FairnessMetric::parse);
        String attribute = fields.text("attribute");
        Comparison comparison = new Comparison(attribute, side(fields, "left"), side(fields, "right"));
        Optional<MetricValue> value = MetricReader.read(fields);
        Optional<Double> n = MetricReader.finite(fields, "n");
        Optional<Interval> interval = fields.optionalChild("interval").flatMap(Interval::of);
        Optional<NativeValue> original = fields.optionalChild("native").map(NativeValue::of);
        return metric.isEmpty() || value.isEmpty()
                ? Optional.empty()
                : Optional.of(new FairnessValue(
                        metric.get(), comparison, value.get(), n, interval, original, fields.place("value")));
    }

    private static Set<String> side(Fields fields, String key) {
        List<String> groups = fields.texts(key);
        Set<String> side = Set.copyOf(groups);
        if (side.size() < groups.size()) {
            fields.refuse(key, key + " names a group twice", "Name each group once.");
        }
        return side;
    }

    Node.Mapping toNode() {
        MappingBuilder fields = new MappingBuilder()
                .text("id", metric.id())
                .text("attribute", comparison.attribute())
                .texts("left", comparison.left())
                .texts("right", comparison.right());
        return MetricReader.write(fields, value)
                .number("n", n.map(Numbers::decimal))
                .put("interval", interval.map(Interval::toNode))
                .put("native", original.map(NativeValue::toNode))
                .build();
    }
}
