package io.modelgate.manifest;

import io.modelgate.finding.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a command wrote for programs, and what its schema says of it. */
public record WrittenDocument(String schema, Node.Mapping document) {
    /** Reads JSON or YAML. */
    public static WrittenDocument read(String schema, String text) {
        return new WrittenDocument(schema, (Node.Mapping)
                YamlReader.read(SourceFile.of("output", text)).get());
    }

    /** What the schema finds wrong with it. */
    public List<Finding> findings() {
        return SchemaLibrary.check(schema, document);
    }

    /** The same with one more key, once for each mapping in it: a closed schema refuses each. */
    public List<WrittenDocument> withStrangeKeys() {
        return strange(document)
                .map(each -> new WrittenDocument(schema, (Node.Mapping) each))
                .toList();
    }

    private static Stream<Node> strange(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node> more = new LinkedHashMap<>(mapping.entries());
            more.put("strange", MappingBuilder.textNode("key"));
            return Stream.concat(
                    Stream.of(new Node.Mapping(mapping.place(), more, Map.of())),
                    mapping.entries().entrySet().stream()
                            .flatMap(entry -> strange(entry.getValue()).map(changed -> {
                                Map<String, Node> same = new LinkedHashMap<>(mapping.entries());
                                same.put(entry.getKey(), changed);
                                return new Node.Mapping(mapping.place(), same, Map.of());
                            })));
        }
        if (node instanceof Node.Sequence list) {
            return IntStream.range(0, list.items().size())
                    .boxed()
                    .flatMap(i -> strange(list.items().get(i))
                            .map(changed -> MappingBuilder.sequence(IntStream.range(
                                            0, list.items().size())
                                    .mapToObj(
                                            j -> j == i ? changed : list.items().get(j))
                                    .toList())));
        }
        return Stream.empty();
    }
}
