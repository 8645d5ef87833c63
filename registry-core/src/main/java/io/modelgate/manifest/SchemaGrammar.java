package io.modelgate.manifest;

import static java.util.Map.entry;

import io.modelgate.finding.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Checks that a JSON Schema given inside a policy is one, and a harmless one. The engine ignores a keyword that it does not
 * know or that has the wrong shape, so a slip of the pen would make a rule that everything passes.
 */
final class SchemaGrammar {
    private static final int MOST_SCHEMAS = 2_000;
    private static final int LONGEST_PATTERN = 500;
    private static final List<String> TYPES =
            List.of("string", "number", "integer", "boolean", "object", "array", "null");

    /** What the value of a keyword is. */
    private enum Shape {
        SCHEMA,
        SCHEMA_LIST,
        SCHEMA_MAP,
        PATTERN_MAP,
        TEXT,
        TEXTS,
        TEXTS_MAP,
        NUMBER,
        COUNT,
        BOOL,
        LIST,
        ANY,
        TYPE,
        PATTERN,
        FORMAT,
        REF,
        DRAFT
    }

    private static final Map<String, Shape> KEYWORDS = Map.ofEntries(
            entry("$schema", Shape.DRAFT),
            entry("$ref", Shape.REF),
            entry("$defs", Shape.SCHEMA_MAP),
            entry("$comment", Shape.TEXT),
            entry("title", Shape.TEXT),
            entry("description", Shape.TEXT),
            entry("default", Shape.ANY),
            entry("examples", Shape.LIST),
            entry("type", Shape.TYPE),
            entry("enum", Shape.LIST),
            entry("const", Shape.ANY),
            entry(SchemaEngine.SYNONYMS, Shape.ANY),
            entry("allOf", Shape.SCHEMA_LIST),
            entry("anyOf", Shape.SCHEMA_LIST),
            entry("oneOf", Shape.SCHEMA_LIST),
            entry("not", Shape.SCHEMA),
            entry("if", Shape.SCHEMA),
            entry("then", Shape.SCHEMA),
            entry("else", Shape.SCHEMA),
            entry("properties", Shape.SCHEMA_MAP),
            entry("patternProperties", Shape.PATTERN_MAP),
            entry("additionalProperties", Shape.SCHEMA),
            entry("unevaluatedProperties", Shape.SCHEMA),
            entry("propertyNames", Shape.SCHEMA),
            entry("required", Shape.TEXTS),
            entry("dependentRequired", Shape.TEXTS_MAP),
            entry("dependentSchemas", Shape.SCHEMA_MAP),
            entry("minProperties", Shape.COUNT),
            entry("maxProperties", Shape.COUNT),
            entry("items", Shape.SCHEMA),
            entry("prefixItems", Shape.SCHEMA_LIST),
            entry("unevaluatedItems", Shape.SCHEMA),
            entry("contains", Shape.SCHEMA),
            entry("minContains", Shape.COUNT),
            entry("maxContains", Shape.COUNT),
            entry("minItems", Shape.COUNT),
            entry("maxItems", Shape.COUNT),
            entry("uniqueItems", Shape.BOOL),
            entry("minimum", Shape.NUMBER),
            entry("maximum", Shape.NUMBER),
            entry("exclusiveMinimum", Shape.NUMBER),
            entry("exclusiveMaximum", Shape.NUMBER),
            entry("multipleOf", Shape.NUMBER),
            entry("minLength", Shape.COUNT),
            entry("maxLength", Shape.COUNT),
            entry("pattern", Shape.PATTERN),
            entry("format", Shape.FORMAT),
            entry(SchemaEngine.PATTERN_MESSAGE, Shape.TEXT));

    private final Node root;
    private final FindingList findings;
    private int schemas;

    SchemaGrammar(Node root, FindingList findings) {
        this.root = root;
        this.findings = findings;
    }

    /** Notes everything that is wrong with the schema. */
    void check() {
        schema(root, "schema");
    }

    private void schema(Node schema, String where) {
        if (schema instanceof Node.Bool) {
            return;
        }
        if (!(schema instanceof Node.Mapping mapping)) {
            wrong(schema.place(), where + " is not a schema: a mapping, true or false");
            return;
        }
        schemas++;
        if (schemas == MOST_SCHEMAS + 1) {
            wrong(schema.place(), "the schema has more than " + MOST_SCHEMAS + " parts");
        }
        mapping.entries().forEach((keyword, value) -> keyword(mapping.keyPlace(keyword), keyword, value));
    }

    private void keyword(Place place, String keyword, Node value) {
        Shape shape = KEYWORDS.get(keyword);
        if (shape == null) {
            String near = Suggestion.nearest(keyword, KEYWORDS.keySet())
                    .map(each -> "; did you mean '" + each + "'?")
                    .orElse("");
            wrong(place, "'" + keyword + "' is not a keyword that schemas in policies can have" + near);
            return;
        }
        switch (shape) {
            case SCHEMA -> schema(value, keyword);
            case SCHEMA_LIST -> items(keyword, value, true).forEach(each -> schema(each, keyword));
            case SCHEMA_MAP, PATTERN_MAP -> map(keyword, value, shape == Shape.PATTERN_MAP);
            case TEXT -> text(keyword, value);
            case TEXTS -> texts(keyword, value);
            case TEXTS_MAP -> entries(keyword, value).forEach((key, each) -> texts(keyword + "." + key, each));
            case NUMBER -> number(keyword, value);
            case COUNT -> count(keyword, value);
            case BOOL -> expect(value instanceof Node.Bool, keyword, value, "true or false");
            case LIST -> items(keyword, value, false);
            case TYPE -> type(value);
            case PATTERN -> text(keyword, value).ifPresent(regex -> pattern(value.place(), regex));
            case FORMAT -> word(keyword, value, SchemaEngine.FORMATS);
            case DRAFT -> word(keyword, value, List.of(SchemaEngine.DRAFT));
            case REF -> text(keyword, value).ifPresent(target -> reference(value.place(), target));
            case ANY -> {}
        }
    }

    private void map(String keyword, Node value, boolean patterns) {
        entries(keyword, value).forEach((key, each) -> {
            if (patterns && value instanceof Node.Mapping mapping) {
                pattern(mapping.keyPlace(key), key);
            }
            schema(each, keyword + "." + key);
        });
    }

    private void texts(String keyword, Node value) {
        Set<String> seen = new HashSet<>();
        items(keyword, value, false)
                .forEach(each -> text(keyword, each)
                        .filter(word -> !seen.add(word))
                        .ifPresent(word -> wrong(each.place(), keyword + " has '" + word + "' twice")));
    }

    private void type(Node value) {
        List<Node> types = value instanceof Node.Sequence list ? list.items() : List.of(value);
        types.forEach(each -> word("type", each, TYPES));
    }

    private void number(String keyword, Node value) {
        boolean positive = !keyword.equals("multipleOf")
                || (value instanceof Node.Decimal number && number.value().signum() > 0);
        expect(value instanceof Node.Decimal && positive, keyword, value, positive ? "a number" : "a number above 0");
    }

    private void count(String keyword, Node value) {
        boolean whole = value instanceof Node.Decimal number
                && number.value().signum() >= 0
                && number.value().stripTrailingZeros().scale() <= 0;
        expect(whole, keyword, value, "a whole number, 0 or more");
    }

    private void word(String keyword, Node value, List<String> known) {
        text(keyword, value).filter(word -> !known.contains(word)).ifPresent(word -> {
            String near = Suggestion.nearest(word, known)
                    .map(each -> "; did you mean '" + each + "'?")
                    .orElse("");
            wrong(value.place(), keyword + " is '" + word + "', must be one of " + String.join(", ", known) + near);
        });
    }

    private void pattern(Place place, String regex) {
        if (regex.length() > LONGEST_PATTERN) {
            wrong(place, "a pattern of more than " + LONGEST_PATTERN + " characters");
            return;
        }
        try {
            new SchemaPattern(regex);
        } catch (PatternSyntaxException | StackOverflowError e) {
            wrong(place, "'" + regex + "' is not a regular expression");
        }
    }

    private void reference(Place place, String target) {
        if (!SchemaReference.isLocal(target)) {
            wrong(place, "$ref is '" + target + "', must be # or start with #/");
        } else if (SchemaReference.resolve(root, target).isEmpty()) {
            wrong(place, "$ref is '" + target + "', which points at nothing");
        }
    }

    private Optional<String> text(String keyword, Node value) {
        expect(
                value instanceof Node.Text,
                keyword,
                value,
                value instanceof Node.Null ? "text; quote \"null\"" : "text");
        return value instanceof Node.Text text ? Optional.of(text.value()) : Optional.empty();
    }

    private List<Node> items(String keyword, Node value, boolean some) {
        List<Node> items = value instanceof Node.Sequence list ? list.items() : List.of();
        expect(value instanceof Node.Sequence && !(some && items.isEmpty()), keyword, value, "a list");
        return items;
    }

    private Map<String, Node> entries(String keyword, Node value) {
        expect(value instanceof Node.Mapping, keyword, value, "a mapping");
        return value instanceof Node.Mapping mapping ? mapping.entries() : Map.of();
    }

    private void expect(boolean right, String keyword, Node value, String what) {
        if (!right) {
            wrong(value.place(), keyword + " must be " + what);
        }
    }

    private void wrong(Place place, String message) {
        findings.add("policy/schema", place, message, "Correct the schema of the rule.");
    }
}
