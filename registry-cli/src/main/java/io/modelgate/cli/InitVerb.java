package io.modelgate.cli;

import io.modelgate.NewRegistry;
import io.modelgate.Session;
import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.host.HookInstallation;
import io.modelgate.host.LocalIdentity;
import io.modelgate.manifest.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a registry: a bare repository with the files of a folder. */
@Command(name = "init", description = "Make a registry on the embedded local host.")
final class InitVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<folder>", description = "Where the bare repository goes; must not exist or be empty.")
    private String folder = "";

    @Option(
            names = "--from",
            paramLabel = "<folder>",
            description = "Folder with registry.yaml and policies/ to start with. Otherwise ready-made ones.")
    private @Nullable String from;

    @Option(
            names = "--name",
            defaultValue = "models",
            paramLabel = "<name>",
            description = "Name of the registry, without --from. Default: models.")
    private String name = "models";

    @Option(
            names = "--stages",
            split = ",",
            defaultValue = "dev,uat,prod",
            paramLabel = "<stage>",
            description = "Stages in order, without --from. Default: dev,uat,prod.")
    private List<String> stages = List.of();

    @Option(
            names = "--identity",
            defaultValue = "account",
            paramLabel = "<mode>",
            description = "How people are told apart: account, forced-command or declared. Default: account.")
    private String identity = "account";

    @Override
    public ExitCode run(Terminal terminal) {
        LocalIdentity.Mode mode = Arguments.parse(identity, LocalIdentity.Mode::parse);
        Path target = terminal.path(folder);
        Session session = Sessions.of(terminal, common.as());
        Checked<CommitId> made = from == null
                ? Arguments.valid(() -> NewRegistry.make(
                        target, name, stages.stream().map(Stage::new).toList(), mode, session))
                : NewRegistry.make(target, terminal.path(from), mode, session);
        ExitCode code = Findings.show(terminal, made.findings());
        made.value().ifPresent(commit -> finish(terminal, target, mode, commit));
        return code;
    }

    /** Puts the gate in front of it, where it is known how to start this program again. */
    private static void finish(Terminal terminal, Path target, LocalIdentity.Mode mode, CommitId commit) {
        Optional<Path> launcher = Launchers.own();
        launcher.ifPresent(program -> {
            try (RegistryRepository repository = Repositories.open(target)) {
                HookInstallation.install(repository, List.of(program.toString()), mode);
            }
        });
        String hook = launcher.isPresent() ? "" : ", no hook: see 'modelgate host install-hook'";
        terminal.data("Registry " + target.getFileName() + " is ready (" + commit.abbreviated() + ", identity: "
                + mode.word() + hook + ").");
        terminal.say("Next: export MODELGATE_REGISTRY='" + target + "', or name it with --registry.");
        terminal.say("      modelgate register <namespace>/<name>@1.0.0 <folder of a training output>");
    }
}
