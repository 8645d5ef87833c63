package io.modelgate.manifest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where a value of a YAML file is written.
 *
 * @param style how
 * @param from where it starts, in code points from the start of the file
 * @param to where it ends: after its last character, the line end of a literal included
 * @param column 0-based column of its start
 * @param keys of a mapping, in order; else empty
 * @param children values of a mapping or items of a list
 */
record YamlPart(Style style, int from, int to, int column, List<Key> keys, List<YamlPart> children) {
    /** How a value is written. */
    enum Style {
        SCALAR,
        LITERAL,
        BLOCK_LIST,
        FLOW_LIST,
        BLOCK_MAPPING,
        FLOW_MAPPING
    }

    /**
     * A key of a mapping.
     *
     * @param name its text
     * @param to where it ends
     */
    record Key(String name, int to) {}

    /** The root of a file that {@link YamlReader} accepts. */
    static YamlPart of(String text) {
        Iterator<Event> events = NodeReader.parse(text).iterator();
        Event event = events.next();
        while (!(event instanceof NodeEvent)) {
            event = events.next();
        }
        return read(event, events);
    }

    boolean isMapping() {
        return style == Style.BLOCK_MAPPING || style == Style.FLOW_MAPPING;
    }

    boolean isList() {
        return style == Style.BLOCK_LIST || style == Style.FLOW_LIST;
    }

    boolean isFlow() {
        return style == Style.FLOW_LIST || style == Style.FLOW_MAPPING;
    }

    /** The index of the child that a step of a path names. */
    Optional<Integer> indexOf(String step) {
        if (isMapping()) {
            int index = keys.stream().map(Key::name).toList().indexOf(step);
            return index < 0 ? Optional.empty() : Optional.of(index);
        }
        return isList() && step.matches("[0-9]{1,9}") && Integer.parseInt(step) < children.size()
                ? Optional.of(Integer.parseInt(step))
                : Optional.empty();
    }

    private static YamlPart read(Event event, Iterator<Event> events) {
        Mark start = event.getStartMark().orElseThrow();
        if (!(event instanceof CollectionStartEvent collection)) {
            boolean literal = event instanceof ScalarEvent scalar && (scalar.isLiteral() || scalar.isFolded());
            return new YamlPart(
                    literal ? Style.LITERAL : Style.SCALAR,
                    start.getIndex(),
                    end(event),
                    start.getColumn(),
                    List.of(),
                    List.of());
        }
        boolean mapping = event instanceof MappingStartEvent;
        List<Key> keys = new ArrayList<>();
        List<YamlPart> children = new ArrayList<>();
        Event next = events.next();
        while (!(next instanceof CollectionEndEvent)) {
            if (mapping) {
                keys.add(new Key(next instanceof ScalarEvent key ? key.getValue() : "", end(next)));
                next = events.next();
            }
            children.add(read(next, events));
            next = events.next();
        }
        boolean flow = collection.isFlow();
        int to = flow || children.isEmpty()
                ? end(next)
                : children.get(children.size() - 1).to();
        return new YamlPart(style(mapping, flow), start.getIndex(), to, start.getColumn(), keys, children);
    }

    private static Style style(boolean mapping, boolean flow) {
        if (mapping) {
            return flow ? Style.FLOW_MAPPING : Style.BLOCK_MAPPING;
        }
        return flow ? Style.FLOW_LIST : Style.BLOCK_LIST;
    }

    private static int end(Event event) {
        return event.getEndMark().orElseThrow().getIndex();
    }
}
