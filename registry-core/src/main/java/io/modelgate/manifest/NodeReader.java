package io.modelgate.manifest;

import io.modelgate.finding.Place;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Builds the tree of one document from parse events, noting what is refused. */
final class NodeReader {
    /** Ends the reading early; what is wrong has been noted. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super("stop", null, false, false);
        }
    }

    /** Enough for a manifest of 40,000 files. */
    private static final int MOST_VALUES = 250_000;

    private final String path;
    private final FindingList findings;
    private Place last;
    private int values;
    private Iterator<Event> events = List.<Event>of().iterator();

    NodeReader(String path, FindingList findings) {
        this.path = path;
        this.findings = findings;
        this.last = Place.at(path, 1, 1);
    }

    /** The root; empty, with a finding, when there is none. */
    Optional<Node> read(String text) {
        String source = withoutDirectives(text);
        events = parse(source).iterator();
        try {
            return document();
        } catch (Stop e) {
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            syntax(placeOf(e), String.valueOf(e.getProblem()));
        } catch (YamlEngineException
                | IllegalArgumentException
                | NoSuchElementException
                | IndexOutOfBoundsException e) {
            // the parser lets through what its own code stumbles over, such as the escape \\x without digits
            syntax(last, "something after this place");
        }
        return Optional.empty();
    }

    static Iterable<Event> parse(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setBufferSize(Math.max(1024, text.length() + 1))
                .setCodePointLimit(text.length() + 1)
                .setParseComments(false)
                .setUseMarks(true)
                .build();
        return new Parse(settings).parseString(text);
    }

    private Optional<Node> document() {
        Event first = next();
        while (!(first instanceof NodeEvent)) {
            if (first.getEventId() == Event.ID.StreamEnd) {
                findings.add(
                        "yaml/empty",
                        Place.at(path, 1, 1),
                        "the file holds no document",
                        "Write one, or delete the file.");
                return Optional.empty();
            }
            first = next();
        }
        Node root = node(first, 1);
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent) {
                findings.add(
                        "yaml/several-documents",
                        place(event),
                        "a second document starts here",
                        "Keep one document in one file.");
                return Optional.of(root);
            }
        }
        return Optional.of(root);
    }

    private Node node(Event event, int depth) {
        refuseProperties(event);
        if (++values > MOST_VALUES) {
            String message = "more than " + MOST_VALUES + " values in one document";
            findings.add("yaml/too-many-values", place(event), message, "Put data into an artifact and refer to it.");
            throw new Stop();
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (event instanceof AliasEvent alias) {
            findings.add(
                    "yaml/alias", place(event), "*" + alias.getAlias() + " is an alias", "Write the value itself.");
            return new Node.Null(place(event));
        }
        if (depth > YamlReader.MAX_DEPTH) {
            String message = "more than " + YamlReader.MAX_DEPTH + " levels of lists and mappings";
            findings.add("yaml/depth", place(event), message, "Make the document flatter.");
            throw new Stop();
        }
        return event instanceof MappingStartEvent ? mapping(event, depth) : sequence(event, depth);
    }

    private Node mapping(Event start, int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        for (Event event = next(); !(event instanceof CollectionEndEvent); event = next()) {
            Place place = place(event);
            Optional<String> key = key(event, depth);
            Node value = node(next(), depth + 1);
            if (key.isPresent() && entries.putIfAbsent(key.get(), value) == null) {
                keys.put(key.get(), place);
            } else if (key.isPresent()) {
                Place earlier = keys.getOrDefault(key.get(), place(start));
                findings.add(
                        "yaml/duplicate-key",
                        place,
                        "'" + key.get() + "' is there twice; the first is at line " + earlier.line(),
                        "Keep one of them.");
            }
        }
        return new Node.Mapping(place(start), entries, keys);
    }

    private Node sequence(Event start, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event event = next(); !(event instanceof CollectionEndEvent); event = next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Sequence(place(start), items);
    }

    private Optional<String> key(Event event, int depth) {
        if (!(event instanceof ScalarEvent scalar)) {
            node(event, depth + 1);
            findings.add("yaml/key", place(event), "a key that is no text", "Use text as key.");
            return Optional.empty();
        }
        if (scalar.isPlain() && scalar.getValue().equals("<<")) {
            findings.add("yaml/merge-key", place(event), "<< is a merge key", "Write the fields themselves.");
            return Optional.empty();
        }
        refuseProperties(event);
        Node key = scalar(scalar);
        if (key instanceof Node.Text text) {
            return Optional.of(text.value());
        }
        String written = scalar.getValue();
        findings.add(
                "yaml/key",
                place(event),
                written.isEmpty() ? "a key that is no text" : "the key " + written + " is not text",
                "Quote it: \"" + written + "\".");
        return Optional.empty();
    }

    private Node scalar(ScalarEvent scalar) {
        Place place = place(scalar);
        if (scalar.isPlain()) {
            return PlainScalar.read(place, scalar.getValue(), findings);
        }
        if (scalar.isDQuoted()) {
            Characters.checkValue(place, scalar.getValue(), findings);
        }
        return new Node.Text(place, scalar.getValue());
    }

    private void refuseProperties(Event event) {
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor()
                    .ifPresent(anchor -> findings.add(
                            "yaml/anchor",
                            place(event),
                            "&" + anchor.getValue() + " is an anchor",
                            "Delete it, and write values where they are needed."));
        }
        tag(event).ifPresent(tag -> findings.add("yaml/tag", place(event), tag + " is a tag", "Delete it."));
    }

    private static Optional<String> tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            // '!' leaves no tag behind, only an unquoted scalar that claims not to be plain
            boolean bare = scalar.getTag().isEmpty()
                    && scalar.isPlain()
                    && !scalar.getImplicit().canOmitTagInPlainScalar();
            return bare ? Optional.of("!") : scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
    }

    /** Directives are lines that start with % before the document; they are noted and made comments. */
    private String withoutDirectives(String text) {
        StringBuilder source = new StringBuilder(text);
        int line = 1;
        for (int start = 0; start < text.length(); line++) {
            int end = text.indexOf('\n', start);
            String content =
                    text.substring(start, end < 0 ? text.length() : end).strip();
            if (text.charAt(start) == '%') {
                findings.add("yaml/directive", Place.at(path, line, 1), "a YAML directive", "Delete the line.");
                source.setCharAt(start, '#');
            } else if (!content.isEmpty() && !content.startsWith("#")) {
                break;
            }
            start = end < 0 ? text.length() : end + 1;
        }
        return source.toString();
    }

    private void syntax(Place place, String problem) {
        findings.add(
                "yaml/syntax",
                place,
                "not valid YAML: " + problem,
                "Check indentation and colons; quote text that holds ': ' or ' #' or starts with a special character.");
    }

    /** What is never closed is found at the end of the file; where it starts says more. */
    private Place placeOf(MarkedYamlEngineException e) {
        boolean atEnd = String.valueOf(e.getProblem()).contains("end of stream")
                || String.valueOf(e.getProblem()).contains("stream end");
        return e.getContextMark()
                .filter(mark -> atEnd)
                .or(e::getProblemMark)
                .or(e::getContextMark)
                .map(this::place)
                .orElse(last);
    }

    private Event next() {
        Event event = events.next();
        last = place(event);
        return event;
    }

    private Place place(Event event) {
        return event.getStartMark().map(this::place).orElse(last);
    }

    private Place place(Mark mark) {
        return Place.at(path, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
