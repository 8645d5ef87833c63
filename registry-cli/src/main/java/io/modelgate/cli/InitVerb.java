package io.modelgate.cli;

import io.modelgate.NewRegistry;
import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.host.LocalIdentity;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a registry: a bare repository with the files of a folder. */
@Command(name = "init", description = "Make a registry on the embedded local host from a folder of policies.")
final class InitVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<folder>", description = "Where the bare repository goes; must not exist or be empty.")
    private String folder = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "<folder>",
            description = "Folder with registry.yaml and policies/ to start with; sample-registry-repo is one.")
    private String from = "";

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
        Checked<CommitId> made =
                NewRegistry.make(target, terminal.path(from), mode, Sessions.of(terminal, common.as()));
        ExitCode code = Findings.show(terminal, made.findings());
        made.value()
                .ifPresent(commit -> terminal.data("Registry " + target.getFileName() + " is ready ("
                        + commit.abbreviated() + ", identity: " + mode.word() + ")."));
        return code;
    }
}
