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
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What was found, said once for people, whichever rules say it.
 *
 * @param severity how bad it is
 * @param place where
 * @param message what
 * @param remedy what to do
 * @param rules the rules of policies that say it, sorted; none where the gate itself does
 */
record FoundOnce(Severity severity, Place place, String message, String remedy, List<String> rules) {
    FoundOnce {
        rules = List.copyOf(rules);
    }

    /** What is worth a look or stops a merge, in the order in which it was found. */
    static List<FoundOnce> of(Verdict verdict) {
        Set<String> ofPolicies = verdict.rules().stream().map(RuleResult::id).collect(Collectors.toSet());
        Map<FoundOnce, Set<String>> found = new LinkedHashMap<>();
        for (Finding each : verdict.findings()) {
            if (each.severity() != Severity.NOTE) {
                Set<String> rules = found.computeIfAbsent(
                        new FoundOnce(each.severity(), each.place(), each.message(), each.remedy(), List.of()),
                        said -> new TreeSet<>());
                if (ofPolicies.contains(each.rule())) {
                    rules.add(each.rule());
                }
            }
        }
        List<FoundOnce> all = new ArrayList<>();
        found.forEach((said, rules) ->
                all.add(new FoundOnce(said.severity, said.place, said.message, said.remedy, List.copyOf(rules))));
        return all;
    }

    /** The rules in brackets, with a space before; nothing where there is none. */
    String who() {
        return rules.isEmpty() ? "" : " [" + String.join(", ", rules) + "]";
    }
}
