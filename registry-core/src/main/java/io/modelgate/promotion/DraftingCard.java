package io.modelgate.promotion;

import io.modelgate.evidence.CardDraft;
import io.modelgate.evidence.CardNeeds;
import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.RootDigest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.VersionId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drafts the model card of a training output from its other files. */
public final class DraftingCard {
    private final VersionId version;
    private final OutputDocuments output;
    private final List<Finding> findings = new ArrayList<>();

    public DraftingCard(VersionId version, OutputDocuments output) {
        this.version = version;
        this.output = output;
    }

    /**
     * The text of the card; findings when a file of the output is not valid.
     *
     * @param known the model as the registry has it
     * @param needs what policies ask for
     */
    public Checked<String> draft(Optional<Model> known, CardNeeds needs) {
        List<Artifact> any = List.of(new Artifact("model", Digest.of("card draft"), 1, Optional.empty()));
        VersionDocuments documents = new VersionDocuments(
                new RegistrationRequest(version, output, Optional.empty()), any, RootDigest.of(any), "main");
        List<Evaluation> evaluations = new ArrayList<>();
        List<FairnessReport> fairness = new ArrayList<>();
        for (Checked<SourceFile> document : documents.evidence()) {
            keep(document).ifPresent(file -> {
                if (RegistryPath.of(file.path()) instanceof RegistryPath.EvaluationFile) {
                    keep(Evaluation.read(file)).ifPresent(evaluations::add);
                } else {
                    keep(FairnessReport.read(file)).ifPresent(fairness::add);
                }
            });
        }
        VersionFacts facts =
                output.facts().flatMap(file -> keep(VersionFacts.read(file))).orElse(VersionFacts.NONE);
        Optional<Model> model = known.or(() -> output.model()
                .flatMap(file -> keep(VersionDocuments.model(file, version.model())))
                .flatMap(file -> keep(Model.read(file))));
        String title = version.model() + " " + version.version();
        return Checked.of(new CardDraft(model, facts, evaluations, fairness).text(title, needs), findings);
    }

    private <T> Optional<T> keep(Checked<T> checked) {
        findings.addAll(checked.findings());
        return checked.value();
    }

    /** Writes a card where there is none. */
    public static Path write(Path folder, String text) {
        Path file = folder.resolve("card.md");
        try {
            return Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw RegistryException.conflict(file + " is there already.", "Remove it, or go on with it.");
        } catch (IOException e) {
            throw RegistryException.environment(file + " cannot be written.", "Check its permissions.", e);
        }
    }
}
