package io.modelgate.evidence;

import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.FindingList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluations of one version that say different things of the same metric on the same data. One of them is wrong, and nobody can
 * tell which: a later one could raise the bar for every version to come.
 */
final class Contradictions {
    /** Two tools may compute a metric a little differently: a thousandth, of the value where that is larger than 1. */
    private static final double TOLERANCE = 1e-3;

    private final Map<String, List<Said>> known = new HashMap<>();
    private final FindingList problems;

    private Contradictions(FindingList problems) {
        this.problems = problems;
    }

    private record Said(Evaluation evaluation, Metric metric, double value) {
        Dataset dataset() {
            return evaluation.measurement().dataset();
        }

        boolean isOnSameData(Said other) {
            Optional<Digest> mine = dataset().digest();
            Optional<Digest> theirs = other.dataset().digest();
            if (mine.isPresent() && theirs.isPresent()) {
                return mine.equals(theirs);
            }
            return dataset().name().equals(other.dataset().name())
                    && dataset().role() == other.dataset().role();
        }

        boolean contradicts(Said other) {
            return isOnSameData(other) && !isSame(value, other.value);
        }
    }

    static boolean isSame(double one, double other) {
        double scale = Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
        return Math.abs(one - other) <= TOLERANCE * scale;
    }

    /** Adds a finding for each metric that contradicts an evaluation before it. */
    static void find(List<Evaluation> evaluations, FindingList problems) {
        Contradictions contradictions = new Contradictions(problems);
        for (Evaluation evaluation : evaluations) {
            evaluation
                    .metrics()
                    .forEach(metric -> metric.value()
                            .number()
                            .ifPresent(value -> contradictions.add(new Said(evaluation, metric, value))));
        }
    }

    private void add(Said said) {
        List<Said> others = known.computeIfAbsent(said.metric().label(), label -> new ArrayList<>());
        others.stream()
                .filter(said::contradicts)
                .findFirst()
                .ifPresent(other -> problems.add(
                        "evidence/contradiction",
                        said.metric().place(),
                        said.metric().label() + " is " + Numbers.text(said.value()) + " here and "
                                + Numbers.text(other.value()) + " in the evaluation "
                                + other.evaluation().id() + ", on the same data",
                        "Give the data another name if it is other data; otherwise keep the value that is right."));
        others.add(said);
    }
}
