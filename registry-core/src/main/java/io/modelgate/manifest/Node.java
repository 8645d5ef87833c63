package io.modelgate.manifest;

import io.modelgate.finding.Place;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A YAML value with its place: what {@link YamlReader} gives and records are made from. Immutable. */
public sealed interface Node {
    /** Where the value starts. */
    Place place();

    /** A mapping, in the order of the file. {@code keys} has the place of each key. */
    record Mapping(Place place, Map<String, Node> entries, Map<String, Place> keys) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keys = Map.copyOf(keys);
        }

        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        /** The place of a key, or of the mapping when the key is absent. */
        public Place keyPlace(String key) {
            return keys.getOrDefault(key, place);
        }
    }

    /** A list. */
    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Text: quoted, a block, or plain text that is nothing else in YAML 1.2. */
    record Text(Place place, String value) implements Node {}

    /** A finite number, as exact as it was written. */
    record Decimal(Place place, BigDecimal value) implements Node {}

    /** {@code true} or {@code false}. */
    record Bool(Place place, boolean value) implements Node {}

    /** {@code null}, {@code ~} or nothing. */
    record Null(Place place) implements Node {}
}
