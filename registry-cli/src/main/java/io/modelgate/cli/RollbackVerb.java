package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Version;
import io.modelgate.report.OutputFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes that a stage goes back to a version that was live there before. */
@Command(name = "rollback", description = "Propose that a stage goes back to a version that was live there before.")
final class RollbackVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ProposingOptions proposing = new ProposingOptions();

    @Parameters(paramLabel = "<model>", description = "Such as credit/default-risk.")
    private String model = "";

    @Option(names = "--stage", required = true, paramLabel = "<stage>", description = "The stage to roll back.")
    private String stage = "";

    @Option(
            names = "--to",
            paramLabel = "<version>",
            description = "The version to go back to. Default: the one that was live before.")
    private @Nullable String version;

    @Option(
            names = {"-n", "--note"},
            paramLabel = "<text>",
            description = "Why, for the reviewers and the history.")
    private @Nullable String note;

    @Override
    public Set<OutputFormat> formats() {
        return VERDICT;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        ModelName name = Arguments.parse(model, ModelName::parse);
        Stage where = Arguments.parse(stage, Stage::new);
        Optional<Version> to = Optional.ofNullable(version).map(text -> Arguments.parse(text, Version::parse));
        try (Registry registry = common.open(terminal)) {
            return proposing.submit(
                    terminal,
                    common,
                    registry,
                    () -> registry.planRollback(name, where, to, Optional.ofNullable(note)));
        }
    }
}
