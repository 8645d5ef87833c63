package io.modelgate.store.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A JSON value that a server or a file of the user says. What is absent or of another type than asked for reads as absent. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .build();

    private static final ObjectMapper WRITER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private final JsonNode node;

    private Json(JsonNode node) {
        this.node = node;
    }

    /** Reads UTF-8; throws {@link IllegalArgumentException} for what is no JSON. */
    public static Json parse(byte[] bytes) {
        try {
            return new Json(MAPPER.readTree(bytes));
        } catch (JacksonException e) {
            // Its message would show a part of what may be a secret.
            throw new IllegalArgumentException("it is not JSON");
        }
    }

    /** What is to be sent: the components of a record in their order, without those that are empty {@link Optional}s. */
    public static byte[] write(Record object) {
        return WRITER.writeValueAsBytes(object);
    }

    /** A field; absent reads as a value without fields. */
    public Json at(String name) {
        return new Json(node.path(name));
    }

    /** The text of a field. */
    public Optional<String> text(String name) {
        JsonNode found = node.path(name);
        return found.isString() ? Optional.of(found.asString()) : Optional.empty();
    }

    /** The number of a field, where it is an integer that is not negative. */
    public OptionalLong number(String name) {
        JsonNode found = node.path(name);
        return found.isIntegralNumber() && found.canConvertToLong() && found.asLong() >= 0
                ? OptionalLong.of(found.asLong())
                : OptionalLong.empty();
    }

    /** The elements of a list in a field. */
    public Stream<Json> items(String name) {
        return node.path(name).isArray() ? node.path(name).valueStream().map(Json::new) : Stream.empty();
    }

    /** The texts of a list in a field. */
    public Stream<String> texts(String name) {
        return items(name).filter(each -> each.node.isString()).map(each -> each.node.asString());
    }

    /** The names of the fields. */
    public Stream<String> names() {
        return node.propertyStream().map(Map.Entry::getKey);
    }

    /** Whether there is anything. */
    public boolean isThere() {
        return !node.isMissingNode() && !node.isNull();
    }

    @Override
    public String toString() {
        return "JSON"; // There may be a secret in it.
    }
}
