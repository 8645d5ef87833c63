package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One metric of an evaluation.
 *
 * @param id what it is, such as {@code roc_auc}
 * @param value its value
 * @param n on how many rows
 * @param slice which part of the data, such as {@code sex: female}; everything when empty
 * @param direction which way is better
 * @param interval its confidence interval
 * @param place where its value is
 */
public record Metric(
        String id,
        MetricValue value,
        Optional<Long> n,
        Map<String, String> slice,
        Optional<Direction> direction,
        Optional<Interval> interval,
        Place place) {
    public Metric {
        slice = Collections.unmodifiableMap(new TreeMap<>(slice));
        if (id.isBlank()) {
            throw new IllegalArgumentException("a metric needs an id");
        }
    }

    /** Its id with its slice, for people: {@code accuracy {sex=female}}. */
    public String label() {
        return slice.isEmpty() ? id : id + " " + slice;
    }

    /** Reads the fields; empty, with findings noted, when something is wrong. */
    static Optional<Metric> of(Fields fields) {
        String id = fields.text("id");
        Optional<MetricValue> value = MetricReader.read(fields);
        Optional<Long> n = fields.optionalInteger("n");
        Map<String, String> slice = fields.textMap("slice");
        Optional<Direction> direction = fields.optionalParsed("direction", Direction::parse);
        Optional<Interval> interval = fields.optionalChild("interval").flatMap(Interval::of);
        if (n.orElse(0L) < 0) {
            fields.refuse("n", "n is " + n.get() + ", must be 0 or more", "Write the number of rows.");
        }
        if (fields.has("id") && id.isBlank()) {
            fields.refuse("id", "id is empty", "Name the metric, such as roc_auc.");
        }
        return value.isEmpty() || id.isBlank()
                ? Optional.empty()
                : Optional.of(new Metric(id, value.get(), n, slice, direction, interval, fields.place("value")));
    }

    Node.Mapping toNode() {
        MappingBuilder fields = new MappingBuilder().text("id", id);
        return MetricReader.write(fields, value)
                .number("n", n)
                .textMap("slice", slice)
                .text("direction", direction)
                .put("interval", interval.map(Interval::toNode))
                .build();
    }
}
