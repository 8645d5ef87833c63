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
            ModelReference named = Arguments.parse(reference, ModelReference::parse);
            Resolved found = registry.catalog().resolve(named);
            if (named instanceof ModelReference.Latest) {
                terminal.say(named.model() + " alone stands for its highest version, "
                        + found.version().version()
                        + ", whatever stages it is in. Say @<stage> for what is in a stage.");
            }
            Checkout.Result result = registry.pull(found, terminal.path(folder));
            if (!result.others().isEmpty()) {
                terminal.say("warn: " + folder + " also holds what is not of this version: "
                        + String.join(", ", result.others().stream().limit(5).toList())
                        + (result.others().size() > 5
                                ? " and " + (result.others().size() - 5) + " more"
                                : "")
                        + ". Pull into an empty folder for the version alone.");
            }
            int fetched = result.fetched().size();
            terminal.data(found.version() + ": " + fetched + (fetched == 1 ? " file fetched, " : " files fetched, ")
                    + result.kept().size() + " kept, all verified ("
                    + found.manifest().rootDigest() + ").");
            return ExitCode.OK;
        }
    }
}
