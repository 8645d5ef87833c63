package io.modelgate.importer;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.Optional;

/**
 * What a tool says of one metric, and what it should say.
 *
 * @param metric our metric
 * @param comparison the groups
 * @param name the tool's name of it
 * @param original what the tool wrote
 * @param value our value, made from it
 * @param conversion how it was made
 * @param computed what other numbers of the file say that it is, where they say it
 */
record Told(
        FairnessMetric metric,
        Comparison comparison,
        String name,
        Node original,
        MetricValue value,
        String conversion,
        Optional<MetricValue> computed) {
    private static final double TOLERANCE = 1e-6;

    /** A value that is believed. */
    static Told of(
            FairnessMetric metric, Comparison comparison, String name, Node original, MetricValue value, String how) {
        return new Told(metric, comparison, name, original, value, how, Optional.empty());
    }

    Told expecting(Optional<MetricValue> expected) {
        return new Told(metric, comparison, name, original, value, conversion, expected);
    }

    /** Undefined is undefined, whatever the tool wrote: its value is dropped when the numbers it is made of have none. */
    Told corrected() {
        Optional<MetricStatus> status = computed.map(MetricValue::status).filter(each -> each != MetricStatus.OK);
        if (status.isEmpty() || isSilent() || status.get() == value.status()) {
            return this;
        }
        MetricValue none = MetricValue.none(status.get());
        String how = "dropped: the counts or rates say " + status.get().word();
        return new Told(metric, comparison, name, original, none, how, computed);
    }

    /** Whether the tool failed or did not compute it, which says nothing. */
    private boolean isSilent() {
        return value.status() == MetricStatus.ERROR || value.status() == MetricStatus.NOT_COMPUTED;
    }

    /** Whether the tool says something else than its own counts or rates give; a failure says nothing. */
    boolean isWrong() {
        return !isSilent()
                && computed.filter(each -> each.ok() && !(value.ok() && close(each, value)))
                        .isPresent();
    }

    boolean agrees(Told other) {
        boolean numbers = value.ok() && other.value.ok();
        return numbers ? close(value, other.value) : value.status() == other.value.status();
    }

    private static boolean close(MetricValue one, MetricValue other) {
        double a = one.number().getAsDouble();
        double b = other.number().getAsDouble();
        return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(b));
    }

    /** For people: {@code disparate_impact of sex: female / male}. */
    String label() {
        return name + " of " + comparison;
    }

    Node.Mapping toNode() {
        MappingBuilder fields = new MappingBuilder()
                .text("id", metric.id())
                .text("attribute", comparison.attribute())
                .texts("left", comparison.left())
                .texts("right", comparison.right());
        if (value.ok()) {
            fields.put("value", Trees.decimal(original.place(), value.number().getAsDouble()));
        } else {
            fields.put("value", new Node.Null(original.place())).text("status", value.status());
        }
        return fields.put(
                        "native",
                        new MappingBuilder()
                                .text("name", name)
                                .put("value", Trees.kept(original))
                                .text("conversion", conversion)
                                .build())
                .build();
    }
}
