package io.modelgate.report;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import io.modelgate.finding.Text;
import io.modelgate.gate.Verdict;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.List;

/** Findings as GitLab reads them from CI (docs.gitlab.com, "Code Quality", "Code Quality report format"). */
final class CodeQualityReport {
    private CodeQualityReport() {}

    static Node of(Verdict verdict) {
        List<Node.Mapping> issues = verdict.findings().stream()
                .filter(finding -> !finding.place().path().isEmpty())
                .map(CodeQualityReport::issue)
                .toList();
        return MappingBuilder.sequence(issues);
    }

    private static Node.Mapping issue(Finding finding) {
        String path = Text.printable(finding.place().path());
        Node.Mapping lines = new MappingBuilder()
                .number("begin", Math.max(1, finding.place().line()))
                .build();
        return new MappingBuilder()
                .text("description", finding.message() + (finding.remedy().isEmpty() ? "" : " " + finding.remedy()))
                .text("check_name", finding.rule())
                .text(
                        "fingerprint",
                        Digest.of(finding.rule() + "\n" + finding.place() + "\n" + finding.message())
                                .hex())
                .text("severity", severity(finding.severity()))
                .put(
                        "location",
                        new MappingBuilder()
                                .text("path", path)
                                .put("lines", lines)
                                .build())
                .build();
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case BLOCK -> "blocker";
            case WARN -> "minor";
            case NOTE -> "info";
        };
    }
}
