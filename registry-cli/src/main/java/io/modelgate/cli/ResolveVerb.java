package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells which version a reference stands for now, and its digests. */
@Command(name = "resolve", description = "Tell which version a reference stands for now, and its digests.")
final class ResolveVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "<reference>",
            description = "ns/name, ns/name@prod, ns/name@1.4.0 or ns/name@sha256:<digest>.")
    private String reference = "";

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.open(terminal)) {
            Resolved found = registry.catalog().resolve(Arguments.parse(reference, ModelReference::parse));
            Table table = new Table();
            table.row("version", found.version());
            table.row("artifacts", found.manifest().rootDigest());
            table.row("manifest", found.manifestDigest());
            found.lifecycle().forEach(entry -> table.row(entry.action(), entry.reason()));
            table.lines(0).forEach(terminal::data);
            return ExitCode.OK;
        }
    }
}
