package io.modelgate.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the reference page of one schema: an example and a table of all fields. */
final class ReferencePage {
    private static final String COMMON = "common";

    private final String name;
    private final Node.Mapping schema;
    private final List<String> rows = new ArrayList<>();

    private ReferencePage(String name) {
        this.name = name;
        this.schema = mapping(SchemaLibrary.text(SchemaLibrary.address(name)));
    }

    static String write(String name) {
        return new ReferencePage(name).page();
    }

    static String title(String name) {
        return text(mapping(SchemaLibrary.text(SchemaLibrary.address(name))), "title");
    }

    private String page() {
        Node example = list(schema, "examples").get(0);
        fields("", schema, name);
        return String.join(
                "\n",
                "# " + text(schema, "title"),
                "",
                text(schema, "description"),
                "",
                "```yaml",
                YamlWriter.write(mapping(example)).strip(),
                "```",
                "",
                "| field | type | required | description | example |",
                "|---|---|---|---|---|",
                String.join("\n", rows),
                "",
                "JSON Schema: <" + text(schema, "$id") + ">. This page is [generated](README.md) from it.",
                "");
    }

    private void fields(String prefix, Node.Mapping owner, String file) {
        List<String> required =
                list(owner, "required").stream().map(BlockWriter::plain).toList();
        entries(owner, "properties").forEach((key, value) -> {
            Resolved field = resolve(mapping(value), file);
            row(prefix + key, field, required.contains(key));
            children(prefix + key, field);
        });
    }

    private void children(String path, Resolved field) {
        if (field.elsewhere().isPresent()) {
            return;
        }
        Node.Mapping target = field.target();
        fields(path + ".", target, field.file());
        target.get("items").ifPresent(items -> {
            Resolved item = resolve(mapping(items), field.file());
            children(path + "[]", item);
        });
        target.get("additionalProperties")
                .filter(each -> each instanceof Node.Mapping)
                .ifPresent(values -> children(path + ".*", resolve(mapping(values), field.file())));
    }

    private void row(String path, Resolved field, boolean required) {
        String example = list(field.own(), "examples").stream()
                .findFirst()
                .map(each -> "`" + BlockWriter.inline(each).replace("|", "\\|") + "`")
                .orElse("");
        rows.add("| `" + path + "` | " + type(field) + " | " + (required ? "yes" : "") + " | "
                + (text(field.own(), "description") + constraints(field)).replace("|", "\\|") + " | " + example + " |");
    }

    private String type(Resolved field) {
        if (field.elsewhere().isPresent()) {
            String page = field.elsewhere().get();
            return "as in [" + title(page) + "](" + page + ".md)";
        }
        Node.Mapping target = field.target();
        if (target.get("const").isPresent() || target.get("enum").isPresent()) {
            return words(target);
        }
        Node type = target.get("type").orElse(target);
        if (type instanceof Node.Sequence types) {
            return types.items().stream()
                    .map(each -> word(BlockWriter.plain(each)))
                    .collect(Collectors.joining(" or "));
        }
        return target.get("items")
                .map(items -> "list of " + plural(type(resolve(mapping(items), field.file()))))
                .orElseGet(() -> word(BlockWriter.plain(type)));
    }

    private static String words(Node.Mapping target) {
        List<Node> words = target.get("const").map(List::of).orElseGet(() -> list(target, "enum"));
        return words.stream().map(each -> "`" + BlockWriter.plain(each) + "`").collect(Collectors.joining(", "));
    }

    private static String word(String type) {
        return switch (type) {
            case "string" -> "text";
            case "object" -> "mapping";
            case "array" -> "list";
            case "integer" -> "whole number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    private static String plural(String type) {
        return type.equals("text") || type.startsWith("`") ? type : type + "s";
    }

    private String constraints(Resolved field) {
        if (field.elsewhere().isPresent()) {
            return "";
        }
        Node.Mapping target = field.target();
        List<String> said = new ArrayList<>();
        value(target, "patternErrorMessage")
                .filter(each -> !each.endsWith("not blank") && !each.endsWith("be blank"))
                .ifPresent(each -> said.add(capital(each)));
        value(target, "minimum")
                .filter(each -> !each.startsWith("-9007"))
                .ifPresent(each -> said.add("At least " + each));
        value(target, "maximum")
                .filter(each -> !each.startsWith("9007"))
                .ifPresent(each -> said.add("At most " + each));
        value(target, "exclusiveMinimum").ifPresent(each -> said.add("More than " + each));
        value(target, "exclusiveMaximum").ifPresent(each -> said.add("Less than " + each));
        value(target, "minItems")
                .ifPresent(each -> said.add("At least " + each + (each.equals("1") ? " item" : " items")));
        value(target, "default")
                .or(() -> value(field.own(), "default"))
                .ifPresent(each -> said.add("Default: `" + each + "`"));
        choice(target).ifPresent(said::add);
        target.get("items")
                .flatMap(items -> choice(resolve(mapping(items), field.file()).target()))
                .ifPresent(each -> said.add("Each has " + Character.toLowerCase(each.charAt(0)) + each.substring(1)));
        return said.stream().map(each -> " " + each + ".").collect(Collectors.joining());
    }

    private static Optional<String> choice(Node.Mapping target) {
        for (Map.Entry<String, String> each :
                List.of(Map.entry("oneOf", "Exactly one of "), Map.entry("anyOf", "At least one of "))) {
            List<String> keys = new SchemaChoice(each.getKey(), FieldPath.ROOT, list(target, each.getKey())).keys();
            if (!keys.isEmpty()) {
                return Optional.of(each.getValue()
                        + keys.stream().map(key -> "`" + key + "`").collect(Collectors.joining(", ")));
            }
        }
        return Optional.empty();
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /**
     * A field with the schema that it refers to.
     *
     * @param own the field as it stands
     * @param target what it refers to, or itself
     * @param file the schema that the target is in
     * @param elsewhere the page that has the target, when it is not this one
     */
    private record Resolved(Node.Mapping own, Node.Mapping target, String file, Optional<String> elsewhere) {}

    private Resolved resolve(Node.Mapping own, String file) {
        Optional<String> reference = value(own, "$ref");
        if (reference.isEmpty()) {
            return new Resolved(own, own, file, Optional.empty());
        }
        int hash = reference.get().indexOf('#');
        String other = hash == 0 ? file : reference.get().substring(0, hash).replace(".schema.json", "");
        Node root = SchemaLibrary.text(SchemaLibrary.address(other));
        Node.Mapping next = mapping(
                SchemaReference.resolve(root, reference.get().substring(hash)).orElseThrow());
        if (!other.equals(COMMON) && !other.equals(name)) {
            return new Resolved(own, next, other, Optional.of(other));
        }
        Resolved last = resolve(next, other);
        return new Resolved(own, last.target(), last.file(), last.elsewhere());
    }

    private static Optional<String> value(Node.Mapping mapping, String key) {
        return mapping.get(key).map(BlockWriter::plain);
    }

    private static String text(Node.Mapping mapping, String key) {
        return value(mapping, key).orElse("");
    }

    private static List<Node> list(Node.Mapping mapping, String key) {
        return mapping.get(key).orElse(mapping) instanceof Node.Sequence list ? list.items() : List.of();
    }

    private static Map<String, Node> entries(Node.Mapping mapping, String key) {
        return mapping.get(key).isPresent() ? mapping(mapping.get(key).get()).entries() : Map.of();
    }

    private static Node.Mapping mapping(Node node) {
        return (Node.Mapping) node;
    }
}
