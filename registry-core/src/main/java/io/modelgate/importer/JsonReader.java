package io.modelgate.importer;

import io.modelgate.finding.Place;
import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads JSON as Python writes it, with {@code NaN} and {@code Infinity}, into a tree with places. */
final class JsonReader {
    /** Ends the reading early; what is wrong has been noted. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super("stop", null, false, false);
        }
    }

    private static final int MOST_VALUES = 1_000_000;
    private static final int MOST_LEVELS = 50;
    private static final Pattern PARSERS_PLACE = Pattern.compile("\\s*(\\([a-z ]*)?\\[Source:[^\\]]*]\\)?");
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final String path;
    private final FindingList findings;
    private int values;

    private JsonReader(String path, FindingList findings) {
        this.path = path;
        this.findings = findings;
    }

    /** The root; empty, with findings noted, when something is wrong. */
    static Optional<Node> read(String path, String text, FindingList findings) {
        return new JsonReader(path, findings).read(text);
    }

    private Optional<Node> read(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Node root = node(parser, 1);
            if (parser.nextToken() != null) {
                findings.add(
                        "import/several-values",
                        place(parser.currentTokenLocation()),
                        "a second JSON value starts here; a file with a line per person is not imported",
                        "Give one JSON value with counts and rates of groups.");
            }
            return Optional.of(root);
        } catch (Stop e) {
            return Optional.empty();
        } catch (JacksonException e) {
            findings.add(
                    "import/json",
                    place(e.getLocation()),
                    "not valid JSON: " + said(e.getOriginalMessage()),
                    "Write the file again with the tool; it may have been cut off.");
            return Optional.empty();
        }
    }

    private Node node(JsonParser parser, int level) {
        Place place = place(parser.currentTokenLocation());
        if (++values > MOST_VALUES || level > MOST_LEVELS) {
            String limit = level > MOST_LEVELS ? MOST_LEVELS + " levels" : MOST_VALUES + " values";
            findings.add(
                    "import/limit", place, "there are more than " + limit, "Give a file about groups, not people.");
            throw new Stop();
        }
        JsonToken token = parser.currentToken();
        return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
            case START_OBJECT -> mapping(parser, place, level);
            case START_ARRAY -> sequence(parser, place, level);
            case VALUE_STRING -> new Node.Text(place, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(place, parser.getString());
            case VALUE_TRUE -> new Node.Bool(place, true);
            case VALUE_FALSE -> new Node.Bool(place, false);
            default -> new Node.Null(place);
        };
    }

    private Node mapping(JsonParser parser, Place start, int level) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            Place place = place(parser.currentTokenLocation());
            parser.nextToken();
            Node value = node(parser, level + 1);
            if (entries.putIfAbsent(key, value) == null) {
                keys.put(key, place);
            } else {
                findings.add("import/duplicate-key", place, "'" + key + "' is there twice", "Keep one of them.");
            }
        }
        return new Node.Mapping(start, entries, keys);
    }

    private Node sequence(JsonParser parser, Place start, int level) {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser, level + 1));
        }
        return new Node.Sequence(start, items);
    }

    /** A number, exactly; NaN and infinities are text, and so is a number that no double can hold. */
    private static Node number(Place place, String written) {
        Optional<BigDecimal> value = Trees.number(written);
        return value.isPresent() ? new Node.Decimal(place, value.get()) : new Node.Text(place, written);
    }

    /** What the parser says, without where: the finding has a place. */
    private static String said(String message) {
        return PARSERS_PLACE
                .matcher(message.lines().findFirst().orElse(""))
                .replaceAll("")
                .strip();
    }

    private Place place(TokenStreamLocation location) {
        return Place.at(path, Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()));
    }
}
