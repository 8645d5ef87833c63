package io.modelgate.manifest;

import java.util.List;
import java.util.Optional;

/** Changes one field of a file and leaves every other byte alone. */
final class FieldEdit {
    private final String text;
    private final int[] points;
    private final String lineEnd;

    private FieldEdit(String text) {
        this.text = text;
        this.points = text.codePoints().toArray();
        int first = text.indexOf('\n');
        this.lineEnd = first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
    }

    static SourceFile apply(SourceFile file, List<String> path, Node value) {
        Node before = YamlReader.read(file)
                .value()
                .orElseThrow(() -> new IllegalArgumentException(
                        file.path() + " is not a YAML document; nothing in it can be changed"));
        if (path.isEmpty()) {
            throw new IllegalArgumentException("no field is named");
        }
        Node wanted = NodeEdit.with(before, path, value);
        FieldEdit edit = new FieldEdit(file.text());
        SourceFile changed = SourceFile.of(file.path(), edit.at(YamlPart.of(edit.text), path, value));
        Optional<Node> after = YamlReader.read(changed).value();
        if (after.isEmpty() || !BlockWriter.inline(after.get()).equals(BlockWriter.inline(wanted))) {
            throw new IllegalArgumentException(path + BlockWriter.inline(value) + "\n" + changed.text() + file.path()
                    + " is written in a way that cannot be changed in place");
        }
        return changed;
    }

    private String at(YamlPart part, List<String> path, Node value) {
        String step = path.get(0);
        List<String> rest = path.subList(1, path.size());
        Optional<Integer> index = part.indexOf(step);
        if (index.isEmpty()) {
            return append(part, step, NodeEdit.wrapped(rest, value));
        }
        YamlPart child = part.children().get(index.get());
        boolean replaced = rest.isEmpty();
        if (!replaced
                && child.indexOf(rest.get(0)).isEmpty()
                && child.isFlow()
                && child.children().isEmpty()) {
            Node only = NodeEdit.wrapped(rest.subList(1, rest.size()), value);
            Node filled = child.isList()
                    ? MappingBuilder.sequence(List.of(only))
                    : new MappingBuilder().put(rest.get(0), only).build();
            return replace(part, index.get(), filled);
        }
        return replaced ? replace(part, index.get(), value) : at(child, rest, value);
    }

    private String replace(YamlPart parent, int index, Node value) {
        YamlPart old = parent.children().get(index);
        if (parent.style() != YamlPart.Style.BLOCK_MAPPING) {
            return splice(old.from(), old.to(), separated(old, BlockWriter.inline(value)) + lineEndOf(old));
        }
        String sameStyle = inSameStyle(old, value);
        if (!sameStyle.isEmpty()) {
            return splice(old.from(), old.to(), sameStyle);
        }
        YamlPart.Key key = parent.keys().get(index);
        int colon = key.to();
        while (points[colon] != ':') {
            colon++;
        }
        return splice(colon + 1, old.to(), afterColon(key.name(), value, parent.column(), old) + lineEndOf(old));
    }

    /** A block stays a block of the same indentation, so that a comment beside its key stays too. */
    private String inSameStyle(YamlPart old, Node value) {
        BlockWriter block = new BlockWriter();
        if (old.style() == YamlPart.Style.BLOCK_LIST
                && value instanceof Node.Sequence list
                && !list.items().isEmpty()) {
            list.items().forEach(each -> block.item(each, old.column()));
        } else if (old.style() == YamlPart.Style.BLOCK_MAPPING
                && value instanceof Node.Mapping mapping
                && !mapping.entries().isEmpty()) {
            block.mapping(mapping, old.column());
        }
        return block.toString().strip();
    }

    /** What follows the colon, on its line if something else follows there. */
    private String afterColon(String key, Node value, int indent, YamlPart old) {
        BlockWriter block = new BlockWriter();
        block.entry(key, value, indent);
        String entry = block.toString();
        String written = entry.substring(BlockWriter.key(key).length() + 1, entry.length() - 1);
        boolean alone =
                old.style() == YamlPart.Style.LITERAL || restOfLine(old.to()).isBlank();
        return alone || written.indexOf('\n') < 0 ? written : " " + BlockWriter.inline(value);
    }

    private String append(YamlPart parent, String step, Node value) {
        BlockWriter block = new BlockWriter();
        switch (parent.style()) {
            case BLOCK_MAPPING ->
                block.mapping(new MappingBuilder().put(step, value).build(), parent.column());
            case BLOCK_LIST -> block.item(value, parent.column());
            case FLOW_MAPPING -> {
                return insertInFlow(parent, BlockWriter.key(step) + ": " + BlockWriter.inline(value));
            }
            case FLOW_LIST -> {
                return insertInFlow(parent, BlockWriter.inline(value));
            }
            case SCALAR, LITERAL -> throw new IllegalArgumentException("there is no field " + step + " in a text");
        }
        return insertLine(parent.to(), block.toString());
    }

    private String insertInFlow(YamlPart parent, String written) {
        if (parent.children().isEmpty()) {
            return splice(parent.from() + 1, parent.from() + 1, written);
        }
        int end = parent.children().get(parent.children().size() - 1).to();
        return splice(end, end, ", " + written);
    }

    private String insertLine(int after, String lines) {
        if (after > 0 && points[after - 1] == '\n') {
            return splice(after, after, lines);
        }
        int next = after + restOfLine(after).codePointCount(0, restOfLine(after).length());
        return next < points.length ? splice(next + 1, next + 1, lines) : splice(next, next, "\n" + lines);
    }

    /** The text up to the next line end. */
    private String restOfLine(int from) {
        int to = from;
        while (to < points.length && points[to] != '\n') {
            to++;
        }
        return new String(points, from, to - from);
    }

    private static String separated(YamlPart old, String written) {
        return old.from() == old.to() ? " " + written : written;
    }

    private static String lineEndOf(YamlPart old) {
        return old.style() == YamlPart.Style.LITERAL ? "\n" : "";
    }

    private String splice(int from, int to, String inserted) {
        return new String(points, 0, from)
                + inserted.replace("\n", lineEnd)
                + new String(points, to, points.length - to);
    }
}
