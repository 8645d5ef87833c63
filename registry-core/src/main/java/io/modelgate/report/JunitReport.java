package io.modelgate.report;

import io.modelgate.finding.Finding;
import io.modelgate.gate.Verdict;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A verdict for CI servers: JUnit XML, a test case per rule and one for what no rule asks. What is pending has not passed. */
final class JunitReport {
    private JunitReport() {}

    static String of(Verdict verdict) {
        List<JunitXml.Case> cases = new ArrayList<>();
        verdict.rules().forEach(rule -> cases.add(of(rule)));
        Set<String> ofRules = verdict.rules().stream().map(RuleResult::id).collect(Collectors.toSet());
        List<String> others = verdict.findings().stream()
                .filter(finding -> finding.blocks() && !ofRules.contains(finding.rule()))
                .map(Finding::toString)
                .toList();
        cases.add(new JunitXml.Case("gate", verdict.kind(), others, "fail"));
        return JunitXml.of(verdict.kind(), cases);
    }

    private static JunitXml.Case of(RuleResult rule) {
        boolean bad = rule.outcome() == Outcome.FAIL || rule.outcome() == Outcome.PENDING;
        List<String> failures = new ArrayList<>();
        if (bad) {
            rule.findings().forEach(finding -> failures.add(finding.toString()));
            if (failures.isEmpty()) {
                failures.add(
                        rule.line().value() + ", required is " + rule.line().bound());
            }
        }
        return new JunitXml.Case(
                rule.policy(),
                rule.rule() + " (" + rule.subject() + ")",
                failures,
                rule.outcome().word());
    }
}
