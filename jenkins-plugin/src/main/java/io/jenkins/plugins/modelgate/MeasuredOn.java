package io.jenkins.plugins.modelgate;

import io.modelgate.evidence.Task;
import io.modelgate.importer.Grouping;
import io.modelgate.importer.Population;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.promotion.Gathering;
import java.io.Serializable;
import java.util.Optional;

/**
 * What reports of other tools may not say of themselves. Empty text says nothing.
 *
 * @param dataset the data's name
 * @param role what the data is for; test when nothing is said
 * @param rows how many it has; 0 when the reports say it
 * @param task what the model does; binary-classification when nothing is said
 * @param favourable the outcome that is good for the person
 * @param references groups that others are compared with, such as {@code sex=male}
 * @param toolVersion which version of the tool wrote the reports
 */
record MeasuredOn(
        String dataset, String role, long rows, String task, String favourable, String references, String toolVersion)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    Optional<Gathering.Measured> parse() {
        if (rows < 0) {
            throw new IllegalArgumentException("rows is " + rows + ", and there are no fewer than 1");
        }
        Population population = new Population(
                TrainingFiles.said(favourable),
                false,
                TrainingFiles.patterns(references).stream()
                        .map(Grouping::reference)
                        .toList());
        Task parsed = Task.parse(TrainingFiles.said(task).orElse(Task.BINARY_CLASSIFICATION.word()));
        DatasetRole use = DatasetRole.parse(TrainingFiles.said(role).orElse(DatasetRole.TEST.word()));
        return TrainingFiles.said(dataset)
                .map(name -> new Gathering.Measured(
                        new Dataset(
                                name, use, Optional.empty(), Optional.of(rows).filter(count -> count > 0)),
                        parsed,
                        population,
                        TrainingFiles.said(toolVersion)));
    }
}
