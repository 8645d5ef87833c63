package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelSummary;
import io.modelgate.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the models of a registry and what is in which stage. */
@Command(name = "list", description = "List models and what is in which stage.")
final class ListVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<prefix>", arity = "0..1", defaultValue = "", description = "Only names that start so.")
    private String prefix = "";

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.open(terminal)) {
            Table table = new Table("MODEL", "TIER", "VERSIONS", "STAGES");
            for (ModelSummary model :
                    registry.catalog().list(name -> name.toString().startsWith(prefix))) {
                table.row(
                        model.model().name(),
                        model.model().riskTier().word(),
                        model.versions().size(),
                        model.stages());
            }
            table.lines(0).forEach(terminal::data);
            return ExitCode.OK;
        }
    }
}
