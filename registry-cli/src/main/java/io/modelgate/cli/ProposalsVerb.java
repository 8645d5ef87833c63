package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.host.Proposal;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.report.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists proposals. */
@Command(name = "proposals", description = "List proposals, or show one.")
final class ProposalsVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--state",
            defaultValue = "open",
            paramLabel = "<state>",
            description = "open, merged, closed or all. Default: open.")
    private String state = "open";

    @Parameters(
            paramLabel = "<proposal>",
            arity = "0..1",
            description = "Show this one, with its files, reviews and verdict.")
    private @Nullable Integer number;

    @Override
    public ExitCode run(Terminal terminal) {
        if (number != null) {
            try (Registry registry = common.read(terminal)) {
                new ProposalView(registry, number).print(terminal, common.output());
                return ExitCode.OK;
            }
        }
        List<Proposal.State> wanted = state.equals("all")
                ? List.of(Proposal.State.values())
                : List.of(Arguments.parse(state, ProposalsVerb::parse));
        try (Registry registry = common.read(terminal)) {
            List<Proposal> proposals = wanted.stream()
                    .flatMap(each -> registry.proposals(each).stream())
                    .toList();
            Node.Mapping document = new MappingBuilder()
                    .put(
                            "proposals",
                            MappingBuilder.sequence(proposals.stream()
                                    .map(ProposalsVerb::document)
                                    .toList()))
                    .build();
            Output.print(terminal, common.output(), document, () -> text(proposals));
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

    static Node.Mapping document(Proposal proposal) {
        return new MappingBuilder()
                .number("number", proposal.number())
                .text("state", proposal.state().word())
                .bool("draft", proposal.isDraft())
                .text("title", proposal.title())
                .text("author", proposal.participants().author())
                .text("head", proposal.head())
                .build();
    }

    /** The state in words for people. */
    static String stateOf(Proposal proposal) {
        return proposal.isDraft() ? "draft" : proposal.state().word();
    }

    private static List<String> text(List<Proposal> proposals) {
        if (proposals.isEmpty()) {
            return List.of("There is none.");
        }
        Table table = new Table("NUMBER", "STATE", "AUTHOR", "TITLE");
        proposals.forEach(proposal -> table.row(
                proposal.number(), stateOf(proposal), proposal.participants().author(), proposal.title()));
        return table.lines(0);
    }
}
