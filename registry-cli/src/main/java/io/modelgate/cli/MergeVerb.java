package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.report.OutputFormat;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Merges a proposal whose verdict is pass, exactly as it was judged. */
@Command(name = "merge", description = "Judge a proposal once more and merge it when the verdict is pass.")
final class MergeVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<proposal>", description = "Its number, as 'modelgate proposals' shows it.")
    private int proposal;

    @Override
    public Set<OutputFormat> formats() {
        return VERDICT;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.open(terminal)) {
            return Submissions.show(terminal, common, registry, registry.merge(proposal));
        }
    }
}
