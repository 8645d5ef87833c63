package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.evidence.Tenure;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import io.modelgate.report.Table;
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
            Table table = new Table("SINCE", "VERSION", "REASON", "APPROVED BY", "COMMIT");
            for (Tenure tenure : registry.catalog()
                    .history(Arguments.parse(model, ModelName::parse), Arguments.parse(stage, Stage::new), MOST)) {
                table.row(
                        tenure.from(),
                        tenure.pointer().target().version(),
                        tenure.pointer().reason().name().toLowerCase(java.util.Locale.ROOT),
                        String.join(", ", tenure.approvedBy()),
                        tenure.commit().id().abbreviated());
            }
            table.lines(0).forEach(terminal::data);
            return ExitCode.OK;
        }
    }
}
