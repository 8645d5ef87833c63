package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.RegistrationRequest;
import io.modelgate.promotion.TrainingOutput;
import io.modelgate.report.OutputFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a version: hashes the files, uploads them, and proposes the manifest, card and evidence. */
@Command(
        name = "register",
        description = "Add a version of a model from the folder that a training job left.",
        footer = {
            "",
            "The folder holds model/ (the artifacts), card.md, facts.yaml, evaluations/*.yaml, fairness/*.yaml and, for a",
            "new model, model.yaml here or one folder above; or name the files yourself with --files, --card and --evidence.",
            "Registering the same bytes again does nothing."
        })
final class RegisterVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ProposingOptions proposing = new ProposingOptions();

    @Parameters(index = "0", paramLabel = "<model>@<version>", description = "Such as credit/default-risk@1.4.0.")
    private String version = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = ".",
            paramLabel = "<folder>",
            description = "What the training job left. Default: this folder.")
    private String folder = ".";

    @Mixin
    private GatheringOptions gathering = new GatheringOptions();

    @Option(
            names = "--store",
            paramLabel = "<name>",
            description = "Store for the artifacts. Default: the first in registry.yaml.")
    private @Nullable String store;

    @Override
    public Set<OutputFormat> formats() {
        return VERDICT;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        VersionId id = Arguments.parse(version, VersionId::parse);
        Checked<TrainingOutput> output =
                gathering.output(terminal.path(folder), terminal.clock().instant());
        Findings.show(terminal, output.findings());
        if (!output.ok()) {
            return ExitCode.FINDINGS;
        }
        try (Registry registry = common.open(terminal)) {
            RegistrationRequest request =
                    new RegistrationRequest(id, output.get().documents(), Optional.ofNullable(store));
            return proposing.submit(
                    terminal,
                    common,
                    registry,
                    () -> registry.plan(request, output.get().files()));
        }
    }
}
