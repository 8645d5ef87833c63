package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.Catalog;
import io.modelgate.catalog.ModelReference;
import io.modelgate.evidence.Evidence;
import io.modelgate.report.DocumentWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the evidence document: what {@code schema} rules see. */
@Command(
        name = "show",
        description = "Print the evidence document of a version, as YAML or JSON: what rules with a JSON Schema see.")
final class EvidenceShowVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<reference>", description = "Such as ns/name@prod or ns/name@1.4.0.")
    private String reference = "";

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.read(terminal)) {
            Catalog catalog = registry.catalog();
            Evidence evidence = catalog.evidence(catalog.resolve(Arguments.parse(reference, ModelReference::parse))
                    .version());
            Output.print(
                    terminal,
                    common.output(),
                    evidence.document(),
                    () -> DocumentWriter.yaml(evidence.document()).lines().toList());
            return ExitCode.OK;
        }
    }
}
