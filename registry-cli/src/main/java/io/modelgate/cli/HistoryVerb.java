package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.evidence.Tenure;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Stage;
import io.modelgate.report.Table;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what was in a stage when, why, and who approved it. */
@Command(name = "history", description = "Tell what was in a stage when, why, and who approved it.")
final class HistoryVerb implements Verb {
    private static final int MOST = 1_000;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<model>", description = "Such as credit/default-risk.")
    private String model = "";

    @Option(names = "--stage", required = true, paramLabel = "<stage>", description = "The stage.")
    private String stage = "";

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.open(terminal)) {
            List<Tenure> tenures = registry.catalog()
                    .history(Arguments.parse(model, ModelName::parse), Arguments.parse(stage, Stage::new), MOST);
            Node.Mapping document = new MappingBuilder()
                    .put(
                            "history",
                            MappingBuilder.sequence(
                                    tenures.stream().map(HistoryVerb::document).toList()))
                    .build();
            Output.print(terminal, common.output(), document, () -> text(tenures));
            return ExitCode.OK;
        }
    }

    private static Node.Mapping document(Tenure tenure) {
        return new MappingBuilder()
                .text("from", tenure.from())
                .text("to", tenure.to())
                .text("version", tenure.pointer().target().version())
                .text("manifest", tenure.pointer().target().manifest())
                .text("artifacts", tenure.pointer().target().artifacts())
                .text("reason", tenure.pointer().reason())
                .text("note", tenure.pointer().note())
                .texts("approvedBy", tenure.approvedBy())
                .text("proposal", tenure.commit().trailer("Modelgate-Proposal"))
                .text("policy", tenure.commit().trailer("Modelgate-Policy"))
                .text("commit", tenure.commit().id())
                .build();
    }

    private static List<String> text(List<Tenure> tenures) {
        Table table = new Table("SINCE", "VERSION", "REASON", "APPROVED BY", "COMMIT");
        tenures.forEach(tenure -> table.row(
                tenure.from(),
                tenure.pointer().target().version(),
                tenure.pointer().reason().name().toLowerCase(Locale.ROOT),
                String.join(", ", tenure.approvedBy()),
                tenure.commit().id().abbreviated()));
        return table.lines(0);
    }
}
