package io.modelgate.manifest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Follows a {@code $ref} inside one schema. */
final class SchemaReference {
    private SchemaReference() {}

    /** Whether it is {@code #} or a JSON Pointer after {@code #}. */
    static boolean isLocal(String target) {
        return target.equals("#") || target.startsWith("#/");
    }

    /** The part of the schema that is meant. */
    static Optional<Node> resolve(Node root, String target) {
        return pointer(target).flatMap(steps -> new FieldPath(steps).in(root));
    }

    private static Optional<List<String>> pointer(String target) {
        if (target.equals("#")) {
            return Optional.of(List.of());
        }
        try {
            return Optional.of(Arrays.stream(target.substring(2).split("/", -1))
                    .map(step -> URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .map(step -> step.replace("~1", "/").replace("~0", "~"))
                    .toList());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
