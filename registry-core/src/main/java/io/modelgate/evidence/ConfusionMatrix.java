package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How often each class was predicted for each class.
 *
 * @param labels the classes
 * @param counts a row for each actual class, in it a count for each predicted class, in the order of the labels
 * @param positive the class that is the positive one, of two
 * @param place where it stands
 */
public record ConfusionMatrix(List<String> labels, List<List<Long>> counts, Optional<String> positive, Place place) {
    /** The metrics that are about one class: that of their slice, or the positive one. */
    static final Set<String> ABOUT_ONE_CLASS = Set.of("precision", "recall", "specificity", "f1");

    public ConfusionMatrix {
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
    }

    /** Reads the fields; empty, with findings noted, when something is wrong. */
    static Optional<ConfusionMatrix> of(Fields fields) {
        List<Fields> rows = fields.children("rows");
        List<String> labels = rows.stream().map(row -> row.text("label")).toList();
        List<List<Long>> counts =
                rows.stream().map(row -> row.integers("counts")).toList();
        Optional<String> positive = fields.optionalText("positive");
        boolean good = true;
        for (Fields row : rows) {
            List<Long> numbers = row.integers("counts");
            if (numbers.size() != rows.size()
                    || numbers.stream().anyMatch(count -> count < 0 || count > Integer.MAX_VALUE)) {
                row.refuse(
                        "counts",
                        "a row does not have " + rows.size() + " counts of 0 or more",
                        "Write one for each class.");
                good = false;
            }
        }
        if (rows.size() < 2 || new HashSet<>(labels).size() < labels.size()) {
            fields.refuse("rows", "the rows are not those of two or more different classes", "Name each class once.");
            good = false;
        }
        if (positive.isPresent() && (rows.size() != 2 || !labels.contains(positive.get()))) {
            fields.refuse("positive", "positive is not one of two classes", "Name one of them, or leave it out.");
            good = false;
        }
        return good ? Optional.of(new ConfusionMatrix(labels, counts, positive, fields.place())) : Optional.empty();
    }

    /** How many rows were predicted. */
    public long total() {
        return counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
    }

    /**
     * A metric computed from the counts: accuracy and error_rate; precision, recall and f1 of a slice {@code class: <label>},
     * or of the positive class, which also has a specificity; and their means {@code *_macro} over classes. Empty for any other.
     */
    public Optional<MetricValue> compute(String metric, Map<String, String> slice) {
        Optional<MetricValue> share = share(metric, slice).map(Proportion::value);
        if (share.isPresent()) {
            return share;
        }
        if (metric.equals("f1")) {
            return subject(slice).map(this::f1);
        }
        return slice.isEmpty()
                ? switch (metric) {
                    case "recall_macro", "balanced_accuracy" ->
                        Optional.of(mean(i -> recall(i).value()));
                    case "precision_macro" -> Optional.of(mean(i -> precision(i).value()));
                    case "f1_macro" -> Optional.of(mean(this::f1));
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    /** A metric that is the share of some rows in others, so that it has an interval; empty for any other. */
    public Optional<Proportion> share(String metric, Map<String, String> slice) {
        if (slice.isEmpty() && metric.equals("accuracy")) {
            return Optional.of(new Proportion(right(), total()));
        }
        if (slice.isEmpty() && metric.equals("error_rate")) {
            return Optional.of(new Proportion(total() - right(), total()));
        }
        Optional<Integer> subject = subject(slice);
        return switch (metric) {
            case "precision" -> subject.map(this::precision);
            case "recall" -> subject.map(this::recall);
            case "specificity" -> subject.filter(i -> labels.size() == 2).map(i -> recall(1 - i));
            default -> Optional.empty();
        };
    }

    /** The class that a metric is about: that of the slice, or the positive one of all rows. */
    private Optional<Integer> subject(Map<String, String> slice) {
        Optional<String> label = slice.isEmpty()
                ? positive
                : Optional.ofNullable(slice.get("class")).filter(name -> slice.size() == 1);
        return label.map(labels::indexOf).filter(i -> i >= 0);
    }

    private long right() {
        return IntStream.range(0, labels.size())
                .mapToLong(i -> counts.get(i).get(i))
                .sum();
    }

    private Proportion recall(int i) {
        long actual = counts.get(i).stream().mapToLong(Long::longValue).sum();
        return new Proportion(counts.get(i).get(i), actual);
    }

    private Proportion precision(int i) {
        long predicted = counts.stream().mapToLong(row -> row.get(i)).sum();
        return new Proportion(counts.get(i).get(i), predicted);
    }

    /** 2 tp / (2 tp + fp + fn). */
    private MetricValue f1(int i) {
        return MetricValue.ratio(
                2.0 * counts.get(i).get(i), recall(i).total() + precision(i).total());
    }

    private MetricValue mean(IntFunction<MetricValue> metric) {
        List<MetricValue> values = new ArrayList<>();
        IntStream.range(0, labels.size()).mapToObj(metric).forEach(values::add);
        return values.stream().allMatch(MetricValue::ok)
                ? MetricValue.of(values.stream()
                        .mapToDouble(value -> value.number().getAsDouble())
                        .average()
                        .orElseThrow())
                : MetricValue.UNDEFINED;
    }

    Node.Mapping toNode() {
        List<Node.Mapping> rows = IntStream.range(0, labels.size())
                .mapToObj(i -> new MappingBuilder()
                        .text("label", labels.get(i))
                        .integers("counts", counts.get(i))
                        .build())
                .toList();
        return new MappingBuilder()
                .text("positive", positive)
                .list("rows", rows)
                .build();
    }
}
