package io.modelgate.evidence;

import java.util.List;

/**
 * What was measured on a version.
 *
 * @param evaluations by name of the file
 * @param fairness by name of the file
 */
public record Measurements(List<Evaluation> evaluations, List<FairnessReport> fairness) {
    /** Nothing was. */
    public static final Measurements NONE = new Measurements(List.of(), List.of());

    public Measurements {
        evaluations = List.copyOf(evaluations);
        fairness = List.copyOf(fairness);
    }
}
