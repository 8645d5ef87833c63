package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the whole life of a model with real commands on a real registry, which stays there to go on with. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = {
            "Show the whole life of a model: register, promote, refuse, approve, pull, tamper, roll back.",
            "Every line after a $ is a command that you can type again in the folder that the demo leaves behind."
        })
final class DemoVerb implements Verb {
    @Parameters(
            paramLabel = "<folder>",
            arity = "0..1",
            defaultValue = "modelgate-demo",
            description = "Where to; must not exist or be empty. Default: modelgate-demo.")
    private String folder = "modelgate-demo";

    @Override
    public ExitCode run(Terminal terminal) {
        Path directory = terminal.path(folder);
        requireEmpty(directory);
        DemoFiles.unpack(directory);
        DemoScript script = new DemoScript(terminal, folder, directory);
        script.play();
        return ExitCode.OK;
    }

    private static void requireEmpty(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw RegistryException.conflict(
                        directory + " is not empty.", "Name another folder: 'modelgate demo <folder>'.");
            }
        } catch (IOException e) {
            throw RegistryException.environment(directory + " cannot be read.", "Name another folder.", e);
        }
    }
}
