package io.modelgate.policy;

import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an evaluation or a fairness report of a policy test leaves out, filled with something harmless. */
final class PolicyTestDefaults {
    private static final List<String> COUNTS = List.of("tp", "fp", "tn", "fn");
    private static final Node.Mapping TOOL = new MappingBuilder()
            .text("name", "policy test")
            .text("version", "1")
            .build();

    private PolicyTestDefaults() {}

    /** An evaluation that is whole, but for its subject. */
    static Node.Mapping evaluation(Node.Mapping given, int number) {
        List<Node.Mapping> classes = child(given, "confusion").stream()
                .flatMap(confusion -> children(confusion, "rows").stream())
                .toList();
        String task = switch (classes.size()) {
            case 0 -> "other";
            case 2 -> "binary-classification";
            default -> "multiclass-classification";
        };
        BigDecimal counted = sum(classes.stream()
                .flatMap(row -> items(row, "counts").stream())
                .map(PolicyTestDefaults::number)
                .toList());
        return whole(given, "evaluation-" + number, task, counted.signum() > 0 ? counted : rows(given));
    }

    /** A fairness report that is whole, but for its subject. */
    static Node.Mapping fairness(Node.Mapping given, int number) {
        List<Node.Mapping> attributes = children(given, "attributes").stream()
                .map(PolicyTestDefaults::attribute)
                .toList();
        BigDecimal people = attributes.stream()
                .findFirst()
                .map(first -> sum(children(first, "groups").stream()
                                .map(group -> number(group, "n"))
                                .toList())
                        .add(number(first, "unassigned").orElse(BigDecimal.ZERO)))
                .orElse(BigDecimal.ZERO);
        Node.Mapping whole = whole(given, "report-" + number, "binary-classification", people);
        MappingBuilder rest = new MappingBuilder();
        if (given.get("favourable").isEmpty()) {
            rest.text("favourable", "1");
        }
        if (!attributes.isEmpty()) {
            rest.put("attributes", MappingBuilder.sequence(attributes));
        }
        return over(whole, rest.build(), given);
    }

    /** The first mapping with the fields of the second put over it. */
    static Node.Mapping over(Node.Mapping defaults, Node.Mapping fields) {
        return over(defaults, fields, fields);
    }

    private static Node.Mapping over(Node.Mapping defaults, Node.Mapping fields, Node.Mapping placed) {
        Map<String, Node> entries = new LinkedHashMap<>(defaults.entries());
        entries.putAll(fields.entries());
        return new Node.Mapping(placed.place(), entries, placed.keys());
    }

    private static Node.Mapping whole(Node.Mapping given, String id, String task, BigDecimal rows) {
        Node.Mapping data = new MappingBuilder()
                .text("name", "policy test")
                .text("role", "test")
                .number("rows", rows.setScale(0, RoundingMode.CEILING).max(BigDecimal.ONE))
                .build();
        Node.Mapping defaults =
                new MappingBuilder().text("id", id).text("task", task).build();
        MappingBuilder parts = new MappingBuilder();
        part(given, "tool", TOOL, parts);
        part(given, "dataset", data, parts);
        return over(over(defaults, given), parts.build(), given);
    }

    /** A part that is given is made whole; one that is no mapping stays, to be refused. */
    private static void part(Node.Mapping given, String key, Node.Mapping defaults, MappingBuilder parts) {
        if (given.get(key).isEmpty()) {
            parts.put(key, defaults);
        }
        child(given, key).ifPresent(part -> parts.put(key, over(defaults, part)));
    }

    private static Node.Mapping attribute(Node.Mapping given) {
        List<Node.Mapping> groups = children(given, "groups").stream()
                .map(PolicyTestDefaults::group)
                .toList();
        return groups.isEmpty()
                ? given
                : over(
                        given,
                        new MappingBuilder()
                                .put("groups", MappingBuilder.sequence(groups))
                                .build(),
                        given);
    }

    private static Node.Mapping group(Node.Mapping given) {
        List<Optional<BigDecimal>> counts =
                COUNTS.stream().map(key -> number(given, key)).toList();
        return given.get("n").isPresent() || counts.stream().anyMatch(Optional::isEmpty)
                ? given
                : over(new MappingBuilder().number("n", sum(counts)).build(), given);
    }

    /** As many rows as a metric says it was measured on: of all data, or of all parts of it together. */
    private static BigDecimal rows(Node.Mapping evaluation) {
        Map<Object, BigDecimal> rows = new LinkedHashMap<>();
        for (Node.Mapping metric : children(evaluation, "metrics")) {
            List<Object> what = new ArrayList<>();
            metric.get("id").ifPresent(id -> what.add(id instanceof Node.Text text ? text.value() : id));
            child(metric, "slice").ifPresent(slice -> what.add(slice.entries().keySet()));
            rows.merge(what, number(metric, "n").orElse(BigDecimal.ZERO), BigDecimal::add);
        }
        return rows.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static BigDecimal sum(List<Optional<BigDecimal>> numbers) {
        return numbers.stream().flatMap(Optional::stream).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Optional<BigDecimal> number(Node.Mapping mapping, String key) {
        return mapping.get(key).flatMap(PolicyTestDefaults::number);
    }

    private static Optional<BigDecimal> number(Node node) {
        return node instanceof Node.Decimal decimal ? Optional.of(decimal.value()) : Optional.empty();
    }

    private static Optional<Node.Mapping> child(Node.Mapping mapping, String key) {
        return mapping.get(key).filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast);
    }

    private static List<Node> items(Node.Mapping mapping, String key) {
        return mapping.get(key).orElse(null) instanceof Node.Sequence list ? list.items() : List.of();
    }

    private static List<Node.Mapping> children(Node.Mapping mapping, String key) {
        return items(mapping, key).stream()
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .toList();
    }
}
