package io.modelgate.cli;

import io.modelgate.finding.Finding;
import java.util.List;

/** Shows findings that belong to no verdict. */
final class Findings {
    private Findings() {}

    static ExitCode show(Terminal terminal, List<Finding> findings) {
        findings.forEach(finding -> terminal.say(finding.severity().word() + ": " + finding));
        return findings.stream().anyMatch(Finding::blocks) ? ExitCode.FINDINGS : ExitCode.OK;
    }
}
