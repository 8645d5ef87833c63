package io.modelgate.manifest;

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
}
