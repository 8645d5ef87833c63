package io.modelgate.importer;

import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Tool;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects what a file says of how well a version did, and makes an evaluation of it. */
final class EvaluationDraft {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@/+-]{0,99}");

    /** Metrics that are shares; above 1 they are percentages, which a bound of a policy would not see. */
    private static final Set<String> SHARES = Set.of(
            "accuracy",
            "balanced_accuracy",
            "precision",
            "recall",
            "f1",
            "roc_auc",
            "pr_auc",
            "average_precision",
            "specificity",
            "brier");

    private final ImportContext context;
    private final Notes notes;
    private final Place file;
    private final DocumentDraft document;
    private final Map<List<Object>, Node.Mapping> metrics = new LinkedHashMap<>();
    private Optional<Instant> createdAt = Optional.empty();
    private Optional<Node.Mapping> confusion = Optional.empty();

    EvaluationDraft(ImportContext context, Notes notes, Place file) {
        this.context = context;
        this.notes = notes;
        this.file = file;
        this.document = new DocumentDraft(context, notes, file);
    }

    /** When the file says that it was measured. */
    void createdAt(Optional<Instant> time) {
        createdAt = time;
    }

    /** How often each class was predicted for each class. */
    void confusion(Node.Mapping matrix) {
        confusion = Optional.of(matrix);
    }

    /** Adds a metric on everything. */
    void metric(String id, Node written) {
        metric(id, written, Optional.empty(), Map.of());
    }

    /** Adds a metric; what is no number, or is no name or no share, is dropped. */
    void metric(String id, Node written, Optional<Long> n, Map<String, String> slice) {
        MetricValue value = n.equals(Optional.of(0L))
                ? MetricValue.none(MetricStatus.UNDEFINED)
                : Trees.value(written, MetricStatus.UNDEFINED);
        String label = slice.isEmpty() ? id : id + " " + slice;
        if (!ID.matcher(id).matches()) {
            notes.drop(label, "it cannot be the id of a metric");
        } else if (value.status() == MetricStatus.ERROR) {
            notes.drop(label, "it is no number");
        } else if (isNoShare(id, value)) {
            notes.drop(label, value + " is no share between 0 and 1");
        } else if (metrics.putIfAbsent(List.of(id, slice), node(id, value, n, slice, written)) != null) {
            notes.drop(label, "it is there twice; the first is taken");
        } else {
            notes.noNumber(label, written, value);
        }
    }

    private static boolean isNoShare(String id, MetricValue value) {
        String kind = id.replaceFirst("_(macro|micro|weighted|samples)$", "");
        double number = value.number().orElse(0);
        return SHARES.contains(kind) && (number < 0 || number > 1);
    }

    private static Node.Mapping node(
            String id, MetricValue value, Optional<Long> n, Map<String, String> slice, Node written) {
        MappingBuilder fields = new MappingBuilder().text("id", id);
        if (value.ok()) {
            fields.put("value", Trees.decimal(written.place(), value.number().getAsDouble()));
        } else {
            fields.put("value", new Node.Null(written.place())).text("status", value.status());
        }
        return fields.number("n", n).textMap("slice", slice).build();
    }

    /** The evaluation on the dataset of the context, checked as if it were read from its file. */
    Optional<Evaluation> build(Tool tool, Optional<Long> rows) {
        return build(context.id(), tool, context.dataset(), rows);
    }

    /** The tool; its version is the file's, or the one that the user gives. */
    Tool tool(String name, Optional<String> version) {
        return document.tool(name, version);
    }

    Optional<Evaluation> build(String id, Tool tool, Dataset dataset, Optional<Long> rows) {
        if (metrics.isEmpty()) {
            return Optional.empty();
        }
        Dataset known = document.dataset(dataset, rows);
        Optional<Instant> when = document.createdAt(createdAt);
        if (notes.refused()) {
            return Optional.empty();
        }
        Node.Mapping root = document.fields(id, tool, when, known)
                .put("metrics", MappingBuilder.sequence(List.copyOf(metrics.values())))
                .put("confusion", confusion)
                .build();
        return notes.keep(
                Evaluation.of(root, file.path()).then(each -> document.reread(each, Evaluation.read(each.toFile()))));
    }
}
