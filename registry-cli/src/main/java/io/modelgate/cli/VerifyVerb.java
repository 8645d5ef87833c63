package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.gate.Verdict;
import io.modelgate.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Judges a proposal and says why. */
@Command(name = "verify", description = "Judge a proposal as it is now, and say why.")
final class VerifyVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<proposal>", description = "Its number, as 'modelgate proposals' shows it.")
    private int proposal;

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.open(terminal)) {
            Verdict verdict = registry.verify(proposal);
            terminal.out().print(Report.render(verdict, common.output()));
            return ProposingOptions.code(verdict);
        }
    }
}
