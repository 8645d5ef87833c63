package io.modelgate.manifest;

import io.modelgate.finding.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words what a document does wrong: {@code artifacts[0].size is 0, must be at least 1}. */
final class SchemaMessages {
    /** More words than this are not listed when one of them is likely to be meant. */
    private static final int LONGEST_LIST = 12;

    private static final int LONGEST_VALUE = 60;

    private final SchemaFault fault;
    private final Node document;
    private final Node value;
    private final String where;

    private SchemaMessages(SchemaFault fault, Node document) {
        this.fault = fault;
        this.document = document;
        this.value = fault.at().nearest(document);
        String shown = fault.at().shown(document);
        this.where = shown.isEmpty() ? "the document" : shown;
    }

    static SchemaMessage of(SchemaFault fault, Node document) {
        return fault.choice()
                .map(choice -> choice.message(document))
                .orElseGet(() -> new SchemaMessages(fault, document).message());
    }

    private SchemaMessage message() {
        return switch (fault.keyword()) {
            case "required" -> missing("");
            case "dependentRequired" ->
                missing(fault.key().map(key -> " beside " + shown(key)).orElse(""));
            case "additionalProperties", "unevaluatedProperties" -> unknownKey();
            case "propertyNames" -> badKey();
            case "type" -> type();
            case "enum", "const" -> words();
            case "pattern" -> must(patternMessage(fault.rule()), "Correct the value.");
            case "format" -> must("must be " + format(limit()), "Correct the value.");
            case "minimum" -> must("must be at least " + limit(), "Correct the number.");
            case "maximum" -> must("must be at most " + limit(), "Correct the number.");
            case "exclusiveMinimum" -> must("must be more than " + limit(), "Correct the number.");
            case "exclusiveMaximum" -> must("must be less than " + limit(), "Correct the number.");
            case "multipleOf" -> must("must be a multiple of " + limit(), "Correct the number.");
            case "minLength" -> counted("must have at least " + many("character"));
            case "maxLength" -> counted("must have at most " + many("character"));
            case "minItems" -> counted("must have at least " + many("item"));
            case "maxItems" -> counted("must have at most " + many("item"));
            case "minProperties" -> counted("must have at least " + many("key"));
            case "maxProperties" -> counted("must have at most " + many("key"));
            case "uniqueItems" -> new SchemaMessage(where + " has the same item twice", "Keep one of them.");
            default ->
                new SchemaMessage(
                        where + " does not satisfy '" + fault.keyword() + "' of the schema",
                        "Compare it with the schema.");
        };
    }

    private SchemaMessage missing(String beside) {
        String key = fault.missingKey().orElse("");
        String in = fault.at().steps().isEmpty() ? "" : " in " + where;
        String meaning = new FieldPath(List.of("properties", key, "description"))
                .in(fault.rule())
                .map(each -> ": " + BlockWriter.plain(each))
                .orElse("");
        String remedy = meaning.isEmpty() ? "Add it." : "Add '" + shown(key) + "'" + meaning;
        return new SchemaMessage("'" + shown(key) + "' is missing" + in + beside, remedy);
    }

    private SchemaMessage unknownKey() {
        String in = fault.at().steps().isEmpty() ? "" : " in " + where;
        String near =
                fault.meantKey().map(key -> "; did you mean '" + key + "'?").orElse("");
        String known =
                fault.knownKeys().isEmpty() ? "." : "; keys here are " + String.join(", ", fault.knownKeys()) + ".";
        return new SchemaMessage(
                "unknown key '" + shown(fault.key().orElse("")) + "'" + in + near, "Rename or delete it" + known);
    }

    private SchemaMessage badKey() {
        String rule = fault.said("propertyNames")
                .map(names -> names instanceof Node.Mapping mapping ? patternMessage(mapping) : "")
                .filter(each -> !each.isEmpty())
                .orElse("is not allowed by the schema");
        return new SchemaMessage(
                "the key '" + shown(fault.key().orElse("")) + "' in " + where + " " + rule, "Rename it.");
    }

    private SchemaMessage type() {
        String wanted = types().stream().map(SchemaMessages::typeName).collect(Collectors.joining(" or "));
        boolean textWanted = types().contains("string");
        if (value instanceof Node.Null) {
            return new SchemaMessage(
                    where + " is empty, must be " + wanted, "Write a value, or delete the key if it is not needed.");
        }
        if (value instanceof Node.Text text && !textWanted) {
            return new SchemaMessage(
                    where + " is the text " + shownValue() + ", must be " + wanted,
                    TextInstead.remedy(text.value(), types()));
        }
        if (value instanceof Node.Mapping && types().contains("array")) {
            return new SchemaMessage(where + " is a mapping, must be a list", "Start each of its items with '- '.");
        }
        if (textWanted && (value instanceof Node.Decimal || value instanceof Node.Bool)) {
            String kind = value instanceof Node.Decimal ? "the number " : "the truth value ";
            String written = written();
            return new SchemaMessage(
                    where + " is " + kind + written + ", must be text", "Quote it: \"" + written + "\".");
        }
        return must("must be " + wanted, "Correct the value.");
    }

    private List<String> types() {
        Node type = fault.said("type").orElse(document);
        if (type instanceof Node.Sequence list) {
            return list.items().stream().map(BlockWriter::plain).toList();
        }
        return List.of(BlockWriter.plain(type));
    }

    private static String typeName(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a mapping";
            default -> "null";
        };
    }

    private SchemaMessage words() {
        List<String> known = fault.said("enum").orElse(document) instanceof Node.Sequence list
                ? list.items().stream().map(BlockWriter::plain).toList()
                : fault.said("const").map(BlockWriter::plain).stream().toList();
        Optional<String> near = value instanceof Node.Text text
                ? synonym(text.value()).or(() -> Suggestion.nearest(text.value(), known))
                : Optional.empty();
        boolean many = near.isPresent() && known.size() > LONGEST_LIST;
        String words = many ? known.size() + " known words" : String.join(", ", known);
        String all = known.size() == 1 ? "must be " + words : "must be one of " + words;
        return new SchemaMessage(
                where + " is " + shownValue() + ", " + all
                        + near.map(word -> "; did you mean " + word + "?").orElse(""),
                near.or(() -> known.stream().findFirst().filter(only -> known.size() == 1))
                        .map(word -> "Write " + word + ".")
                        .orElse("Write one of them."));
    }

    /** The word that the schema has for this one of another tool. */
    private Optional<String> synonym(String word) {
        return fault.said(SchemaEngine.SYNONYMS)
                .flatMap(synonyms -> new FieldPath(List.of(word)).in(synonyms))
                .map(BlockWriter::plain);
    }

    private SchemaMessage must(String must, String remedy) {
        return new SchemaMessage(where + " is " + shownValue() + ", " + must, remedy);
    }

    private SchemaMessage counted(String must) {
        String size = "";
        if (value instanceof Node.Sequence list) {
            size = list.items().isEmpty() ? "is empty" : "has " + list.items().size();
        } else if (value instanceof Node.Mapping mapping) {
            size = mapping.entries().isEmpty()
                    ? "is empty"
                    : "has " + mapping.entries().size();
        } else if (value instanceof Node.Text text) {
            int length = text.value().codePointCount(0, text.value().length());
            size = length == 0 ? "is empty" : "has " + length;
        }
        return new SchemaMessage(where + " " + size + ", " + must, "Correct it.");
    }

    private static String patternMessage(Node.Mapping rule) {
        Optional<String> message = rule.get(SchemaEngine.PATTERN_MESSAGE).map(BlockWriter::plain);
        return message.or(() -> rule.get("pattern").map(pattern -> "must match " + BlockWriter.plain(pattern)))
                .orElse("is not allowed by the schema");
    }

    private static String format(String format) {
        return switch (format) {
            case "date" -> "a date like 2026-11-23";
            case "date-time" -> "a time like 2026-11-23T10:00:00Z";
            case "uri" -> "an absolute address such as https://git.acme.example/credit";
            default -> "a valid " + format;
        };
    }

    private String limit() {
        return fault.said(fault.keyword()).map(BlockWriter::plain).orElse("?");
    }

    private String many(String what) {
        return limit().equals("1") ? "1 " + what : limit() + " " + what + "s";
    }

    private String written() {
        return value instanceof Node.Decimal number ? number.value().toString() : BlockWriter.inline(value);
    }

    private String shownValue() {
        if (value instanceof Node.Mapping) {
            return "a mapping";
        }
        if (value instanceof Node.Sequence) {
            return "a list";
        }
        if (value instanceof Node.Text text) {
            String shown = shown(text.value());
            return shown.isBlank() || shown.contains(" ") ? "'" + shown + "'" : shown;
        }
        return written();
    }

    private static String shown(String text) {
        return Text.excerpt(text, LONGEST_VALUE);
    }
}
