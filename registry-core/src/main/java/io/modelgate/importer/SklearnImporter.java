package io.modelgate.importer;

import io.modelgate.evidence.Evaluation;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * scikit-learn: {@code classification_report(output_dict=True)}. A class is a slice, {@code {class: "1"}}; averages have
 * the names of its scorers, such as {@code f1_macro}.
 */
final class SklearnImporter implements ToolImporter {
    private static final Map<String, String> IDS =
            Map.of("precision", "precision", "recall", "recall", "f1-score", "f1");

    @Override
    public ImportTool tool() {
        return ImportTool.SKLEARN;
    }

    @Override
    public String layout() {
        return "the JSON of classification_report, with 'precision', 'recall', 'f1-score' and 'support' of each class";
    }

    @Override
    public boolean recognises(Source source) {
        return source.object()
                .filter(each -> each.entries().values().stream()
                        .flatMap(value -> Trees.mapping(value).stream())
                        .anyMatch(SklearnImporter::isScores))
                .isPresent();
    }

    private static boolean isScores(Node.Mapping scores) {
        return scores.get("f1-score").isPresent() && scores.get("support").isPresent();
    }

    @Override
    public Checked<Imported> read(Source source, ImportContext context) {
        Notes notes = new Notes(source.place());
        EvaluationDraft draft = new EvaluationDraft(context, notes, source.place());
        Tool tool = draft.tool("scikit-learn", Optional.empty());
        Optional<Long> rows = Optional.empty();
        for (Map.Entry<String, Node> entry :
                source.object().orElseThrow().entries().entrySet()) {
            Optional<Node.Mapping> scores = Trees.mapping(entry.getValue()).filter(SklearnImporter::isScores);
            if (scores.isPresent()) {
                Optional<Long> support = support(scores.get());
                rows = entry.getKey().equals("weighted avg") || entry.getKey().equals("macro avg")
                        ? rows.or(() -> support)
                        : rows;
                scores(draft, entry.getKey(), scores.get(), support);
            } else if (entry.getKey().equals("accuracy")) {
                draft.metric("accuracy", entry.getValue());
            } else {
                notes.drop(entry.getKey(), "it is no class and no average");
            }
        }
        zeros(source, notes);
        List<Evaluation> evaluations = draft.build(tool, rows).stream().toList();
        return notes.result(evaluations);
    }

    private static void scores(EvaluationDraft draft, String name, Node.Mapping scores, Optional<Long> support) {
        boolean average = name.endsWith(" avg");
        String suffix = average ? "_" + name.substring(0, name.length() - " avg".length()) : "";
        Map<String, String> slice = average ? Map.of() : Map.of("class", name);
        scores.entries().forEach((key, node) -> {
            if (IDS.containsKey(key)) {
                draft.metric(IDS.getOrDefault(key, key) + suffix, node, support, slice);
            }
        });
    }

    /** People are whole; sums of weights are not said. */
    private static Optional<Long> support(Node.Mapping scores) {
        return Trees.number(scores, "support")
                .filter(each -> each == Math.rint(each) && each >= 0 && each < 1e15)
                .map(Double::longValue);
    }

    private static void zeros(Source source, Notes notes) {
        source.object()
                .orElseThrow()
                .entries()
                .forEach((name, node) -> Trees.mapping(node)
                        .filter(each -> isScores(each)
                                && Trees.number(each, "precision").equals(Optional.of(0.0))
                                && Trees.number(each, "recall").equals(Optional.of(0.0)))
                        .ifPresent(each -> notes.note(
                                "zero",
                                each.place(),
                                "precision of class " + name + " is 0, as scikit-learn also writes 0/0")));
    }
}
