package io.modelgate.importer;

import io.modelgate.manifest.Node;
import java.util.Map;
import java.util.Optional;

/** Clarify's global SHAP values: of the first label, since those of the others say little more. */
final class ClarifyShap {
    private ClarifyShap() {}

    static Optional<Explanation> read(Node.Mapping explanations, Notes notes) {
        Optional<Explanation> found = Optional.empty();
        for (Map.Entry<String, Node> method : explanations.entries().entrySet()) {
            Optional<Node.Mapping> labels = Trees.mapping(method.getValue());
            if (!method.getKey().equals("kernel_shap") || labels.isEmpty()) {
                notes.drop("explanations." + method.getKey(), "only global SHAP values are read");
                continue;
            }
            for (String label : labels.get().entries().keySet()) {
                Optional<Node.Mapping> values =
                        Trees.mapping(labels.get(), label).flatMap(each -> Trees.mapping(each, "global_shap_values"));
                if (found.isPresent() || values.isEmpty()) {
                    notes.drop(method.getKey() + "." + label, "global SHAP values of one label are read");
                } else {
                    found = Optional.of(explanation(method.getKey() + " of " + label, values.get(), notes));
                }
            }
        }
        return found;
    }

    private static Explanation explanation(String method, Node.Mapping values, Notes notes) {
        Features features = new Features(notes);
        values.entries().forEach(features::add);
        return new Explanation(method, Optional.empty(), Optional.empty(), Optional.empty(), features.sorted());
    }
}
