package io.modelgate.cli;

import io.modelgate.PolicyBench;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.report.PolicyReport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks for rules that are allowed and hardly meant. */
@Command(
        name = "lint",
        description =
                "Look for rules that can never fail or never pass, wrong directions, unknown metrics, and the like.")
final class PolicyLintVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private PolicySource source = new PolicySource();

    @Override
    public ExitCode run(Terminal terminal) {
        return source.with(terminal, common, bench -> run(terminal, bench));
    }

    private ExitCode run(Terminal terminal, PolicyBench bench) {
        Checked<List<Finding>> linted = bench.lint();
        Findings.show(terminal, linted.findings());
        if (!linted.ok()) {
            return ExitCode.FINDINGS;
        }
        List<Finding> doubts = linted.get();
        Output.print(
                terminal,
                common.output(),
                new MappingBuilder()
                        .put("doubts", PolicyReport.findings(doubts))
                        .build(),
                () -> doubts.isEmpty()
                        ? List.of("Nothing to doubt.")
                        : doubts.stream().map(Finding::toString).toList());
        boolean harmless = doubts.stream().allMatch(each -> each.severity() == Severity.NOTE);
        return harmless ? ExitCode.OK : ExitCode.FINDINGS;
    }
}
