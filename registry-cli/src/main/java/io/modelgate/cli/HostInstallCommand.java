package io.modelgate.cli;

import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.host.HookInstallation;
import io.modelgate.host.LocalIdentity;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code modelgate host install-hook}: puts the gate in front of a bare repository. */
@Command(
        name = "install-hook",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Put the gate in front of a bare repository: nothing is pushed past it.",
        footer = {
            "",
            "  account         who pushes is the account that they log in with",
            "  forced-command  who pushes is who their SSH key belongs to: 'modelgate host serve --help'",
            "  declared        who pushes is who they say they are: for trying out only"
        })
final class HostInstallCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "REPOSITORY", description = "The bare repository.")
    private Path repository;

    @Option(
            names = "--identity",
            paramLabel = "MODE",
            converter = ModeConverter.class,
            defaultValue = "account",
            description = "How to tell who pushes: account, forced-command or declared (default: ${DEFAULT-VALUE}).")
    private LocalIdentity.@Nullable Mode mode;

    @Option(
            names = "--launcher",
            paramLabel = "FILE",
            description = "The program that the hook starts (default: the modelgate that runs this).")
    private @Nullable Path launcher;

    @Override
    public void run() {
        Path program =
                launcher == null ? ownLauncher() : launcher.toAbsolutePath().normalize();
        LocalIdentity.Mode identity = mode == null ? LocalIdentity.Mode.ACCOUNT : mode;
        try (RegistryRepository opened = Repositories.open(repository)) {
            Path hook = HookInstallation.install(opened, List.of(program.toString()), identity);
            spec.commandLine().getErr().println("Installed " + hook + "; identity is " + identity.word() + ".");
        }
    }

    private Path ownLauncher() {
        return Launchers.own()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "It is not known where modelgate is installed. Say it with --launcher."));
    }

    /** Reads the word of a mode. */
    static final class ModeConverter implements ITypeConverter<LocalIdentity.Mode> {
        @Override
        public LocalIdentity.Mode convert(String word) {
            try {
                return LocalIdentity.Mode.parse(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
