package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.PathCheck;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Tool;
import io.modelgate.manifest.VersionId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was measured, with which tool, on which data, when.
 *
 * @param subject the version that was measured
 * @param tool what measured it
 * @param createdAt when
 * @param dataset on which data; the number of rows is known
 * @param task what kind of answer the model gives
 * @param place where the digest of the subject is
 */
public record Measurement(
        Subject subject, Tool tool, Optional<Instant> createdAt, Dataset dataset, Task task, Place place) {
    public Measurement {
        if (dataset.rows().isEmpty() || dataset.rows().get() < 0) {
            throw new IllegalArgumentException("the dataset must say how many rows it has");
        }
    }

    /** How many rows were measured on. */
    public long rows() {
        return dataset.rows().orElseThrow();
    }

    /** Reads the fields of a document; empty, with findings noted, when something is wrong. */
    static Optional<Measurement> of(Fields fields) {
        Fields about = fields.child("subject");
        Optional<Subject> subject = Subject.of(about);
        Optional<Tool> tool = Tool.of(fields.child("tool"));
        Optional<Instant> createdAt = fields.optionalInstant("createdAt");
        Fields data = fields.child("dataset");
        Optional<Dataset> dataset = Dataset.of(data);
        long rows = data.integer("rows");
        if (rows < 0) {
            data.refuse("rows", "rows is " + rows + ", must be 0 or more", "Write the number of rows measured on.");
        }
        Optional<Task> task = fields.parsed("task", Task::parse);
        boolean complete = subject.isPresent()
                && tool.isPresent()
                && task.isPresent()
                && rows >= 0
                && dataset.flatMap(Dataset::rows).isPresent();
        return complete
                ? Optional.of(new Measurement(
                        subject.get(), tool.get(), createdAt, dataset.orElseThrow(), task.get(), about.place("digest")))
                : Optional.empty();
    }

    /** Notes a subject that is another version than the one whose directory the file is in. */
    static <P extends RegistryPath> void checkPath(
            Fields fields, String path, Class<P> type, Function<P, String> id, Function<P, VersionId> version) {
        PathCheck.expect(fields, path, type, "id", id::apply);
        fields.optionalChild("subject").ifPresent(subject -> {
            PathCheck.expect(
                    subject, path, type, "model", each -> version.apply(each).model());
            PathCheck.expect(
                    subject, path, type, "version", each -> version.apply(each).version());
        });
    }

    void write(MappingBuilder fields) {
        fields.put("subject", subject.toNode())
                .put("tool", tool.toNode())
                .text("createdAt", createdAt)
                .put("dataset", dataset.toNode())
                .text("task", task);
    }
}
