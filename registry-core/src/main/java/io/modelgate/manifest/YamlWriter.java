package io.modelgate.manifest;

import java.util.List;

/** Writes documents: the same bytes for the same content. */
public final class YamlWriter {
    private YamlWriter() {}

    /**
     * A whole document: the comment that tells editors its schema, {@code apiVersion}, {@code kind}, then the fields in the
     * order of the mapping.
     */
    public static String write(Kind kind, Node.Mapping fields) {
        StringBuilder text = new StringBuilder("# yaml-language-server: $schema=" + kind.schemaUrl() + "\n");
        text.append("apiVersion: ").append(Kind.API_VERSION).append('\n');
        text.append("kind: ").append(kind.word()).append('\n');
        return text.append(write(fields)).toString();
    }

    /** A mapping as a YAML document without {@code apiVersion} and {@code kind}. */
    public static String write(Node.Mapping fields) {
        BlockWriter block = new BlockWriter();
        block.mapping(fields, 0);
        return block.toString();
    }

    /**
     * The file with another value of one field; everything else, comments and line ends included, stays byte for byte. A
     * field that is not there is appended to its mapping, an item to its list.
     *
     * @param path keys and list indexes from the root, such as {@code ["previous", "version"]}; the index {@code -} appends
     * @throws IllegalArgumentException when the file is no YAML document, has no such place, or is written in a way that
     *     cannot be changed in place
     */
    public static SourceFile withField(SourceFile file, List<String> path, Node value) {
        return FieldEdit.apply(file, path, value);
    }

    /** The file with another text in one field; see {@link #withField(SourceFile, List, Node)}. */
    public static SourceFile withField(SourceFile file, List<String> path, String value) {
        return withField(file, path, MappingBuilder.textNode(value));
    }
}
