package io.modelgate.cli;

import io.modelgate.evidence.Task;
import io.modelgate.finding.Checked;
import io.modelgate.importer.Grouping;
import io.modelgate.importer.Population;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.promotion.Gathering;
import io.modelgate.promotion.TrainingOutput;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names the files of a training job whose folder has a layout of its own. */
final class GatheringOptions {
    @Option(
            names = "--files",
            paramLabel = "<pattern>",
            description = "Files of the version below <folder>, such as out/model.onnx or 'out/**'; instead of model/.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--evidence",
            paramLabel = "<pattern>",
            description = "With --files: evaluations, fairness reports, and reports of other tools ('reports/*.json').")
    private List<String> evidence = new ArrayList<>();

    @Option(names = "--card", paramLabel = "<file>", description = "With --files: the model card.")
    private @Nullable String card;

    @Option(names = "--facts", paramLabel = "<file>", description = "With --files: the facts, as facts.yaml has them.")
    private @Nullable String facts;

    @Option(names = "--model", paramLabel = "<file>", description = "With --files: model.yaml of a new model.")
    private @Nullable String model;

    @Option(
            names = "--dataset",
            paramLabel = "<name>",
            description = "With --files: the data that reports of other tools were measured on.")
    private @Nullable String dataset;

    @Option(names = "--role", paramLabel = "<role>", defaultValue = "test", description = "Its role. Default: test.")
    private String role = "test";

    @Option(names = "--rows", paramLabel = "<n>", description = "How many rows it has, if the reports do not say it.")
    private @Nullable Long rows;

    @Option(
            names = "--task",
            paramLabel = "<task>",
            defaultValue = "binary-classification",
            description = "What the model does. Default: binary-classification.")
    private String task = "binary-classification";

    @Option(
            names = "--tool-version",
            paramLabel = "<version>",
            description = "Version of the tool that wrote the reports, if they do not say it.")
    private @Nullable String toolVersion;

    @Option(
            names = "--favourable",
            paramLabel = "<label>",
            description = "The outcome that is good for the person, if the reports do not say it.")
    private @Nullable String favourable;

    @Option(
            names = "--reference",
            paramLabel = "<attribute>=<group>",
            description = "The group that others are compared with, such as sex=male.")
    private List<String> references = new ArrayList<>();

    /** What the job left in a folder, by the names given or by our layout. */
    Checked<TrainingOutput> output(Path folder, Instant now) {
        return files.isEmpty() ? TrainingOutput.in(folder) : Gathering.in(folder, Arguments.valid(this::wanted), now);
    }

    private Gathering.Wanted wanted() {
        return new Gathering.Wanted(
                files,
                evidence,
                Optional.ofNullable(card),
                Optional.ofNullable(facts),
                Optional.ofNullable(model),
                Optional.ofNullable(dataset)
                        .map(name -> new Gathering.Measured(
                                new Dataset(name, DatasetRole.parse(role), Optional.empty(), Optional.ofNullable(rows)),
                                Task.parse(task),
                                new Population(Optional.ofNullable(favourable), false, groupings()),
                                Optional.ofNullable(toolVersion))));
    }

    private List<Grouping> groupings() {
        return references.stream().map(Grouping::reference).toList();
    }
}
