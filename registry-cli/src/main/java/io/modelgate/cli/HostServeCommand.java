package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.ServedCommand;
import io.modelgate.manifest.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code modelgate host serve}: all that an SSH key may do on a host. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Let an SSH key push and fetch one repository under one name, and nothing else.",
        footer = {
            "",
            "A line of ~/.ssh/authorized_keys of the account that the repository belongs to:",
            "",
            "  restrict,command=\"/opt/modelgate/bin/modelgate host serve --user alice /srv/models.git\" ssh-ed25519 …"
        })
final class HostServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--user", required = true, paramLabel = "ID", description = "Who the key belongs to.")
    private String user = "";

    @Parameters(paramLabel = "REPOSITORY", description = "The bare repository that the key is for.")
    private Path repository;

    @Override
    public Integer call() {
        try {
            return ServedCommand.of(new UserId(user), repository, System.getenv())
                    .process()
                    .start()
                    .waitFor();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw RegistryException.environment(
                    "Git cannot be started: " + e.getMessage(), "Install Git on the host, where PATH finds it.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.environment("Interrupted.", "Try again.", e);
        }
    }
}
