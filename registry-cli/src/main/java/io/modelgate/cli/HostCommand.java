package io.modelgate.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code modelgate host}: makes a bare repository a Git host of its own, and is what runs on that host. */
@Command(
        name = "host",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Run a registry on a bare repository of your own, with nothing but Git and SSH.",
        subcommands = {HostInstallCommand.class, HostServeCommand.class, HostHookCommand.class})
final class HostCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? Choose one of those below.");
    }
}
