package io.modelgate.report;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Text;
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

    private record Case(String group, String name, List<String> failures, String type) {}

    static String of(Verdict verdict) {
        List<Case> cases = new ArrayList<>();
        verdict.rules().forEach(rule -> cases.add(of(rule)));
        Set<String> ofRules = verdict.rules().stream().map(RuleResult::id).collect(Collectors.toSet());
        List<String> others = verdict.findings().stream()
                .filter(finding -> finding.blocks() && !ofRules.contains(finding.rule()))
                .map(Finding::toString)
                .toList();
        cases.add(new Case("gate", verdict.kind(), others, "fail"));
        long failed = cases.stream().filter(each -> !each.failures().isEmpty()).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites name=\"modelgate\" tests=\"")
                .append(cases.size())
                .append("\" failures=\"")
                .append(failed);
        xml.append("\">\n  <testsuite name=\"modelgate.")
                .append(escape(verdict.kind()))
                .append("\" tests=\"");
        xml.append(cases.size()).append("\" failures=\"").append(failed).append("\" errors=\"0\" skipped=\"0\">\n");
        cases.forEach(each -> write(each, xml));
        return xml.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static Case of(RuleResult rule) {
        boolean bad = rule.outcome() == Outcome.FAIL || rule.outcome() == Outcome.PENDING;
        List<String> failures = new ArrayList<>();
        if (bad) {
            rule.findings().forEach(finding -> failures.add(finding.toString()));
            if (failures.isEmpty()) {
                failures.add(
                        rule.line().value() + ", required is " + rule.line().bound());
            }
        }
        return new Case(
                rule.policy(),
                rule.rule() + " (" + rule.subject() + ")",
                failures,
                rule.outcome().word());
    }

    private static void write(Case each, StringBuilder xml) {
        xml.append("    <testcase classname=\"modelgate.")
                .append(escape(each.group()))
                .append("\" name=\"");
        xml.append(escape(each.name())).append('"');
        if (each.failures().isEmpty()) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n      <failure type=\"").append(escape(each.type())).append("\" message=\"");
        xml.append(escape(each.failures().get(0))).append("\">").append(escape(String.join("\n", each.failures())));
        xml.append("</failure>\n    </testcase>\n");
    }

    /** What XML 1.0 cannot hold at all is written as words, everything else by references where need be. */
    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (String line : text.split("\n", -1)) {
            if (safe.length() > 0) {
                safe.append("&#10;");
            }
            Text.printable(line).codePoints().forEach(point -> {
                switch (point) {
                    case '<' -> safe.append("&lt;");
                    case '>' -> safe.append("&gt;");
                    case '&' -> safe.append("&amp;");
                    case '"' -> safe.append("&quot;");
                    case '\'' -> safe.append("&#39;");
                    default -> safe.appendCodePoint(point);
                }
            });
        }
        return safe.toString();
    }
}
