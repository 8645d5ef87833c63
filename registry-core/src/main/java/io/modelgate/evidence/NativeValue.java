package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.Optional;

/**
 * What the tool itself called a metric and said of it.
 *
 * @param name the tool's name of it
 * @param value the tool's value as it wrote it: a number, or text such as {@code Infinity}
 * @param conversion how ours was made from it, such as {@code as is} or {@code negated}
 */
public record NativeValue(String name, Optional<Node> value, Optional<String> conversion) {
    static NativeValue of(Fields fields) {
        return new NativeValue(
                fields.text("name"),
                fields.node("value").map(NativeValue::withoutPlace),
                fields.optionalText("conversion"));
    }

    private static Node withoutPlace(Node node) {
        return node instanceof Node.Decimal number
                ? new Node.Decimal(Place.NOWHERE, number.value())
                : new Node.Text(Place.NOWHERE, node instanceof Node.Text text ? text.value() : "");
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .text("name", name)
                .put("value", value)
                .text("conversion", conversion)
                .build();
    }
}
