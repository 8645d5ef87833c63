package io.modelgate.importer;

import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.FairnessReport;
import java.util.List;
import java.util.Optional;

/**
 * What a file said, in our words.
 *
 * @param fairness fairness reports, checked
 * @param evaluations evaluations, checked
 * @param explanation which inputs matter
 * @param dropped what of the file is in none of these, and why; one sentence each
 */
public record Imported(
        List<FairnessReport> fairness,
        List<Evaluation> evaluations,
        Optional<Explanation> explanation,
        List<String> dropped) {
    public Imported {
        fairness = List.copyOf(fairness);
        evaluations = List.copyOf(evaluations);
        dropped = List.copyOf(dropped);
    }
}
