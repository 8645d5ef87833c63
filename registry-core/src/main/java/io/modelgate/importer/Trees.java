package io.modelgate.importer;

import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.evidence.ModelIndex;
import io.modelgate.evidence.WrittenValue;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Node;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads what tools write into trees, leniently. */
final class Trees {
    private Trees() {}

    static Optional<Node.Mapping> mapping(Node node) {
        return node instanceof Node.Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    static Optional<Node.Mapping> mapping(Node.Mapping parent, String key) {
        return parent.get(key).flatMap(Trees::mapping);
    }

    /** The mappings of a list; empty when it is no list, or when one of its items is no mapping. */
    static List<Node.Mapping> mappings(Node node) {
        if (!(node instanceof Node.Sequence list)
                || !list.items().stream().allMatch(each -> each instanceof Node.Mapping)) {
            return List.of();
        }
        return list.items().stream().flatMap(each -> mapping(each).stream()).toList();
    }

    static List<Node.Mapping> mappings(Node.Mapping parent, String key) {
        return parent.get(key).map(Trees::mappings).orElse(List.of());
    }

    /** Text, or a number or switch as it was written; empty when it is nothing of these, or blank. */
    static Optional<String> text(Node node) {
        return ModelIndex.text(node);
    }

    static Optional<String> text(Node.Mapping parent, String key) {
        return parent.get(key).flatMap(Trees::text);
    }

    /** A finite number, also when it was written as text; empty otherwise. */
    static Optional<Double> number(Node node) {
        MetricValue value = value(node, MetricStatus.NOT_COMPUTED);
        return value.ok() ? Optional.of(value.number().getAsDouble()) : Optional.empty();
    }

    static Optional<Double> number(Node.Mapping parent, String key) {
        return parent.get(key).flatMap(Trees::number);
    }

    /** The value of a metric, or why there is none: not a number, infinite, or null, which tools mean differently. */
    static MetricValue value(Node node, MetricStatus ofNull) {
        return WrittenValue.of(node, ofNull);
    }

    /** A number as it was written; empty when it is none, or so large or small that it would be no use. */
    static Optional<BigDecimal> number(String text) {
        return WrittenValue.number(text);
    }

    /** The same value with the other sign. */
    static MetricValue negated(MetricValue value) {
        return value.ok() ? MetricValue.of(0.0 - value.number().getAsDouble()) : value;
    }

    /** A tool's value as a report keeps it: a number or text; empty for null. */
    static Optional<Node> kept(Node node) {
        if (node instanceof Node.Decimal) {
            return Optional.of(node);
        }
        Optional<Node> number = node instanceof Node.Text text ? asNumber(text) : Optional.empty();
        return number.or(() -> text(node).map(each -> new Node.Text(node.place(), each)));
    }

    private static Optional<Node> asNumber(Node.Text text) {
        return number(text.value().strip()).map(each -> new Node.Decimal(text.place(), each));
    }

    /** A number of the tree that is written. */
    static Node decimal(Place place, double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return new Node.Decimal(place, whole ? BigDecimal.valueOf((long) value) : BigDecimal.valueOf(value));
    }

    static Node text(Place place, String value) {
        return new Node.Text(place, value);
    }
}
