package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelSummary;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Stage;
import io.modelgate.report.Table;
import java.util.List;
import java.util.stream.Collectors;
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
        try (Registry registry = common.read(terminal)) {
            List<ModelSummary> models =
                    registry.catalog().list(name -> name.toString().startsWith(prefix));
            Node.Mapping document = new MappingBuilder()
                    .put(
                            "models",
                            MappingBuilder.sequence(
                                    models.stream().map(ShowVerb::document).toList()))
                    .build();
            Output.print(
                    terminal,
                    common.output(),
                    document,
                    () -> text(models, registry.catalog().stages()));
            return ExitCode.OK;
        }
    }

    private List<String> text(List<ModelSummary> models, List<Stage> order) {
        Table table = new Table("MODEL", "TIER", "VERSIONS", "STAGES");
        for (ModelSummary model : models) {
            String stages = order.stream()
                    .filter(model.stages()::containsKey)
                    .map(stage -> stage + " " + model.stages().get(stage))
                    .collect(Collectors.joining(", "));
            table.row(
                    model.model().name(),
                    model.model().riskTier().word(),
                    model.versions().size(),
                    stages);
        }
        return models.isEmpty()
                ? List.of("No model" + (prefix.isEmpty() ? "." : "'s name starts with " + prefix + "."))
                : table.lines(0);
    }
}
