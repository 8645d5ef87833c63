package io.modelgate.manifest;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Severity;
import io.modelgate.finding.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects findings and stops listing a rule that a hostile file breaks thousands of times. */
public final class FindingList {
    private static final int MOST_OF_ONE_RULE = 20;
    private static final int LONGEST_MESSAGE = 400;

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Adds a blocking finding. */
    public void add(String rule, Place place, String message, String remedy) {
        add(Severity.BLOCK, rule, place, message, remedy);
    }

    /** Adds a finding that does not stop a merge. */
    public void warn(String rule, Place place, String message, String remedy) {
        add(Severity.WARN, rule, place, message, remedy);
    }

    public void addAll(List<Finding> others) {
        others.forEach(each -> add(each.severity(), each.rule(), each.place(), each.message(), each.remedy()));
    }

    private void add(Severity severity, String rule, Place place, String message, String remedy) {
        int count = counts.merge(rule + " " + severity, 1, Integer::sum);
        if (count <= MOST_OF_ONE_RULE) {
            findings.add(new Finding(severity, rule, place, Text.excerpt(message, LONGEST_MESSAGE), remedy));
        } else if (count == MOST_OF_ONE_RULE + 1) {
            String more = "and more of the same; only the first " + MOST_OF_ONE_RULE + " are listed";
            findings.add(new Finding(severity, rule, place, more, "Correct those first."));
        }
    }

    /** Whether this rule was noted for this line. */
    boolean has(String rule, int line) {
        return findings.stream()
                .anyMatch(each -> each.rule().equals(rule) && each.place().line() == line);
    }

    public boolean isEmpty() {
        return findings.isEmpty();
    }

    public List<Finding> list() {
        return List.copyOf(findings);
    }
}
