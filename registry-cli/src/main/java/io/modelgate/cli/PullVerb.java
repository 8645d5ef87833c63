package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.store.Checkout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings the files of a version into a folder, every byte verified. */
@Command(name = "pull", description = "Bring the files of a version into a folder, every byte verified.")
final class PullVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<reference>", description = "Such as ns/name@prod.")
    private String reference = "";

    @Option(names = "--to", required = true, paramLabel = "<folder>", description = "Where to.")
    private String folder = "";

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.read(terminal)) {
            Resolved found = registry.catalog().resolve(Arguments.parse(reference, ModelReference::parse));
            Checkout.Result result = registry.pull(found, terminal.path(folder));
            terminal.data(found.version() + ": " + result.fetched().size() + " files fetched, "
                    + result.kept().size() + " kept, all verified ("
                    + found.manifest().rootDigest() + ").");
            return ExitCode.OK;
        }
    }
}
