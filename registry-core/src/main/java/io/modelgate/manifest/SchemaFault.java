package io.modelgate.manifest;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One thing that the JSON Schema engine objects to, in our words.
 *
 * @param keyword the keyword of the schema that is not satisfied
 * @param at where in the document
 * @param key the key it is about; empty when it is about the value
 * @param arguments what the engine says beside that
 * @param rule the mapping of the schema that has the keyword
 * @param choice the choice that the keyword is part of
 */
record SchemaFault(
        String keyword,
        FieldPath at,
        Optional<String> key,
        List<String> arguments,
        Node.Mapping rule,
        Optional<SchemaChoice> choice) {
    private static final Node.Mapping NOTHING = new MappingBuilder().build();

    /** @param schemas gives the text of the schemas that were used */
    static SchemaFault of(Error error, SchemaSource schemas) {
        List<String> instance = steps(error.getInstanceLocation());
        List<String> location = steps(error.getSchemaLocation().getFragment());
        Node schema = schemas.root(String.valueOf(error.getSchemaLocation().getAbsoluteIri()));
        FieldPath above = new FieldPath(location.subList(0, Math.max(0, location.size() - 1)));
        return new SchemaFault(
                String.valueOf(error.getKeyword()),
                new FieldPath(instance),
                Optional.ofNullable(error.getProperty()),
                Stream.ofNullable(error.getArguments())
                        .flatMap(Arrays::stream)
                        .map(String::valueOf)
                        .toList(),
                above.in(schema).orElse(schema) instanceof Node.Mapping mapping ? mapping : NOTHING,
                SchemaChoice.of(steps(error.getEvaluationPath()), instance, location, schema));
    }

    /** The key that is missing, when that is what is wrong. */
    Optional<String> missingKey() {
        return switch (keyword) {
            case "required" -> key;
            case "dependentRequired" -> arguments.stream().findFirst();
            default -> Optional.empty();
        };
    }

    /** The key that the schema does not know. */
    Optional<String> unknownKey() {
        return keyword.equals("additionalProperties") || keyword.equals("unevaluatedProperties")
                ? key
                : Optional.empty();
    }

    /** The keys that the schema knows in this mapping. */
    List<String> knownKeys() {
        return rule.get("properties").orElse(NOTHING) instanceof Node.Mapping properties
                ? List.copyOf(properties.entries().keySet())
                : List.of();
    }

    /** The known key that an unknown one may stand for. */
    Optional<String> meantKey() {
        return unknownKey().flatMap(unknown -> Suggestion.nearest(unknown, knownKeys()));
    }

    /** What the schema says with this keyword, beside the one that is not satisfied. */
    Optional<Node> said(String other) {
        return rule.get(other);
    }

    private static List<String> steps(NodePath path) {
        return IntStream.range(0, path.getNameCount())
                .mapToObj(i -> String.valueOf(path.getElement(i)))
                .toList();
    }
}
