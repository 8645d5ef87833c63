package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.host.Proposal;
import io.modelgate.report.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists proposals. */
@Command(name = "proposals", description = "List proposals.")
final class ProposalsVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--state",
            defaultValue = "open",
            paramLabel = "<state>",
            description = "open, merged, closed or all. Default: open.")
    private String state = "open";

    @Override
    public ExitCode run(Terminal terminal) {
        List<Proposal.State> wanted = state.equals("all")
                ? List.of(Proposal.State.values())
                : List.of(Arguments.parse(state, ProposalsVerb::parse));
        try (Registry registry = common.open(terminal)) {
            Table table = new Table("NUMBER", "STATE", "AUTHOR", "TITLE");
            wanted.stream()
                    .flatMap(each -> registry.proposals(each).stream())
                    .forEach(proposal -> table.row(
                            proposal.number(),
                            proposal.state().word(),
                            proposal.participants().author(),
                            proposal.title()));
            table.lines(0).forEach(terminal::data);
            return ExitCode.OK;
        }
    }

    private static Proposal.State parse(String word) {
        for (Proposal.State each : Proposal.State.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no state: open, merged, closed or all");
    }
}
