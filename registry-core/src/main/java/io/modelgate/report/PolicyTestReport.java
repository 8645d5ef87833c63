package io.modelgate.report;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.policy.PolicyTest;
import io.modelgate.policy.PolicyTests;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes what became of policy tests. */
public final class PolicyTestReport {
    private PolicyTestReport() {}

    /** For people: a line per test, what is wrong below it, and the rules that no test refuses. */
    public static List<String> text(List<PolicyTests.Result> results, Collection<String> untested) {
        List<String> lines = new ArrayList<>();
        for (PolicyTests.Result result : results) {
            lines.add((result.passed() ? "ok    " : "FAIL  ") + name(result));
            result.findings().forEach(finding -> lines.add("      " + finding));
        }
        long failed = results.stream().filter(result -> !result.passed()).count();
        lines.add(results.size() + (results.size() == 1 ? " test, " : " tests, ") + failed + " failed.");
        if (!untested.isEmpty()) {
            lines.add("No test shows that these rules can refuse anything: " + String.join(", ", untested) + ".");
        }
        return lines;
    }

    /** For CI servers. */
    public static String junit(List<PolicyTests.Result> results) {
        return JunitXml.of(
                "policy-tests",
                results.stream()
                        .map(result -> new JunitXml.Case(
                                result.test().map(PolicyTest::policy).orElse("policy-tests"),
                                name(result),
                                result.findings().stream()
                                        .filter(Finding::blocks)
                                        .map(Finding::toString)
                                        .toList(),
                                "fail"))
                        .toList());
    }

    /** For programs. */
    public static Node.Mapping document(List<PolicyTests.Result> results, Collection<String> untested) {
        return new MappingBuilder()
                .put(
                        "tests",
                        MappingBuilder.sequence(results.stream()
                                .map(result -> new MappingBuilder()
                                        .text("name", name(result))
                                        .text("path", result.path())
                                        .text("policy", result.test().map(PolicyTest::policy))
                                        .bool("passed", result.passed())
                                        .put(
                                                "findings",
                                                MappingBuilder.sequence(result.findings().stream()
                                                        .map(VerdictDocument::finding)
                                                        .toList()))
                                        .build())
                                .toList()))
                .texts("untested", untested)
                .build();
    }

    private static String name(PolicyTests.Result result) {
        return result.test().map(PolicyTest::name).orElse(result.path());
    }
}
