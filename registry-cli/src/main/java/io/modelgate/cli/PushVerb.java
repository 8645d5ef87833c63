package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.RegistryException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts the bytes of a registered version into its store again. */
@Command(name = "push", description = "Put the bytes of a registered version into its store again.")
final class PushVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "<reference>", description = "Such as ns/name@1.4.0.")
    private String reference = "";

    @Parameters(
            index = "1",
            paramLabel = "<folder>",
            description = "A training output, or the folder of the artifacts.")
    private String folder = "";

    @Override
    public ExitCode run(Terminal terminal) {
        Path given = terminal.path(folder);
        if (!Files.isDirectory(given)) {
            throw RegistryException.notFound(
                    given + " is not a folder.", "Name a training output, or the folder of the artifacts.");
        }
        Path artifacts = Files.isDirectory(given.resolve("model")) ? given.resolve("model") : given;
        try (Registry registry = common.open(terminal)) {
            Resolved found = registry.catalog().resolve(Arguments.parse(reference, ModelReference::parse));
            registry.push(found, artifacts);
            terminal.data("The store holds the right bytes of " + found.version() + ".");
            return ExitCode.OK;
        }
    }
}
