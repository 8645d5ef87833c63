package io.modelgate.cli;

import io.modelgate.PolicyBench;
import io.modelgate.Registry;
import io.modelgate.evidence.CardNeeds;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.DraftingCard;
import io.modelgate.promotion.OutputDocuments;
import io.modelgate.promotion.TrainingOutput;
import io.modelgate.report.OutputFormat;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Drafts the card of a training output. */
@Command(
        name = "new",
        description = "Draft card.md of a training output from its other files.",
        footer = {
            "",
            "Metrics, groups, data and explanations are filled in, and the sections and front matter that policies ask for.",
            "What only people know is marked TODO; a stage whose policy asks for a card refuses one in which one is left."
        })
final class CardNewVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "<model>@<version>", description = "Such as credit/default-risk@1.4.0.")
    private String version = "";

    @Parameters(index = "1", paramLabel = "<folder>", description = "The folder that the training job left.")
    private String folder = "";

    @Override
    public Set<OutputFormat> formats() {
        return SENTENCES;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        VersionId id = Arguments.parse(version, VersionId::parse);
        Path target = terminal.path(folder);
        Checked<TrainingOutput> output = TrainingOutput.in(target);
        Findings.show(terminal, output.findings());
        if (!output.ok()) {
            return ExitCode.FINDINGS;
        }
        Checked<String> text = draft(terminal, id, output.get().documents());
        Findings.show(terminal, text.findings());
        if (!text.ok()) {
            return ExitCode.FINDINGS;
        }
        terminal.data("wrote " + DraftingCard.write(target, text.get()));
        long open = text.get().lines().filter(line -> line.contains("TODO")).count();
        terminal.data(open + " places are marked TODO: write them, then 'modelgate card check'.");
        return ExitCode.OK;
    }

    /** With what the registry asks for and knows, where there is one. */
    private Checked<String> draft(Terminal terminal, VersionId id, OutputDocuments output) {
        DraftingCard drafting = new DraftingCard(id, output);
        try (Registry registry = common.read(terminal);
                PolicyBench bench = registry.policies(Optional.empty())) {
            Optional<Model> model = bench.model(id.model());
            CardNeeds needs =
                    model.flatMap(each -> bench.cardNeeds(each).value()).orElse(CardNeeds.NONE);
            return drafting.draft(model, needs);
        } catch (RegistryException e) {
            if (e.kind() != RegistryException.Kind.NOT_FOUND) {
                throw e;
            }
            return drafting.draft(Optional.empty(), CardNeeds.NONE);
        }
    }
}
