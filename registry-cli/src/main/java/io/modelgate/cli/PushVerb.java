package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.store.ByteSize;
import io.modelgate.store.FileDigest;
import io.modelgate.store.StoredVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            StoredVersion stored = StoredVersion.of(found.manifest());
            long bytes = stored.files().stream().mapToLong(FileDigest::size).sum();
            Output.print(
                    terminal,
                    common.output(),
                    new MappingBuilder()
                            .text("format", "modelgate.io/push/v1")
                            .text("version", found.version())
                            .text("artifacts", found.manifest().rootDigest())
                            .text("folder", artifacts)
                            .texts(
                                    "files",
                                    stored.files().stream()
                                            .map(FileDigest::path)
                                            .toList())
                            .number("bytes", bytes)
                            .build(),
                    () -> List.of("The store holds the right bytes of " + found.version() + ": "
                            + stored.files().size() + (stored.files().size() == 1 ? " file, " : " files, ")
                            + ByteSize.words(bytes) + "."));
            return ExitCode.OK;
        }
    }
}
