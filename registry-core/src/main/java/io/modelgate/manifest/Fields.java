package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the fields of one YAML mapping into typed values and notes what is wrong instead of throwing. All children share
 * the list of findings of their root. A record is only built when the list is still empty: see {@link #build}.
 */
public final class Fields {
    /** The rule that every finding of a field carries. */
    public static final String RULE = "manifest/field";

    private final Node.Mapping mapping;
    private final List<Finding> findings;

    private Fields(Node.Mapping mapping, List<Finding> findings) {
        this.mapping = mapping;
        this.findings = findings;
    }

    /** The fields of a document's root; a root that is no mapping is a finding and reads as an empty mapping. */
    public static Fields of(Node node) {
        return of(node, new ArrayList<>());
    }

    private static Fields of(Node node, List<Finding> findings) {
        if (node instanceof Node.Mapping mapping) {
            return new Fields(mapping, findings);
        }
        findings.add(wrong(node.place(), "is not a mapping", "Write 'key: value' lines here."));
        return new Fields(new Node.Mapping(node.place(), Map.of(), Map.of()), findings);
    }

    /** Where the mapping starts. */
    public Place place() {
        return mapping.place();
    }

    /** Where the value of a key is, or the mapping when it is absent. */
    public Place place(String key) {
        return mapping.get(key).map(Node::place).orElse(mapping.place());
    }

    /** Whether the key is there and not null. */
    public boolean has(String key) {
        return mapping.get(key).filter(node -> !(node instanceof Node.Null)).isPresent();
    }

    /** The keys, in the order of the file. */
    public List<String> keys() {
        return List.copyOf(mapping.entries().keySet());
    }

    /** The value as it stands in the file. */
    public Optional<Node> node(String key) {
        return mapping.get(key).filter(node -> !(node instanceof Node.Null));
    }

    /** A finding about a key, for rules that no single field knows. */
    public void refuse(String key, String message, String remedy) {
        findings.add(Finding.block(RULE, place(key), message, remedy));
    }

    /** Required text. */
    public String text(String key) {
        return required(key, "", this::asText);
    }

    public Optional<String> optionalText(String key) {
        return node(key).flatMap(node -> asText(key, node));
    }

    /** Required text that {@code parse} turns into a value; its IllegalArgumentException becomes a finding. */
    public <T> Optional<T> parsed(String key, Function<String, T> parse) {
        if (!has(key)) {
            missing(key);
            return Optional.empty();
        }
        return optionalParsed(key, parse);
    }

    /** Like {@link #parsed} for a field that may be absent. */
    public <T> Optional<T> optionalParsed(String key, Function<String, T> parse) {
        return node(key).flatMap(node -> asText(key, node).flatMap(text -> parse(node.place(), key, text, parse)));
    }

    /** A list of texts, each parsed; empty when absent. */
    public <T> List<T> parsedList(String key, Function<String, T> parse) {
        return items(key).stream()
                .flatMap(node -> asText(key, node).flatMap(text -> parse(node.place(), key, text, parse)).stream())
                .toList();
    }

    /** A list of texts; empty when absent. */
    public List<String> texts(String key) {
        return parsedList(key, Function.identity());
    }

    /** Required number. */
    public BigDecimal number(String key) {
        return required(key, BigDecimal.ZERO, this::asNumber);
    }

    public Optional<BigDecimal> optionalNumber(String key) {
        return node(key).flatMap(node -> asNumber(key, node));
    }

    /** A list of numbers; empty when absent. */
    public List<BigDecimal> numbers(String key) {
        return items(key).stream().flatMap(node -> asNumber(key, node).stream()).toList();
    }

    /** What a check of this mapping gives; its findings are noted here. */
    public <T> Optional<T> checked(Function<Node.Mapping, Checked<T>> check) {
        Checked<T> result = check.apply(mapping);
        findings.addAll(result.findings());
        return result.value();
    }

    /** Required whole number of at most 63 bits. */
    public long integer(String key) {
        return required(key, 0L, this::asInteger);
    }

    public Optional<Long> optionalInteger(String key) {
        return node(key).flatMap(node -> asInteger(key, node));
    }

    /** A list of whole numbers; empty when absent. */
    public List<Long> integers(String key) {
        return items(key).stream()
                .flatMap(node -> asInteger(key, node).stream())
                .toList();
    }

    /** A switch, with the value it has when absent. */
    public boolean bool(String key, boolean absent) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return absent;
        }
        if (node.get() instanceof Node.Bool bool) {
            return bool.value();
        }
        findings.add(wrong(node.get().place(), key + " is not true or false", "Write true or false."));
        return absent;
    }

    /** A point in time, RFC 3339 in UTC ({@code 2026-11-23T10:00:00Z}). */
    public Optional<Instant> optionalInstant(String key) {
        return optionalParsed(key, text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("'" + text + "' is not a time like 2026-11-23T10:00:00Z", e);
            }
        });
    }

    /** A duration, ISO 8601 days or time ({@code P7D}, {@code PT12H}). */
    public Optional<Duration> optionalDuration(String key) {
        return optionalParsed(key, text -> {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("'" + text + "' is not a duration like P7D or PT12H", e);
            }
        });
    }

    /** The fields of a required mapping. */
    public Fields child(String key) {
        if (!has(key)) {
            missing(key);
            return new Fields(new Node.Mapping(mapping.place(), Map.of(), Map.of()), findings);
        }
        return of(node(key).orElseThrow(), findings);
    }

    public Optional<Fields> optionalChild(String key) {
        return node(key).map(node -> of(node, findings));
    }

    /** The fields of each mapping of a list; empty when absent. */
    public List<Fields> children(String key) {
        return items(key).stream().map(node -> of(node, findings)).toList();
    }

    /** A mapping of texts to texts, sorted by key; empty when absent. */
    public Map<String, String> textMap(String key) {
        Map<String, String> map = new TreeMap<>();
        optionalChild(key)
                .ifPresent(child ->
                        child.keys().forEach(name -> child.optionalText(name).ifPresent(text -> map.put(name, text))));
        return map;
    }

    /** How much has been found so far, by this and all that share its root. */
    public int findingCount() {
        return findings.size();
    }

    /** What has been found so far, by this and all that share its root. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /**
     * Builds the record when nothing was found; an IllegalArgumentException of its constructor becomes a finding at the
     * mapping.
     */
    public <T> Checked<T> build(Supplier<T> record) {
        if (findings.stream().anyMatch(Finding::blocks)) {
            return Checked.refused(findings);
        }
        try {
            return Checked.of(record.get(), findings);
        } catch (IllegalArgumentException e) {
            findings.add(wrong(mapping.place(), String.valueOf(e.getMessage()), "Correct the file."));
            return Checked.refused(findings);
        }
    }

    private List<Node> items(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        findings.add(wrong(node.get().place(), key + " is not a list", "Write a list: '- item' lines."));
        return List.of();
    }

    private interface Reading<T> {
        Optional<T> read(String key, Node node);
    }

    private <T> T required(String key, T placeholder, Reading<T> reading) {
        if (!has(key)) {
            missing(key);
            return placeholder;
        }
        return reading.read(key, node(key).orElseThrow()).orElse(placeholder);
    }

    private void missing(String key) {
        findings.add(wrong(mapping.place(), "'" + key + "' is missing", "Add it."));
    }

    private <T> Optional<T> parse(Place place, String key, String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            String said = e.getMessage() == null ? "'" + text + "' is not valid" : e.getMessage();
            findings.add(wrong(place, key + ": " + said, "Correct the value."));
            return Optional.empty();
        }
    }

    private Optional<String> asText(String key, Node node) {
        if (node instanceof Node.Text text) {
            return Optional.of(text.value());
        }
        findings.add(wrong(node.place(), key + " is not text", "Put the value in quotes."));
        return Optional.empty();
    }

    private Optional<BigDecimal> asNumber(String key, Node node) {
        if (node instanceof Node.Decimal number) {
            return Optional.of(number.value());
        }
        findings.add(wrong(node.place(), key + " is not a number", "Write a number without quotes."));
        return Optional.empty();
    }

    private Optional<Long> asInteger(String key, Node node) {
        Optional<BigDecimal> number = asNumber(key, node);
        try {
            return number.map(BigDecimal::longValueExact);
        } catch (ArithmeticException e) {
            findings.add(wrong(node.place(), key + " is not a whole number", "Write a whole number."));
            return Optional.empty();
        }
    }

    private static Finding wrong(Place place, String message, String remedy) {
        return Finding.block(RULE, place, Text.excerpt(message, 300), remedy);
    }
}
