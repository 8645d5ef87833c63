package io.modelgate.evidence;

import io.modelgate.finding.Text;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the front matter of a card says of measurements under {@code model-index}, as Hugging Face has it.
 *
 * @param results of all models, in the order of the file
 */
public record ModelIndex(List<Result> results) {
    private static final int LONGEST_TEXT = 200;
    private static final Map<String, DatasetRole> ROLES = Map.of(
            "train", DatasetRole.TRAIN,
            "validation", DatasetRole.VALIDATION,
            "dev", DatasetRole.VALIDATION,
            "test", DatasetRole.TEST);

    public ModelIndex {
        results = List.copyOf(results);
    }

    /** Metrics on one dataset. What is missing there is empty. */
    public record Result(
            Optional<String> name,
            Optional<String> type,
            Optional<String> config,
            Optional<String> split,
            List<Claim> metrics) {
        public Result {
            metrics = List.copyOf(metrics);
        }

        /** What the data was used for, where its split says it. */
        public Optional<DatasetRole> role() {
            return split.flatMap(each -> Optional.ofNullable(ROLES.get(each)));
        }

        /** What tells one dataset from another. */
        public String key() {
            return Stream.of(name, type, config, split)
                    .map(each -> each.orElse(""))
                    .toList()
                    .toString();
        }
    }

    /**
     * A metric.
     *
     * @param type its name, such as {@code roc_auc}
     * @param value as it was written
     * @param slice a configuration of a metric, such as {@code macro}, is told apart as a slice
     */
    public record Claim(Optional<String> type, Optional<Node> value, Map<String, String> slice) {
        public Claim {
            slice = Map.copyOf(slice);
        }
    }

    /** Reads front matter, leniently: what is no mapping where one is expected is passed over. */
    public static ModelIndex of(Node.Mapping frontMatter) {
        return new ModelIndex(mappings(frontMatter, "model-index")
                .flatMap(model -> mappings(model, "results"))
                .map(ModelIndex::result)
                .toList());
    }

    private static Result result(Node.Mapping result) {
        Optional<Node.Mapping> dataset =
                result.get("dataset").flatMap(each -> mapping(each).findFirst());
        return new Result(
                dataset.flatMap(each -> text(each, "name")),
                dataset.flatMap(each -> text(each, "type")),
                dataset.flatMap(each -> text(each, "config")),
                dataset.flatMap(each -> text(each, "split")),
                mappings(result, "metrics").map(ModelIndex::claim).toList());
    }

    private static Claim claim(Node.Mapping metric) {
        return new Claim(
                text(metric, "type"),
                metric.get("value"),
                text(metric, "config").map(each -> Map.of("config", each)).orElse(Map.of()));
    }

    private static Stream<Node.Mapping> mappings(Node.Mapping parent, String key) {
        return parent.get(key).stream()
                .flatMap(each -> each instanceof Node.Sequence list ? list.items().stream() : Stream.of())
                .flatMap(ModelIndex::mapping);
    }

    private static Stream<Node.Mapping> mapping(Node node) {
        return node instanceof Node.Mapping mapping ? Stream.of(mapping) : Stream.of();
    }

    private static Optional<String> text(Node.Mapping parent, String key) {
        return parent.get(key).flatMap(ModelIndex::text);
    }

    /** Text, or a number or switch as it was written; empty when it is nothing of these, or blank. */
    public static Optional<String> text(Node node) {
        String text = "";
        if (node instanceof Node.Text written) {
            text = written.value();
        } else if (node instanceof Node.Decimal number) {
            text = number.value().toString();
        } else if (node instanceof Node.Bool bool) {
            text = Boolean.toString(bool.value());
        }
        return text.isBlank() ? Optional.empty() : Optional.of(Text.excerpt(text, LONGEST_TEXT));
    }
}
