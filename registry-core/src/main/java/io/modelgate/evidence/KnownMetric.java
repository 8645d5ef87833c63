package io.modelgate.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is commonly known of a metric of that name. Any other name may be used too; then nothing is known of it.
 *
 * @param id its name, as scikit-learn's scorers and common tools write it
 * @param direction which way is better
 * @param lowest the smallest value that it can have
 * @param highest the largest value that it can have
 */
public record KnownMetric(String id, Direction direction, double lowest, double highest) {
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final Map<String, KnownMetric> ALL = new TreeMap<>();

    static {
        List<String> shares = List.of(
                "accuracy",
                "balanced_accuracy",
                "precision",
                "recall",
                "specificity",
                "f1",
                "f1_macro",
                "f1_weighted",
                "f1_micro",
                "precision_macro",
                "recall_macro",
                "precision_weighted",
                "recall_weighted",
                "roc_auc",
                "auc",
                "pr_auc",
                "average_precision",
                "jaccard",
                "ks",
                "top_k_accuracy",
                "ndcg",
                "exact_match");
        shares.forEach(id -> add(id, Direction.HIGHER_IS_BETTER, 0, 1));
        List.of("mcc", "gini", "cohen_kappa").forEach(id -> add(id, Direction.HIGHER_IS_BETTER, -1, 1));
        List.of("r2", "explained_variance").forEach(id -> add(id, Direction.HIGHER_IS_BETTER, -NONE, 1));
        List.of("brier", "ece", "hamming_loss", "zero_one_loss", "error_rate", "fpr", "fnr", "psi_share")
                .forEach(id -> add(id, Direction.LOWER_IS_BETTER, 0, 1));
        List.of(
                        "log_loss",
                        "rmse",
                        "mse",
                        "mae",
                        "mape",
                        "smape",
                        "median_absolute_error",
                        "max_error",
                        "perplexity",
                        "wer",
                        "psi")
                .forEach(id -> add(id, Direction.LOWER_IS_BETTER, 0, NONE));
    }

    private static void add(String id, Direction direction, double lowest, double highest) {
        ALL.put(id, new KnownMetric(id, direction, lowest, highest));
    }

    /** Whether a metric of this name can have this value. */
    public boolean allows(double value) {
        return value >= lowest && value <= highest;
    }

    /** The values that it can have, in words. */
    String range() {
        if (highest == NONE) {
            return lowest == -NONE ? "any number" : "at least " + Numbers.text(lowest);
        }
        return lowest == -NONE
                ? "at most " + Numbers.text(highest)
                : "between " + Numbers.text(lowest) + " and " + Numbers.text(highest);
    }

    /** What is known of this name. */
    public static Optional<KnownMetric> of(String id) {
        return Optional.ofNullable(ALL.get(id));
    }

    /** All names, sorted. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }
}
