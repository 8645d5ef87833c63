package io.modelgate.importer;

import io.modelgate.finding.Checked;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Optional;

/** SHAP: the mean of the absolute values of each input, as our few lines of Python write it. */
final class ShapImporter implements ToolImporter {
    @Override
    public ImportTool tool() {
        return ImportTool.SHAP;
    }

    @Override
    public String layout() {
        return "a JSON object with 'shap' and 'global', a list of 'feature' and 'mean_abs_shap'";
    }

    @Override
    public boolean recognises(Source source) {
        return source.object()
                .filter(each ->
                        each.get("shap").isPresent() && each.get("global").isPresent())
                .isPresent();
    }

    @Override
    public Checked<Imported> read(Source source, ImportContext context) {
        Notes notes = new Notes(source.place());
        Node.Mapping file = source.object().orElseThrow();
        Features features = new Features(notes);
        for (Node.Mapping each : Trees.mappings(file, "global")) {
            Optional<String> name = Trees.text(each, "feature");
            Optional<Node> importance = each.get("mean_abs_shap");
            if (name.isPresent() && importance.isPresent()) {
                features.add(name.get(), importance.get());
            } else {
                notes.drop("an item of global", "it has no feature or no mean_abs_shap");
            }
        }
        List<Explanation.Feature> sorted = features.sorted();
        Optional<Explanation> explanation = sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Explanation(
                        "shap " + Trees.text(file, "explainer").orElse("values"),
                        Trees.text(file, "shap"),
                        Trees.text(file, "units"),
                        Trees.number(file, "rows").map(Double::longValue),
                        sorted));
        return notes.result(Optional.empty(), List.of(), explanation);
    }
}
