package io.modelgate.signature;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Node;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Reads, and writes, JSON that two readers could not understand differently: UTF-8, one value, no key twice, bounded in depth and number. */
final class StrictJson {
    private static final int MOST_VALUES = 500_000;
    private static final int MOST_LEVELS = 30;
    private static final String REMEDY = "Sign it again: it was damaged, or written by hand.";
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final String what;
    private int values;

    private StrictJson(String what) {
        this.what = what;
    }

    /**
     * The object that these bytes are.
     *
     * @param what what it is called in messages, such as {@code the payload}
     */
    static Node.Mapping object(byte[] bytes, String what) throws RefusedException {
        StrictJson reader = new StrictJson(what);
        String text = reader.text(bytes);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Node root = reader.node(parser, 1);
            if (parser.nextToken() != null) {
                throw reader.refused("has more after its end");
            }
            if (root instanceof Node.Mapping mapping) {
                return mapping;
            }
            throw reader.refused("is no JSON object");
        } catch (JacksonException e) {
            throw reader.refused("is not valid JSON");
        }
    }

    /** The same tree as JSON on one line. */
    static String write(Node.Mapping object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(object, json);
        }
        return text.toString();
    }

    private static void write(Node node, JsonGenerator json) {
        if (node instanceof Node.Mapping mapping) {
            json.writeStartObject();
            mapping.entries().forEach((key, value) -> {
                json.writeName(key);
                write(value, json);
            });
            json.writeEndObject();
        } else if (node instanceof Node.Sequence list) {
            json.writeStartArray();
            list.items().forEach(each -> write(each, json));
            json.writeEndArray();
        } else if (node instanceof Node.Bool bool) {
            json.writeBoolean(bool.value());
        } else if (node instanceof Node.Text text) {
            json.writeString(text.value());
        } else {
            throw new IllegalArgumentException("bundles have no numbers");
        }
    }

    private String text(byte[] bytes) throws RefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("is not UTF-8");
        }
    }

    private Node node(JsonParser parser, int level) throws RefusedException {
        if (++values > MOST_VALUES) {
            throw refused("has more than " + MOST_VALUES + " values");
        }
        if (level > MOST_LEVELS) {
            throw refused("has more than " + MOST_LEVELS + " levels");
        }
        JsonToken token = parser.currentToken();
        return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
            case START_OBJECT -> mapping(parser, level);
            case START_ARRAY -> sequence(parser, level);
            case VALUE_STRING -> new Node.Text(Place.NOWHERE, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Decimal(Place.NOWHERE, number(parser.getString()));
            case VALUE_TRUE -> new Node.Bool(Place.NOWHERE, true);
            case VALUE_FALSE -> new Node.Bool(Place.NOWHERE, false);
            case VALUE_NULL -> new Node.Null(Place.NOWHERE);
            default -> throw refused("is not valid JSON");
        };
    }

    private Node mapping(JsonParser parser, int level) throws RefusedException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            if (entries.put(key, node(parser, level + 1)) != null) {
                throw refused("has the key '" + key + "' twice, and which one counts depends on who reads it");
            }
        }
        return new Node.Mapping(Place.NOWHERE, entries, Map.of());
    }

    private Node sequence(JsonParser parser, int level) throws RefusedException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser, level + 1));
        }
        return new Node.Sequence(Place.NOWHERE, items);
    }

    private BigDecimal number(String written) throws RefusedException {
        try {
            return new BigDecimal(written);
        } catch (NumberFormatException e) {
            throw refused("has a number that no program holds");
        }
    }

    private RefusedException refused(String message) {
        return new RefusedException(what + " " + message, REMEDY);
    }
}
