package io.modelgate.manifest;

import io.modelgate.finding.Place;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Finds references that lead back to themselves without going deeper into the document: the engine would never end. */
final class SchemaLoops {
    private static final List<String> ONE = List.of("not", "if", "then", "else");
    private static final List<String> SEVERAL = List.of("allOf", "anyOf", "oneOf", "dependentSchemas");

    private static final int DEEPEST = 128;

    private enum State {
        OPEN,
        DONE
    }

    private final Node root;
    private final IdentityHashMap<Node, State> states = new IdentityHashMap<>();

    SchemaLoops(Node root) {
        this.root = root;
    }

    /** The place of a schema that leads back to itself, or only to others without end in sight. */
    Optional<Place> find() {
        return all(root).stream().flatMap(each -> visit(each, 0).stream()).findFirst();
    }

    private Optional<Place> visit(Node schema, int depth) {
        State state = depth > DEEPEST ? State.OPEN : states.get(schema);
        if (state != null) {
            return state == State.OPEN ? Optional.of(schema.place()) : Optional.empty();
        }
        states.put(schema, State.OPEN);
        Optional<Place> loop = inPlace(schema).stream()
                .flatMap(each -> visit(each, depth + 1).stream())
                .findFirst();
        states.put(schema, State.DONE);
        return loop;
    }

    /** The schemas that apply to the same part of the document. */
    private List<Node> inPlace(Node schema) {
        List<Node> applied = new ArrayList<>();
        if (schema instanceof Node.Mapping mapping) {
            ONE.forEach(key -> mapping.get(key).ifPresent(applied::add));
            SEVERAL.forEach(key -> mapping.get(key).ifPresent(each -> applied.addAll(children(each))));
            if (mapping.get("$ref").orElse(schema) instanceof Node.Text target
                    && SchemaReference.isLocal(target.value())) {
                SchemaReference.resolve(root, target.value()).ifPresent(applied::add);
            }
        }
        return applied;
    }

    private static List<Node> all(Node node) {
        List<Node> all = new ArrayList<>(List.of(node));
        for (int i = 0; i < all.size(); i++) {
            all.addAll(children(all.get(i)));
        }
        return all;
    }

    private static List<Node> children(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return List.copyOf(mapping.entries().values());
        }
        return node instanceof Node.Sequence list ? list.items() : List.of();
    }
}
