package io.modelgate.importer;

import io.modelgate.manifest.Node;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the inputs of an explanation. */
final class Features {
    private static final int MOST = 1000;

    private final Notes notes;
    private final Map<String, Double> importances = new LinkedHashMap<>();

    Features(Notes notes) {
        this.notes = notes;
    }

    /** Adds an input; one without a number of 0 or more is dropped. */
    void add(String name, Node node) {
        Optional<Double> importance = Trees.number(node).filter(each -> each >= 0);
        if (importance.isEmpty()) {
            notes.drop(name, "its importance is no number of 0 or more");
        } else if (importances.putIfAbsent(name, importance.get()) != null) {
            notes.drop(name, "it is there twice");
        }
    }

    /** The inputs, the most important first. */
    List<Explanation.Feature> sorted() {
        if (importances.size() > MOST) {
            notes.drop("inputs after the first " + MOST, "they matter least");
        }
        return importances.entrySet().stream()
                .map(each -> new Explanation.Feature(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingDouble(Explanation.Feature::importance)
                        .reversed()
                        .thenComparing(Explanation.Feature::name))
                .limit(MOST)
                .toList();
    }
}
