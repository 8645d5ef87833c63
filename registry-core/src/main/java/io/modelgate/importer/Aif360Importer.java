package io.modelgate.importer;

import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.Node;
import java.util.Optional;
import java.util.Set;

/** AIF360: a dump of metrics and confusion matrices as our few lines of Python write it, or its JSON explainers. */
final class Aif360Importer implements ToolImporter {
    private static final String DROPPED_ROWS = "rows_dropped_by_the_tool";
    private static final Set<String> READ = Set.of(
            "aif360", "privileged", "favorable_label", "metrics", "binary_confusion_matrix", "error", DROPPED_ROWS);

    @Override
    public ImportTool tool() {
        return ImportTool.AIF360;
    }

    @Override
    public String layout() {
        return "a JSON object with 'aif360' and 'metrics', or JSON explainers with 'metric' and 'message'";
    }

    @Override
    public boolean recognises(Source source) {
        return source.object().filter(each -> each.get("aif360").isPresent()).isPresent()
                || Aif360Explainers.recognises(source);
    }

    @Override
    public Checked<Imported> read(Source source, ImportContext context) {
        Notes notes = new Notes(source.place());
        Optional<Node.Mapping> dump =
                source.object().filter(each -> each.get("aif360").isPresent());
        ReportDraft draft = new ReportDraft(
                context, notes, source.place(), "aif360", dump.flatMap(each -> Trees.text(each, "aif360")));
        if (dump.isPresent()) {
            new Dump(notes, draft, context).read(dump.get());
        } else {
            new Aif360Explainers(notes, draft, context).read(source);
        }
        return notes.result(draft.build());
    }

    /** One dump. */
    private record Dump(Notes notes, ReportDraft draft, ImportContext context) {
        void read(Node.Mapping dump) {
            Trees.text(dump, "error")
                    .ifPresent(each -> notes.refuse(
                            "tool-failed",
                            dump.place(),
                            "AIF360 failed: " + each,
                            "Mend what it says, and measure again."));
            boolean ofLabels = dump.get("of").isPresent()
                    || Trees.mapping(dump, "metrics")
                            .flatMap(each -> each.get("base_rate"))
                            .isPresent();
            if (ofLabels) {
                notes.refuse(
                        "labels",
                        dump.place(),
                        "the metrics are about the labels of the data, before any model",
                        "Give those of ClassificationMetric, which are about predictions.");
            }
            draft.favourable(Trees.text(dump, "favorable_label").map(Dump::withoutPoint));
            Optional<Aif360Sides> sides = Aif360Sides.of(
                    dump.get("privileged"), counted(dump, "unprivileged"), counted(dump, "privileged"), context, notes);
            if (!notes.refused()) {
                sides.ifPresent(each -> metrics(each, dump));
                dump.entries().keySet().stream()
                        .filter(each -> !READ.contains(each))
                        .forEach(each -> notes.drop(each, "it is no metric, or says the same as the metrics"));
            }
        }

        private void metrics(Aif360Sides sides, Node.Mapping dump) {
            draft.attribute(
                    sides.attribute().without(Trees.number(dump, DROPPED_ROWS).orElse(0.0)));
            Trees.mapping(dump, "metrics")
                    .ifPresent(metrics -> metrics.entries().forEach((name, node) -> {
                        Optional<Meaning> meaning = Aif360Names.meaning(name);
                        if (meaning.isEmpty()) {
                            notes.drop(name, "we have no metric of this meaning");
                            return;
                        }
                        MetricValue value = Trees.value(node, MetricStatus.UNDEFINED);
                        boolean negated = meaning.get().negated();
                        draft.value(Told.of(
                                        meaning.get().metric(),
                                        sides.comparison(),
                                        name,
                                        node,
                                        negated ? Trees.negated(value) : value,
                                        negated ? "negated" : "as is")
                                .expecting(sides.compute(meaning.get().metric())));
                    }));
        }

        private Aif360Sides.Counted counted(Node.Mapping dump, String side) {
            Optional<Node.Mapping> matrix =
                    Trees.mapping(dump, "binary_confusion_matrix").flatMap(each -> Trees.mapping(each, side));
            Optional<Confusion> counts = matrix.flatMap(each -> GroupDraft.counts(each, "TP", "FP", "TN", "FN", notes));
            return new Aif360Sides.Counted(
                    Optional.empty(), counts, matrix.map(Node::place).orElse(dump.place()));
        }

        /** Labels are floating-point numbers to AIF360: 1.0 is label 1. */
        private static String withoutPoint(String label) {
            return label.endsWith(".0") ? label.substring(0, label.length() - 2) : label;
        }
    }
}
