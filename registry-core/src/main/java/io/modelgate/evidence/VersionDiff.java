package io.modelgate.evidence;

import io.modelgate.finding.Text;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What differs between two versions: bytes, metrics, fairness and the card.
 *
 * @param before the first version
 * @param after the second version
 * @param entries what differs, by part and name
 */
public record VersionDiff(VersionId before, VersionId after, List<Entry> entries) {
    public VersionDiff {
        entries = List.copyOf(entries);
    }

    /** The parts of a version that are compared. */
    public enum Part {
        FILE,
        METRIC,
        FAIRNESS,
        CARD;

        /** The word in documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One thing that differs.
     *
     * @param part what it belongs to
     * @param name the file, the metric with its evaluation, or the section
     * @param before what it was; empty when it is new
     * @param after what it is; empty when it is gone
     * @param change the difference of two numbers
     */
    public record Entry(
            Part part, String name, Optional<String> before, Optional<String> after, OptionalDouble change) {
        public Entry {
            name = Text.printable(name);
            before = before.map(Text::printable);
            after = after.map(Text::printable);
        }

        private Node.Mapping toNode() {
            return new MappingBuilder()
                    .text("part", part.word())
                    .text("name", name)
                    .text("before", before)
                    .text("after", after)
                    .number(
                            "change",
                            change.isPresent() ? Optional.of(Numbers.decimal(change.getAsDouble())) : Optional.empty())
                    .build();
        }
    }

    /** Compares everything known about two versions. */
    public static VersionDiff between(Evidence before, Evidence after) {
        List<Entry> entries = new ArrayList<>();
        entries.addAll(texts(Part.FILE, files(before), files(after)));
        entries.addAll(numbers(Part.METRIC, metrics(before), metrics(after)));
        entries.addAll(numbers(Part.FAIRNESS, fairness(before), fairness(after)));
        entries.addAll(texts(Part.CARD, sections(before), sections(after)));
        return new VersionDiff(before.id(), after.id(), entries);
    }

    /** The fields, for programs. */
    public Node.Mapping toNode() {
        return new MappingBuilder()
                .text("before", before)
                .text("after", after)
                .put(
                        "changes",
                        MappingBuilder.sequence(
                                entries.stream().map(Entry::toNode).toList()))
                .build();
    }

    private static Map<String, String> files(Evidence evidence) {
        return evidence.version().artifacts().stream()
                .collect(Collectors.toMap(
                        Artifact::path,
                        file -> file.size() + " bytes, " + file.digest().abbreviated()));
    }

    private static Map<String, MetricValue> metrics(Evidence evidence) {
        Map<String, MetricValue> metrics = new TreeMap<>();
        evidence.evaluations()
                .forEach(evaluation -> evaluation
                        .metrics()
                        .forEach(metric -> metrics.put(
                                metric.label() + " on "
                                        + evaluation.measurement().dataset().name(),
                                metric.value())));
        return metrics;
    }

    private static Map<String, MetricValue> fairness(Evidence evidence) {
        Map<String, MetricValue> values = new TreeMap<>();
        evidence.fairness()
                .forEach(report -> report.values().forEach(value -> values.put(value.label(), value.value())));
        return values;
    }

    private static Map<String, String> sections(Evidence evidence) {
        Map<String, String> sections = new TreeMap<>();
        List<Section> all = evidence.card().map(Card::sections).orElse(List.of());
        all.stream()
                .filter(section -> section.level() > 1)
                .forEach(section -> sections.merge(section.title(), section.words() + " words", (one, two) -> one));
        return sections;
    }

    private static List<Entry> texts(Part part, Map<String, String> before, Map<String, String> after) {
        return differing(
                before,
                after,
                name -> new Entry(
                        part,
                        name,
                        Optional.ofNullable(before.get(name)),
                        Optional.ofNullable(after.get(name)),
                        OptionalDouble.empty()));
    }

    private static List<Entry> numbers(Part part, Map<String, MetricValue> before, Map<String, MetricValue> after) {
        return differing(before, after, name -> {
            Optional<MetricValue> old = Optional.ofNullable(before.get(name));
            Optional<MetricValue> young = Optional.ofNullable(after.get(name));
            return new Entry(
                    part, name, old.map(MetricValue::toString), young.map(MetricValue::toString), change(old, young));
        });
    }

    private static OptionalDouble change(Optional<MetricValue> before, Optional<MetricValue> after) {
        OptionalDouble old = before.map(MetricValue::number).orElse(OptionalDouble.empty());
        OptionalDouble young = after.map(MetricValue::number).orElse(OptionalDouble.empty());
        return old.isPresent() && young.isPresent()
                ? OptionalDouble.of(young.getAsDouble() - old.getAsDouble())
                : OptionalDouble.empty();
    }

    private static <T> List<Entry> differing(
            Map<String, T> before, Map<String, T> after, Function<String, Entry> entry) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(entry)
                .toList();
    }
}
