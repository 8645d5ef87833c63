package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.report.Table;
import java.util.List;
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
            description =
                    "ns/name@prod, ns/name@1.4.0 or ns/name@sha256:<digest>; ns/name alone is the highest version that is"
                            + " neither a pre-release nor withdrawn.")
    private String reference = "";

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.read(terminal)) {
            ModelReference named = Arguments.parse(reference, ModelReference::parse);
            Resolved found = registry.catalog().resolve(named);
            if (named instanceof ModelReference.Latest) {
                terminal.say(named.model() + " alone stands for its highest version, "
                        + found.version().version()
                        + ", whatever stages it is in. Say @<stage> for what is in a stage.");
            }
            Output.print(terminal, common.output(), document(found), () -> text(found));
            return ExitCode.OK;
        }
    }

    private static Node.Mapping document(Resolved found) {
        return new MappingBuilder()
                .text("model", found.version().model())
                .text("version", found.version().version())
                .text("stage", found.stage())
                .text("artifacts", found.manifest().rootDigest())
                .text("manifest", found.manifestDigest())
                .list(
                        "files",
                        found.manifest().artifacts().stream()
                                .map(file -> new MappingBuilder()
                                        .text("path", file.path())
                                        .text("digest", file.digest())
                                        .number("size", file.size())
                                        .build())
                                .toList())
                .list(
                        "lifecycle",
                        found.lifecycle().stream()
                                .map(entry -> new MappingBuilder()
                                        .text("action", entry.action())
                                        .text("reason", entry.reason())
                                        .build())
                                .toList())
                .build();
    }

    private static List<String> text(Resolved found) {
        Table table = new Table();
        table.row("version", found.version());
        table.row("artifacts", found.manifest().rootDigest());
        table.row("manifest", found.manifestDigest());
        found.lifecycle().forEach(entry -> table.row(entry.action(), entry.reason()));
        return table.lines(0);
    }
}
