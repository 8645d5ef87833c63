package io.modelgate.manifest;

import io.modelgate.finding.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The way from the root of a document to a value in it, shown as {@code artifacts[0].size}.
 *
 * @param steps keys and, for lists, indexes in decimal
 */
record FieldPath(List<String> steps) {
    static final FieldPath ROOT = new FieldPath(List.of());
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int LONGEST_KEY = 60;

    FieldPath {
        steps = List.copyOf(steps);
    }

    FieldPath then(String step) {
        List<String> longer = new ArrayList<>(steps);
        longer.add(step);
        return new FieldPath(longer);
    }

    /** The value there, if the way exists. */
    Optional<Node> in(Node root) {
        Optional<Node> node = Optional.of(root);
        for (String step : steps) {
            node = node.flatMap(each -> child(each, step));
        }
        return node;
    }

    /** The value there, or the nearest one above it. */
    Node nearest(Node root) {
        Node node = root;
        for (String step : steps) {
            Optional<Node> child = child(node, step);
            if (child.isEmpty()) {
                return node;
            }
            node = child.get();
        }
        return node;
    }

    /** For a person; the root shows as nothing. */
    String shown(Node root) {
        StringBuilder text = new StringBuilder();
        Node node = root;
        for (String step : steps) {
            if (node instanceof Node.Sequence) {
                text.append('[').append(step).append(']');
            } else if (SIMPLE.matcher(step).matches()) {
                text.append(text.isEmpty() ? "" : ".").append(step);
            } else {
                text.append("[\"").append(Text.excerpt(step, LONGEST_KEY)).append("\"]");
            }
            node = child(node, step).orElse(node);
        }
        return text.toString();
    }

    private static Optional<Node> child(Node node, String step) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.get(step);
        }
        if (node instanceof Node.Sequence list && INDEX.matcher(step).matches()) {
            int index = Integer.parseInt(step);
            return index < list.items().size() ? Optional.of(list.items().get(index)) : Optional.empty();
        }
        return Optional.empty();
    }
}
