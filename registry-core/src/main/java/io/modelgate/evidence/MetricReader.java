package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads and writes the fields {@code value} and {@code status}, which belong together. */
final class MetricReader {
    private MetricReader() {}

    /** The value; empty, with findings noted, when something is wrong. */
    static Optional<MetricValue> read(Fields fields) {
        Optional<Double> value = finite(fields, "value");
        Optional<MetricStatus> status = fields.optionalParsed("status", MetricStatus::parse);
        if (value.isPresent()) {
            if (status.orElse(MetricStatus.OK) != MetricStatus.OK) {
                fields.refuse(
                        "status",
                        "status is " + status.get().word() + ", but there is a value",
                        "Write 'value: null', or leave the status out.");
                return Optional.empty();
            }
            return value.map(MetricValue::of);
        }
        if (fields.has("value")) {
            return Optional.empty();
        }
        if (status.orElse(MetricStatus.OK) == MetricStatus.OK) {
            if (status.isPresent() || !fields.has("status")) {
                fields.refuse(
                        "value",
                        "there is no value, and no status that says why",
                        "Write a number, or 'value: null' with status undefined, infinite, error or not-computed.");
            }
            return Optional.empty();
        }
        return status.map(MetricValue::none);
    }

    /** A number that a double can hold; empty, with a finding noted, when it cannot. */
    static Optional<Double> finite(Fields fields, String key) {
        Optional<Double> value = fields.optionalNumber(key).map(BigDecimal::doubleValue);
        if (value.isPresent() && !Double.isFinite(value.get())) {
            fields.refuse(key, key + " is too large", "Write a number below 1.8e308.");
            return Optional.empty();
        }
        return value;
    }

    static MappingBuilder write(MappingBuilder fields, MetricValue value) {
        if (value.ok()) {
            return fields.number("value", Numbers.decimal(value.number().getAsDouble()));
        }
        return fields.put("value", new Node.Null(Place.NOWHERE)).text("status", value.status());
    }
}
