package io.modelgate.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tree that a file must hold after one of its values was changed. */
final class NodeEdit {
    /** The step of a path that appends to a list. */
    static final String APPEND = "-";

    private NodeEdit() {}

    static Node with(Node root, List<String> path, Node value) {
        if (path.isEmpty()) {
            return value;
        }
        String step = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (root instanceof Node.Mapping mapping) {
            Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
            Node child = entries.getOrDefault(step, new MappingBuilder().build());
            entries.put(step, with(child, rest, value));
            return new Node.Mapping(mapping.place(), entries, Map.of());
        }
        if (root instanceof Node.Sequence list) {
            List<Node> items = new ArrayList<>(list.items());
            int index = step.equals(APPEND) ? items.size() : Integer.parseInt(step);
            if (index == items.size()) {
                items.add(with(new MappingBuilder().build(), rest, value));
            } else {
                items.set(index, with(items.get(index), rest, value));
            }
            return new Node.Sequence(list.place(), items);
        }
        throw new IllegalArgumentException("there is no field " + step + " in a text or number");
    }

    /** The value wrapped in mappings with these keys. */
    static Node wrapped(List<String> keys, Node value) {
        Node wrapped = value;
        for (int i = keys.size() - 1; i >= 0; i--) {
            wrapped = new MappingBuilder().put(keys.get(i), wrapped).build();
        }
        return wrapped;
    }
}
