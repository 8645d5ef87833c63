package io.modelgate.importer;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Tool;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What fairness reports and evaluations have in common: what was measured, with which tool, on what. */
final class DocumentDraft {
    private final ImportContext context;
    private final Notes notes;
    private final Place file;

    DocumentDraft(ImportContext context, Notes notes, Place file) {
        this.context = context;
        this.notes = notes;
        this.file = file;
    }

    /** The tool; its version is the file's, or the one that the user gives. */
    Tool tool(String name, Optional<String> version) {
        Optional<String> known = version.or(context::toolVersion);
        if (known.isEmpty()) {
            notes.missing("which version of " + name + " wrote it", "--tool-version, such as 1.2.3");
        }
        return new Tool(name, known.orElse("?"));
    }

    /** The dataset with its rows: the file's, or those that the user gives, which must be the same. */
    Dataset dataset(Dataset dataset, Optional<Long> rows) {
        if (rows.isPresent() && dataset.rows().isPresent() && !rows.equals(dataset.rows())) {
            notes.disagree(
                    file,
                    "the file is about " + rows.get() + " rows, but " + dataset.name() + " is said to have "
                            + dataset.rows().get(),
                    "Give the file of this dataset, or leave --rows out.");
        }
        Optional<Long> known = rows.or(dataset::rows);
        if (known.isEmpty()) {
            notes.missing("how many rows " + dataset.name() + " has", "--rows <number>");
        }
        return new Dataset(dataset.name(), dataset.role(), dataset.digest(), Optional.of(known.orElse(0L)));
    }

    /** When it was measured: what the user says goes before what the file says; neither may be a time to come. */
    Optional<Instant> createdAt(Optional<Instant> ofFile) {
        MeasuredAt known = context.measuredAt();
        known.given().filter(known::isToCome).ifPresent(time -> future("--created-at says", time));
        ofFile.filter(known::isToCome).ifPresent(time -> future("the file says", time));
        Optional<Instant> when = known.given().or(() -> ofFile);
        if (when.isEmpty()) {
            notes.note("undated", file, "no --created-at: rules on age will refuse this report");
        }
        return when;
    }

    private void future(String who, Instant time) {
        notes.refuse(
                "future",
                file,
                who + " that it was measured at " + time + ", which is yet to come: it is "
                        + context.measuredAt().now().truncatedTo(ChronoUnit.SECONDS),
                "Say --created-at with the time at which it was measured, or set the clock right.");
    }

    MappingBuilder fields(String id, Tool tool, Optional<Instant> createdAt, Dataset dataset) {
        return new MappingBuilder()
                .text("id", id)
                .put(
                        "subject",
                        new MappingBuilder()
                                .text("model", context.subject().version().model())
                                .text("version", context.subject().version().version())
                                .text("digest", context.subject().digest())
                                .build())
                .put("tool", tool.toNode())
                .text("createdAt", createdAt)
                .put("dataset", dataset.toNode())
                .text("task", context.task());
    }

    /** What blocks a document that was written and read again, at the place of the file that it was made from. */
    <T> Checked<T> reread(T document, Checked<T> again) {
        List<Finding> blocking = again.findings().stream()
                .filter(Finding::blocks)
                .map(each -> new Finding(each.severity(), each.rule(), file, each.message(), each.remedy()))
                .toList();
        return Checked.of(document, blocking);
    }
}
