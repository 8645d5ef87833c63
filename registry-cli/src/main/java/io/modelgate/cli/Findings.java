package io.modelgate.cli;

import io.modelgate.finding.Finding;
import java.util.List;

/** Shows findings that belong to no verdict. */
final class Findings {
    private static final int MOST = 200;

    private Findings() {}

    static ExitCode show(Terminal terminal, List<Finding> findings) {
        findings.stream()
                .limit(MOST)
                .forEach(finding -> terminal.say(finding.severity().word() + ": " + finding));
        if (findings.size() > MOST) {
            terminal.say("... and " + (findings.size() - MOST) + " more.");
        }
        return findings.stream().anyMatch(Finding::blocks) ? ExitCode.FINDINGS : ExitCode.OK;
    }
}
