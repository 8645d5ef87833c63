package io.modelgate.evidence;

import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.Optional;

/**
 * What the tool itself called a metric and said of it.
 *
 * @param name the tool's name of it
 * @param value the tool's value, where it is a number
 * @param conversion how ours was made from it, such as {@code as is} or {@code negated}
 */
public record NativeValue(String name, Optional<Double> value, Optional<String> conversion) {
    static NativeValue of(Fields fields) {
        return new NativeValue(
                fields.text("name"), MetricReader.finite(fields, "value"), fields.optionalText("conversion"));
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .text("name", name)
                .number("value", value.map(Numbers::decimal))
                .text("conversion", conversion)
                .build();
    }
}
