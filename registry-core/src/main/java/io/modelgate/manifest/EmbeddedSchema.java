package io.modelgate.manifest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.serialization.NodeReader;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema (2020-12) that somebody wrote into a policy. It refers to nothing outside itself, and checking against it
 * ends soon, whatever it says.
 */
public final class EmbeddedSchema {
    private static final SchemaLocation HERE = SchemaLocation.of("https://modelgate.io/schemas/embedded");

    private static final Set<String> FOR_PEOPLE =
            Set.of("title", "description", "examples", "default", "$comment", "$schema", "$defs");

    private final Node text;
    private final Schema schema;

    private EmbeddedSchema(Node text, Schema schema) {
        this.text = text;
        this.schema = schema;
    }

    /** Reads a schema; rule id {@code policy/schema}. */
    public static Checked<EmbeddedSchema> of(Node schema) {
        FindingList findings = new FindingList();
        new SchemaGrammar(schema, findings).check();
        if (findings.isEmpty()) {
            new SchemaLoops(schema)
                    .find()
                    .ifPresent(place -> findings.add(
                            "policy/schema", place, "this schema refers to itself for ever", "Break the circle."));
        }
        if (!findings.isEmpty()) {
            return Checked.refused(findings.list());
        }
        return Checked.of(new EmbeddedSchema(
                schema, SchemaEngine.registry(new NoReader(), List.of()).getSchema(HERE, JsonTree.of(schema))));
    }

    /** Whether no document can be wrong by it: it has words for people only. */
    public boolean isTrivial() {
        return text instanceof Node.Mapping mapping
                && FOR_PEOPLE.containsAll(mapping.entries().keySet());
    }

    /** What it says of itself for people: title and description, as far as it has them. */
    public List<String> words() {
        return Stream.of("title", "description")
                .flatMap(key -> text instanceof Node.Mapping mapping ? mapping.get(key).stream() : Stream.empty())
                .filter(Node.Text.class::isInstance)
                .map(each -> ((Node.Text) each).value())
                .toList();
    }

    /** The properties of the document's root that it names, sorted: those that it describes and those that it requires. */
    public Set<String> rootProperties() {
        Set<String> names = new TreeSet<>();
        collect(text, names);
        return names;
    }

    private static void collect(Node schema, Set<String> names) {
        if (!(schema instanceof Node.Mapping mapping)) {
            return;
        }
        if (mapping.get("properties").orElse(null) instanceof Node.Mapping properties) {
            names.addAll(properties.entries().keySet());
        }
        if (mapping.get("required").orElse(null) instanceof Node.Sequence required) {
            required.items().stream()
                    .filter(Node.Text.class::isInstance)
                    .forEach(each -> names.add(((Node.Text) each).value()));
        }
        for (String several : List.of("allOf", "anyOf", "oneOf")) {
            if (mapping.get(several).orElse(null) instanceof Node.Sequence parts) {
                parts.items().forEach(part -> collect(part, names));
            }
        }
    }

    /** What is wrong with the document, each finding at its place in it; rule ids {@code schema/<keyword>}. */
    public List<Finding> check(Node document) {
        return SchemaEngine.check(schema, address -> text, document);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EmbeddedSchema that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** There is nothing to read: a schema that wants to is refused before. */
    private static final class NoReader implements NodeReader {
        @Override
        public JsonNode readTree(String content, InputFormat format) {
            throw new UnsupportedOperationException("schemas in policies refer to nothing");
        }

        @Override
        public JsonNode readTree(InputStream content, InputFormat format) {
            throw new UnsupportedOperationException("schemas in policies refer to nothing");
        }
    }
}
