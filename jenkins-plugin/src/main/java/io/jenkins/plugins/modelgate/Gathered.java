package io.jenkins.plugins.modelgate;

import io.modelgate.finding.Checked;
import io.modelgate.manifest.Artifact;
import io.modelgate.promotion.OutputDocuments;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an agent says is in the workspace; see {@link Claimed} for what is believed of it.
 *
 * @param report what it has to say of its work
 * @param files the files of the version
 * @param documents what the job wrote down
 */
record Gathered(AgentReport report, List<FoundFile> files, List<FoundDocument> documents) implements Serializable {
    private static final long serialVersionUID = 1L;

    Gathered {
        files = List.copyOf(files);
        documents = List.copyOf(documents);
    }

    /** Nothing, and why. */
    static Gathered nothing(AgentReport report) {
        return new Gathered(report, List.of(), List.of());
    }

    static Gathered of(Checked<List<Artifact>> artifacts, OutputDocuments documents) {
        return new Gathered(
                AgentReport.of(artifacts),
                artifacts.value().orElse(List.of()).stream().map(FoundFile::of).toList(),
                all(documents));
    }

    private static List<FoundDocument> all(OutputDocuments documents) {
        return Stream.of(
                        documents.card().stream().map(file -> new FoundDocument(FoundDocument.Role.CARD, file)),
                        documents.facts().stream().map(file -> new FoundDocument(FoundDocument.Role.FACTS, file)),
                        documents.model().stream().map(file -> new FoundDocument(FoundDocument.Role.MODEL, file)),
                        documents.evaluations().stream()
                                .map(file -> new FoundDocument(FoundDocument.Role.EVALUATION, file)),
                        documents.fairness().stream().map(file -> new FoundDocument(FoundDocument.Role.FAIRNESS, file)))
                .flatMap(each -> each)
                .toList();
    }
}
