package io.modelgate.manifest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A choice between alternatives in a schema. What the engine objects to in each alternative is noise: the choice as a
 * whole is one finding.
 *
 * @param keyword {@code oneOf} or {@code anyOf}
 * @param at where in the document
 * @param alternatives the schemas to choose from; empty when they cannot be told
 */
record SchemaChoice(String keyword, FieldPath at, List<Node> alternatives) {
    private static final Set<String> WITH_NAME = Set.of("properties", "patternProperties", "prefixItems");
    private static final Set<String> OF_ALL =
            Set.of("items", "additionalProperties", "contains", "unevaluatedItems", "unevaluatedProperties");

    SchemaChoice {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * The outermost choice on the way that the engine took to a keyword.
     *
     * @param evaluation the way through the schemas, references included
     * @param instance the way through the document
     * @param location where the keyword is in its schema
     * @param schema the root of that schema
     */
    static Optional<SchemaChoice> of(
            List<String> evaluation, List<String> instance, List<String> location, Node schema) {
        int depth = 0;
        for (int i = 0; i < evaluation.size(); i++) {
            String keyword = evaluation.get(i);
            if (keyword.equals("oneOf") || keyword.equals("anyOf")) {
                FieldPath at = new FieldPath(instance.subList(0, Math.min(depth, instance.size())));
                List<String> rest = evaluation.subList(i + 1, evaluation.size());
                return Optional.of(new SchemaChoice(keyword, at, alternatives(rest, location, schema)));
            }
            if (WITH_NAME.contains(keyword)) {
                depth++;
                i++;
            } else if (OF_ALL.contains(keyword)) {
                depth++;
            } else if (keyword.equals("allOf") || keyword.equals("dependentSchemas")) {
                i++;
            }
        }
        return Optional.empty();
    }

    private static List<Node> alternatives(List<String> rest, List<String> location, Node schema) {
        if (rest.contains("$ref") || rest.size() > location.size()) {
            return List.of();
        }
        FieldPath choice = new FieldPath(location.subList(0, location.size() - rest.size()));
        return choice.in(schema).orElse(schema) instanceof Node.Sequence list ? list.items() : List.of();
    }

    /** The keys to choose from, when every alternative only asks for one key; else empty. */
    List<String> keys() {
        List<String> keys =
                alternatives.stream().flatMap(each -> onlyKey(each).stream()).toList();
        return keys.size() == alternatives.size() ? keys : List.of();
    }

    private static Optional<String> onlyKey(Node alternative) {
        boolean simple = alternative instanceof Node.Mapping mapping
                && mapping.entries().keySet().equals(Set.of("required"));
        return simple
                        && new FieldPath(List.of("required", "0"))
                                        .in(alternative)
                                        .orElse(alternative)
                                instanceof Node.Text text
                        && new FieldPath(List.of("required", "1"))
                                .in(alternative)
                                .isEmpty()
                ? Optional.of(text.value())
                : Optional.empty();
    }

    SchemaMessage message(Node document) {
        String where = at.shown(document);
        String subject = where.isEmpty() ? "the document" : where;
        List<String> keys = keys();
        if (keys.isEmpty()) {
            String text = subject + " matches none, or more than one, of the alternatives that the schema allows";
            return new SchemaMessage(text, "Compare it with the schema.");
        }
        String all = String.join(", ", keys);
        List<String> present = present(document);
        if (present.isEmpty()) {
            String need = keyword.equals("oneOf") ? "exactly one of " : "at least one of ";
            return new SchemaMessage(subject + " needs " + need + all, "Add one of them.");
        }
        String text =
                subject + " has " + present.stream().collect(Collectors.joining(" and ")) + ", but can have only one";
        return new SchemaMessage(text, "Keep one of " + all + ".");
    }

    /** Those of the keys that are there. */
    List<String> present(Node document) {
        return keys().stream()
                .filter(key -> at.then(key).in(document).isPresent())
                .toList();
    }
}
