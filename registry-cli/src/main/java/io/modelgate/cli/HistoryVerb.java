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
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--stage", paramLabel = "<stage>", description = "Only this stage. Default: all.")
    private @Nullable String stage;

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.read(terminal)) {
            ModelName name = Arguments.parse(model, ModelName::parse);
            List<Stage> stages =
                    stage == null ? registry.catalog().stages() : List.of(Arguments.parse(stage, Stage::new));
            List<Tenure> tenures = stages.stream()
                    .flatMap(each -> registry.catalog().history(name, each, MOST).stream())
                    .toList();
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
                .text("stage", tenure.pointer().stage())
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
        Table table = new Table("STAGE", "SINCE", "VERSION", "REASON", "APPROVED BY", "COMMIT");
        tenures.forEach(tenure -> table.row(
                tenure.pointer().stage(),
                tenure.from(),
                tenure.pointer().target().version(),
                tenure.pointer().reason().name().toLowerCase(Locale.ROOT),
                String.join(", ", tenure.approvedBy()),
                tenure.commit().id().abbreviated()));
        return tenures.isEmpty() ? List.of("Nothing was in a stage yet.") : table.lines(0);
    }
}
