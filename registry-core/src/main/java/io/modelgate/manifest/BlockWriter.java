package io.modelgate.manifest;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes mappings and lists, small ones on one line. */
final class BlockWriter {
    private static final int WIDTH = 140;
    private static final int LONGEST_KEY = 500;

    private final StringBuilder out = new StringBuilder();

    void mapping(Node.Mapping mapping, int indent) {
        mapping.entries().forEach((key, value) -> {
            out.append(" ".repeat(indent));
            entry(key, value, indent);
        });
    }

    /** {@code key: value}, the first line being indented already. */
    void entry(String key, Node value, int indent) {
        String written = key(key) + ":";
        if (isFlow(value, indent + written.length() + 1)) {
            out.append(written).append(' ').append(inline(value)).append('\n');
        } else if (value instanceof Node.Mapping child) {
            out.append(written).append('\n');
            mapping(child, indent + 2);
        } else if (value instanceof Node.Sequence list) {
            out.append(written).append('\n');
            sequence(list, indent + 2);
        } else if (value instanceof Node.Text text) {
            out.append(written).append(' ');
            literal(text.value(), indent + 2);
        }
    }

    /** One {@code - item}, all lines being indented here. */
    void item(Node item, int indent) {
        out.append(" ".repeat(indent)).append("- ");
        if (isFlow(item, indent + 2)) {
            out.append(inline(item)).append('\n');
        } else if (item instanceof Node.Mapping mapping) {
            String[] separator = {""};
            mapping.entries().forEach((key, value) -> {
                out.append(separator[0]);
                entry(key, value, indent + 2);
                separator[0] = " ".repeat(indent + 2);
            });
        } else if (item instanceof Node.Sequence list) {
            out.append('\n');
            sequence(list, indent + 2);
        } else if (item instanceof Node.Text text) {
            literal(text.value(), indent + 2);
        }
    }

    private void sequence(Node.Sequence list, int indent) {
        list.items().forEach(each -> item(each, indent));
    }

    private void literal(String text, int indent) {
        out.append(text.endsWith("\n") ? "|\n" : "|-\n");
        text.lines().forEach(line -> {
            if (!line.isEmpty()) {
                out.append(" ".repeat(indent)).append(line);
            }
            out.append('\n');
        });
    }

    /** Whether a value goes on the line of its key: scalars, and collections that are small and flat. */
    private static boolean isFlow(Node value, int column) {
        if (value instanceof Node.Text text) {
            return !isLiteral(text.value());
        }
        List<Node> children = children(value);
        if (children.isEmpty()) {
            return true;
        }
        boolean flat = children.stream().allMatch(each -> isSmall(each, value instanceof Node.Sequence ? 0 : 1));
        return flat && column + inline(value).length() <= WIDTH;
    }

    private static boolean isSmall(Node node, int levels) {
        List<Node> children = children(node);
        if (children.isEmpty()) {
            return true;
        }
        return levels > 0 && children.stream().allMatch(each -> isSmall(each, levels - 1));
    }

    private static List<Node> children(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return List.copyOf(mapping.entries().values());
        }
        return node instanceof Node.Sequence list ? list.items() : List.of();
    }

    private static boolean isLiteral(String text) {
        return text.indexOf('\n') > 0
                && !text.startsWith(" ")
                && !text.endsWith("\n\n")
                && text.indexOf('\t') < 0
                && text.indexOf('\r') < 0
                && !text.endsWith(" ")
                && !text.contains(" \n")
                && Characters.isPlainlyVisible(text.replace("\n", ""));
    }

    static String inline(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .map((Map.Entry<String, Node> each) -> key(each.getKey()) + ": " + inline(each.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof Node.Sequence list) {
            return list.items().stream().map(BlockWriter::inline).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof Node.Text text) {
            return ScalarWriter.text(text.value());
        }
        if (node instanceof Node.Decimal number) {
            return ScalarWriter.number(number.value());
        }
        return node instanceof Node.Bool bool ? String.valueOf(bool.value()) : "null";
    }

    /** The text of a text, unquoted; anything else as it is written on one line. */
    static String plain(Node node) {
        return node instanceof Node.Text text ? text.value() : inline(node);
    }

    static String key(String key) {
        String written = ScalarWriter.text(key);
        if (written.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("a key of more than " + LONGEST_KEY + " characters");
        }
        return written;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
