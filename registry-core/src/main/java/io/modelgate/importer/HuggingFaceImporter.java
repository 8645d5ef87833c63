package io.modelgate.importer;

import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.ModelIndex;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hugging Face: the {@code model-index} in the front matter of a model card; one evaluation for each dataset. */
final class HuggingFaceImporter implements ToolImporter {
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
        Map<String, List<ModelIndex.Result>> byDataset = new LinkedHashMap<>();
        for (ModelIndex.Result result : ModelIndex.of(frontMatter).results()) {
            byDataset.computeIfAbsent(result.key(), each -> new ArrayList<>()).add(result);
        }
        List<Evaluation> evaluations = new ArrayList<>();
        for (List<ModelIndex.Result> results : byDataset.values()) {
            Optional<Dataset> dataset = dataset(results.get(0), byDataset.size() == 1, context);
            if (dataset.isPresent()) {
                String id = evaluations.isEmpty() ? context.id() : context.id() + "-" + (evaluations.size() + 1);
                evaluation(id, results, dataset.get(), source, context, notes).ifPresent(evaluations::add);
            } else {
                notes.drop(
                        "results on " + results.get(0).name().orElse("a dataset without a name"),
                        "how many rows it has is not known; say --dataset and --rows of it");
            }
        }
        return notes.result(evaluations);
    }

    private static Node.Mapping empty(Source source) {
        return new Node.Mapping(source.place(), Map.of(), Map.of());
    }

    private static Optional<Evaluation> evaluation(
            String id,
            List<ModelIndex.Result> results,
            Dataset dataset,
            Source source,
            ImportContext context,
            Notes notes) {
        EvaluationDraft draft = new EvaluationDraft(context, notes, source.place());
        for (ModelIndex.Result result : results) {
            for (ModelIndex.Claim metric : result.metrics()) {
                if (metric.type().isPresent() && metric.value().isPresent()) {
                    draft.metric(metric.type().get(), metric.value().get(), Optional.empty(), metric.slice());
                } else {
                    notes.drop("a metric on " + dataset.name(), "it has no type or no value");
                }
            }
        }
        Tool tool = new Tool("huggingface", context.toolVersion().orElse("not stated"));
        return draft.build(id, tool, dataset, Optional.empty());
    }

    /** The dataset of a result: the one of that name, or the first that the user names when the card has only one. */
    private static Optional<Dataset> dataset(ModelIndex.Result result, boolean single, ImportContext context) {
        Optional<Dataset> named = context.datasets().stream()
                .filter(each -> result.name().equals(Optional.of(each.name()))
                        || result.type().equals(Optional.of(each.name())))
                .findFirst();
        return named.or(() -> single ? Optional.of(context.dataset()) : Optional.empty())
                .map(each -> new Dataset(each.name(), result.role().orElse(each.role()), each.digest(), each.rows()));
    }
}
