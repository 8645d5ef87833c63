package io.modelgate.policy;

import io.modelgate.finding.Place;
import java.util.List;
import java.util.Optional;

/**
 * What a requirement says of a version.
 *
 * @param outcome pass, fail or pending
 * @param value what was found, for a table
 * @param bound what is required, for a table
 * @param problems what is missing or wrong; empty for a pass
 * @param place where the evidence is that decided
 */
record Judgement(Outcome outcome, String value, String bound, List<Problem> problems, Place place) {
    Judgement {
        problems = List.copyOf(problems);
    }

    /**
     * One thing missing or wrong.
     *
     * @param place where
     * @param message what
     * @param remedy what to do
     * @param warning whether it is only worth a look
     */
    record Problem(Place place, String message, String remedy, boolean warning) {
        static Problem of(Place place, String message, String remedy) {
            return new Problem(place, message, remedy, false);
        }

        static Problem worthALook(Place place, String message, String remedy) {
            return new Problem(place, message, remedy, true);
        }
    }

    static Judgement pass(String value, String bound, Place place) {
        return new Judgement(Outcome.PASS, value, bound, List.of(), place);
    }

    static Judgement fail(String value, String bound, Place place, String message, String remedy) {
        return new Judgement(Outcome.FAIL, value, bound, List.of(Problem.of(place, message, remedy)), place);
    }

    static Judgement pending(String value, String bound, Place place, String message, String remedy) {
        return new Judgement(Outcome.PENDING, value, bound, List.of(Problem.of(place, message, remedy)), place);
    }

    /** Fails when a problem is more than worth a look; then its place is that of the value, or else of the first problem. */
    static Judgement of(String value, String bound, Place place, List<Problem> problems) {
        List<Place> wrong = problems.stream()
                .filter(problem -> !problem.warning())
                .map(Problem::place)
                .toList();
        Place where = wrong.isEmpty() || wrong.contains(place) ? place : wrong.get(0);
        return new Judgement(wrong.isEmpty() ? Outcome.PASS : Outcome.FAIL, value, bound, problems, where);
    }

    Optional<Problem> firstProblem() {
        return problems.stream().filter(problem -> !problem.warning()).findFirst();
    }
}
