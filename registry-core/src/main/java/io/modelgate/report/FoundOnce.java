package io.modelgate.report;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Severity;
import io.modelgate.gate.Verdict;
import io.modelgate.policy.RuleResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was found, said once for people, whichever rules say it and in however many places.
 *
 * @param severity the worst that a rule says it is
 * @param places where, in the order in which they were found
 * @param message what
 * @param remedy what to do
 * @param rules the rules of policies that say it, sorted; none where the gate itself does
 */
record FoundOnce(Severity severity, List<Place> places, String message, String remedy, List<String> rules) {
    private static final int MOST_PLACES = 3;

    FoundOnce {
        places = List.copyOf(places);
        rules = List.copyOf(rules);
    }

    private record Words(String message, String remedy) {}

    /** What is worth a look or stops a merge, in the order in which it was found: the worst first. */
    static List<FoundOnce> of(Verdict verdict) {
        Set<String> ofPolicies = verdict.rules().stream().map(RuleResult::id).collect(Collectors.toSet());
        Map<Words, List<Finding>> found = new LinkedHashMap<>();
        for (Finding each : verdict.findings()) {
            if (each.severity() != Severity.NOTE) {
                found.computeIfAbsent(new Words(each.message(), each.remedy()), words -> new ArrayList<>())
                        .add(each);
            }
        }
        List<FoundOnce> all = new ArrayList<>();
        found.forEach((words, same) -> all.add(new FoundOnce(
                same.get(0).severity(),
                same.stream().map(Finding::place).distinct().toList(),
                words.message(),
                words.remedy(),
                same.stream()
                        .map(Finding::rule)
                        .filter(ofPolicies::contains)
                        .distinct()
                        .sorted()
                        .toList())));
        return all;
    }

    /** The first place, and the others by what tells them from it; empty where there is none. */
    String where() {
        Place first = places.get(0);
        if (first.path().isEmpty()) {
            return "";
        }
        String folder = first.path().substring(0, first.path().lastIndexOf('/') + 1);
        String others = places.stream()
                .skip(1)
                .limit(MOST_PLACES - 1)
                .map(place -> place.path().startsWith(folder)
                        ? place.toString().substring(folder.length())
                        : place.toString())
                .collect(Collectors.joining(", "));
        int left = places.size() - MOST_PLACES;
        return first + (others.isEmpty() ? "" : ", " + others) + (left > 0 ? " and " + left + " more" : "");
    }

    /** The rules in brackets, with a space before; nothing where there is none. */
    String who() {
        return rules.isEmpty() ? "" : " [" + String.join(", ", rules) + "]";
    }

    /** Whether the same is to be done about both: then it is said after the second. */
    boolean sharesRemedy(FoundOnce next) {
        return severity == next.severity && remedy.equals(next.remedy);
    }
}
