package io.modelgate.cli;

import io.modelgate.PolicyBench;
import io.modelgate.Registry;
import io.modelgate.finding.Checked;
import io.modelgate.gate.PolicyImpact;
import io.modelgate.report.PolicyReport;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what changed policies would do to everything that is live. */
@Command(
        name = "impact",
        description = "Say what changed policies would do to every version that is live.",
        footer = {
            "",
            "Compares the policies of a folder, a proposal or a branch with those of the registry, on the versions that",
            "are in its stages. Ends with 1 when a rule would fail that does not fail now."
        })
final class PolicyImpactVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private PolicySource source = new PolicySource();

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.read(terminal);
                PolicyBench bench = source.open(terminal, common, Optional.of(registry))) {
            Checked<PolicyImpact.Impact> impact = bench.impact(registry.snapshot());
            Findings.show(terminal, impact.findings());
            if (!impact.ok()) {
                return ExitCode.FINDINGS;
            }
            Output.print(
                    terminal,
                    common.output(),
                    PolicyReport.document(impact.get()),
                    () -> PolicyReport.text(impact.get()));
            boolean broken = impact.get().effects().stream().anyMatch(PolicyImpact.Effect::breaks);
            return broken || !impact.get().unreadable().isEmpty() ? ExitCode.FINDINGS : ExitCode.OK;
        }
    }
}
