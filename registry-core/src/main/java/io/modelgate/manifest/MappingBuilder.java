package io.modelgate.manifest;

import io.modelgate.finding.Place;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the mapping that a record writes to its file, in the order of the calls; what is absent is left out. */
public final class MappingBuilder {
    private final Map<String, Node> entries = new LinkedHashMap<>();

    /** The text of a value, such as a name or digest. */
    public MappingBuilder text(String key, Object value) {
        return put(key, textNode(value));
    }

    public MappingBuilder text(String key, Optional<?> value) {
        value.ifPresent(present -> text(key, present));
        return this;
    }

    public MappingBuilder number(String key, BigDecimal value) {
        return put(key, new Node.Decimal(Place.NOWHERE, value));
    }

    public MappingBuilder number(String key, long value) {
        return number(key, BigDecimal.valueOf(value));
    }

    public MappingBuilder number(String key, Optional<? extends Number> value) {
        value.ifPresent(present -> number(key, new BigDecimal(present.toString())));
        return this;
    }

    /** A list of whole numbers, left out when empty. */
    public MappingBuilder integers(String key, Collection<Long> values) {
        return list(
                key,
                values.stream()
                        .map(each -> new Node.Decimal(Place.NOWHERE, BigDecimal.valueOf(each)))
                        .toList());
    }

    public MappingBuilder bool(String key, boolean value) {
        return put(key, new Node.Bool(Place.NOWHERE, value));
    }

    /** A list of texts, left out when empty. */
    public MappingBuilder texts(String key, Collection<?> values) {
        return values.isEmpty()
                ? this
                : put(
                        key,
                        sequence(values.stream().map(MappingBuilder::textNode).toList()));
    }

    /** A mapping of texts to texts, left out when empty. */
    public MappingBuilder textMap(String key, Map<String, ?> values) {
        MappingBuilder child = new MappingBuilder();
        values.forEach(child::text);
        return values.isEmpty() ? this : put(key, child.build());
    }

    /** A list of mappings, left out when empty. */
    public MappingBuilder list(String key, Collection<? extends Node> items) {
        return items.isEmpty() ? this : put(key, sequence(List.copyOf(items)));
    }

    public MappingBuilder put(String key, Node value) {
        entries.put(key, value);
        return this;
    }

    public MappingBuilder put(String key, Optional<? extends Node> value) {
        value.ifPresent(present -> put(key, present));
        return this;
    }

    public Node.Mapping build() {
        return new Node.Mapping(Place.NOWHERE, entries, Map.of());
    }

    /** A list without a place. */
    public static Node.Sequence sequence(List<? extends Node> items) {
        return new Node.Sequence(Place.NOWHERE, List.copyOf(items));
    }

    static Node textNode(Object value) {
        return new Node.Text(Place.NOWHERE, value instanceof Enum<?> constant ? Words.of(constant) : value.toString());
    }
}
