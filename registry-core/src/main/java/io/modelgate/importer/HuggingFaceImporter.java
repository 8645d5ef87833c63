package io.modelgate.importer;

import io.modelgate.evidence.Evaluation;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hugging Face: the {@code model-index} in the front matter of a model card; one evaluation for each dataset. */
final class HuggingFaceImporter implements ToolImporter {
    private static final Map<String, DatasetRole> ROLES = Map.of(
            "train", DatasetRole.TRAIN,
            "validation", DatasetRole.VALIDATION,
            "dev", DatasetRole.VALIDATION,
            "test", DatasetRole.TEST);

    @Override
    public ImportTool tool() {
        return ImportTool.HUGGINGFACE;
    }

    @Override
    public String layout() {
        return "a model card with 'model-index' in its front matter";
    }

    @Override
    public boolean recognises(Source source) {
        return source instanceof Source.Card card
                && card.frontMatter().get("model-index").isPresent();
    }

    @Override
    public Checked<Imported> read(Source source, ImportContext context) {
        Notes notes = new Notes(source.place());
        Node.Mapping frontMatter = source instanceof Source.Card card ? card.frontMatter() : empty(source);
        Map<String, List<Node.Mapping>> byDataset = new LinkedHashMap<>();
        for (Node.Mapping model : Trees.mappings(frontMatter, "model-index")) {
            for (Node.Mapping result : Trees.mappings(model, "results")) {
                byDataset
                        .computeIfAbsent(key(result), each -> new ArrayList<>())
                        .add(result);
            }
        }
        List<Evaluation> evaluations = new ArrayList<>();
        for (List<Node.Mapping> results : byDataset.values()) {
            Optional<Dataset> dataset = dataset(results.get(0), byDataset.size() == 1, context);
            if (dataset.isPresent()) {
                String id = evaluations.isEmpty() ? context.id() : context.id() + "-" + (evaluations.size() + 1);
                evaluation(id, results, dataset.get(), source, context, notes).ifPresent(evaluations::add);
            } else {
                notes.drop(
                        "results on " + name(results.get(0)).orElse("a dataset without a name"),
                        "how many rows it has is not known; say --dataset and --rows of it");
            }
        }
        return notes.result(evaluations);
    }

    private static Node.Mapping empty(Source source) {
        return new Node.Mapping(source.place(), Map.of(), Map.of());
    }

    private static Optional<Evaluation> evaluation(
            String id, List<Node.Mapping> results, Dataset dataset, Source source, ImportContext context, Notes notes) {
        EvaluationDraft draft = new EvaluationDraft(context, notes, source.place());
        for (Node.Mapping result : results) {
            for (Node.Mapping metric : Trees.mappings(result, "metrics")) {
                Optional<String> type = Trees.text(metric, "type");
                Optional<Node> value = metric.get("value");
                if (type.isPresent() && value.isPresent()) {
                    draft.metric(type.get(), value.get(), Optional.empty(), slice(metric));
                } else {
                    notes.drop("a metric on " + dataset.name(), "it has no type or no value");
                }
            }
        }
        Tool tool = new Tool("huggingface", context.toolVersion().orElse("not stated"));
        return draft.build(id, tool, dataset, Optional.empty());
    }

    /** A configuration of a metric, such as {@code macro}, is told apart as a slice. */
    private static Map<String, String> slice(Node.Mapping metric) {
        return Trees.text(metric, "config").map(each -> Map.of("config", each)).orElse(Map.of());
    }

    /** The dataset of a result: the one of that name, or the first that the user names when the card has only one. */
    private static Optional<Dataset> dataset(Node.Mapping result, boolean single, ImportContext context) {
        Optional<String> name = name(result);
        Optional<String> type = Trees.mapping(result, "dataset").flatMap(each -> Trees.text(each, "type"));
        Optional<Dataset> named = context.datasets().stream()
                .filter(each -> name.equals(Optional.of(each.name())) || type.equals(Optional.of(each.name())))
                .findFirst();
        return named.or(() -> single ? Optional.of(context.dataset()) : Optional.empty())
                .map(each -> new Dataset(each.name(), role(result).orElse(each.role()), each.digest(), each.rows()));
    }

    private static Optional<DatasetRole> role(Node.Mapping result) {
        return Trees.mapping(result, "dataset")
                .flatMap(each -> Trees.text(each, "split"))
                .flatMap(each -> Optional.ofNullable(ROLES.get(each)));
    }

    private static Optional<String> name(Node.Mapping result) {
        return Trees.mapping(result, "dataset").flatMap(each -> Trees.text(each, "name"));
    }

    private static String key(Node.Mapping result) {
        Optional<Node.Mapping> dataset = Trees.mapping(result, "dataset");
        return List.of("name", "type", "config", "split").stream()
                .map(key -> dataset.flatMap(each -> Trees.text(each, key)).orElse(""))
                .toList()
                .toString();
    }
}
