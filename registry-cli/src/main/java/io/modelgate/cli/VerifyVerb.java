package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.gate.Verdict;
import io.modelgate.report.Report;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a proposal and says why. */
@Command(name = "verify", description = "Judge a proposal as it is now, and say why.")
final class VerifyVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<proposal>", description = "Its number, as 'modelgate proposals' shows it.")
    private int proposal;

    @Option(names = "--publish", description = "Also set the status and the comment on the host.")
    private boolean publish;

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.open(terminal)) {
            Verdict verdict = publish ? registry.verify(proposal) : registry.judge(proposal);
            terminal.out().print(Report.render(verdict, common.output(), OptionalInt.of(proposal)));
            return ProposingOptions.code(verdict);
        }
    }
}
