package io.modelgate.promotion;

import io.modelgate.manifest.SourceFile;
import java.util.List;
import java.util.Optional;

/**
 * What a training job wrote down about a version.
 *
 * @param card the model card
 * @param facts what the job knows about the version
 * @param model what the model is for
 * @param evaluations evaluation documents; their paths are for messages
 * @param fairness fairness reports; their paths are for messages
 */
public record OutputDocuments(
        Optional<SourceFile> card,
        Optional<SourceFile> facts,
        Optional<SourceFile> model,
        List<SourceFile> evaluations,
        List<SourceFile> fairness) {
    public OutputDocuments {
        evaluations = List.copyOf(evaluations);
        fairness = List.copyOf(fairness);
    }
}
