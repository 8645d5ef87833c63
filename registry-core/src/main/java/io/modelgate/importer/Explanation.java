package io.modelgate.importer;

import java.util.List;
import java.util.Optional;

/**
 * Which inputs of a model matter most, over all rows.
 *
 * @param method how it was computed, such as {@code shap LinearExplainer}
 * @param version version of the tool, where the file says it
 * @param units what the numbers measure, such as {@code log-odds}, where the file says it
 * @param rows over how many rows, where the file says it
 * @param features the inputs, the most important first
 */
public record Explanation(
        String method, Optional<String> version, Optional<String> units, Optional<Long> rows, List<Feature> features) {
    /**
     * One input.
     *
     * @param name its name
     * @param importance mean of the absolute SHAP values
     */
    public record Feature(String name, double importance) {
        public Feature {
            if (!(importance >= 0) || importance == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("the importance of " + name + " must be a number of 0 or more");
            }
        }
    }

    public Explanation {
        features = List.copyOf(features);
    }
}
