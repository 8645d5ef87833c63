package io.modelgate.gate;

import io.modelgate.evidence.VersionDiff;
import io.modelgate.finding.Finding;
import io.modelgate.policy.RuleResult;
import java.util.ArrayList;
import java.util.List;

/** Collects what is said about a change. */
final class Judged {
    private final List<RuleResult> rules = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<VersionDiff> differences = new ArrayList<>();

    void add(RuleResult result) {
        rules.add(result);
        findings.addAll(result.findings());
    }

    void addAll(List<RuleResult> results) {
        results.forEach(this::add);
    }

    void find(Finding finding) {
        findings.add(finding);
    }

    void find(List<Finding> all) {
        findings.addAll(all);
    }

    void differ(VersionDiff difference) {
        differences.add(difference);
    }

    List<VersionDiff> differences() {
        return differences;
    }

    List<RuleResult> rules() {
        return rules;
    }

    List<Finding> findings() {
        return findings;
    }
}
