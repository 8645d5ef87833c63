package io.modelgate.host.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON value of a Git host's answer. What is absent, null or of another type than asked for reads as absent. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .build();

    /** A field that is {@code null} in what is to be sent. */
    public static final Json NOTHING = new Json(MAPPER.nullNode());

    private final JsonNode node;

    private Json(JsonNode node) {
        this.node = node;
    }

    /** Reads an answer; one without a body is an empty object. Throws {@link IllegalArgumentException} for anything else. */
    static Json parse(byte[] body) {
        if (new String(body, StandardCharsets.UTF_8).isBlank()) {
            return new Json(MAPPER.createObjectNode());
        }
        try {
            return new Json(MAPPER.readTree(body));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the answer is not JSON", e);
        }
    }

    /** JSON within a text, if it is any. */
    public static Optional<Json> of(String text) {
        try {
            return Optional.of(parse(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An object to be sent, with these fields in turn: name, value, name, value. Values are text, numbers, booleans or lists. */
    public static String object(Object... fields) {
        return new Json(of(fields)).toString();
    }

    private static ObjectNode of(Object... fields) {
        ObjectNode node = MAPPER.createObjectNode();
        for (int i = 0; i < fields.length; i += 2) {
            node.set(fields[i].toString(), value(fields[i + 1]));
        }
        return node;
    }

    private static JsonNode value(Object value) {
        if (value instanceof List<?> list) {
            ArrayNode array = MAPPER.createArrayNode();
            list.forEach(each -> array.add(value(each)));
            return array;
        }
        if (value instanceof Json json) {
            return json.node;
        }
        return MAPPER.valueToTree(value);
    }

    /** An object within what is to be sent; see {@link #object}. */
    public static Json nested(Object... fields) {
        return new Json(of(fields));
    }

    /** A field of an object, however deep: {@code head.repo.id}. Absent reads as an empty object. */
    public Json at(String path) {
        JsonNode found = node;
        for (String name : path.split("\\.", -1)) {
            found = found.path(name);
        }
        return new Json(found.isMissingNode() || found.isNull() ? MAPPER.createObjectNode() : found);
    }

    /** The text of a field. */
    public Optional<String> text(String path) {
        JsonNode found = at(path).node;
        return found.isString() ? Optional.of(found.asString()) : Optional.empty();
    }

    /** The integer of a field. */
    public Optional<Long> integer(String path) {
        JsonNode found = at(path).node;
        return found.isIntegralNumber() && found.canConvertToLong() ? Optional.of(found.asLong()) : Optional.empty();
    }

    /** The id of a commit in a field; absent where it has not all 40 digits. */
    public Optional<CommitId> commit(String path) {
        return text(path).filter(sha -> sha.matches("[0-9a-f]{40}")).map(CommitId::new);
    }

    /** Whether a field is true. */
    public boolean isTrue(String path) {
        JsonNode found = at(path).node;
        return found.isBoolean() && found.asBoolean();
    }

    /** Whether it is an object or list without anything in it. */
    public boolean isEmpty() {
        return node.isContainer() && node.isEmpty();
    }

    /** The elements of a list. */
    public Stream<Json> elements() {
        return node.isArray() ? node.valueStream().map(Json::new) : Stream.empty();
    }

    /** The same of what must be a list, or null as some hosts write an empty one: nothing else may pass for an empty list. */
    public Stream<Json> listed() {
        if (!node.isArray() && !node.isNull()) {
            throw RegistryException.environment(
                    "The host gives something else where a list must be.",
                    "Run the command again; if it stays so, check the address: is a proxy in between?",
                    null);
        }
        return elements();
    }

    /** The elements of a list in a field. */
    public Stream<Json> elements(String path) {
        return at(path).elements();
    }

    /** The texts of a list in a field. */
    public List<String> texts(String path) {
        return elements(path)
                .filter(each -> each.node.isString())
                .map(each -> each.node.asString())
                .toList();
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
