package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.PromotionRequest;
import io.modelgate.report.OutputFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes that stage pointers move to versions: several models in one proposal, all or none. */
@Command(name = "promote", description = "Propose that one or more versions enter a stage, all or none.")
final class PromoteVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ProposingOptions proposing = new ProposingOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "<reference>",
            description = "What to promote: ns/name@1.4.0, or ns/name@uat for what is in uat now.")
    private List<String> references = List.of();

    @Option(names = "--to", required = true, paramLabel = "<stage>", description = "The stage to enter.")
    private String stage = "";

    @Option(
            names = {"-n", "--note"},
            paramLabel = "<text>",
            description = "Why, for the reviewers and the history.")
    private @Nullable String note;

    @Option(names = "--hotfix", description = "Say that this is a hotfix, for policies that treat one differently.")
    private boolean hotfix;

    @Override
    public Set<OutputFormat> formats() {
        return VERDICT;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        Stage to = Arguments.parse(stage, Stage::new);
        try (Registry registry = common.open(terminal)) {
            return proposing.submit(terminal, common, registry, () -> {
                List<VersionId> versions = references.stream()
                        .map(reference -> registry.catalog()
                                .resolve(Arguments.parse(reference, ModelReference::parse))
                                .version())
                        .toList();
                return registry.plan(Arguments.valid(() -> new PromotionRequest(
                        versions, to, hotfix ? Reason.HOTFIX : Reason.PROMOTE, Optional.ofNullable(note))));
            });
        }
    }
}
