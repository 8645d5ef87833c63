package io.modelgate.importer;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fairlearn: a MetricFrame as our few lines of Python write it, or its by_group table alone, as JSON or CSV. */
final class FairlearnImporter implements ToolImporter {
    private static final Set<String> SECTIONS = Set.of("fairlearn", "overall", "by_group", "difference", "ratio");

    @Override
    public ImportTool tool() {
        return ImportTool.FAIRLEARN;
    }

    @Override
    public String layout() {
        return "a JSON object with 'fairlearn' and 'by_group', or a table with 'selection_rate' and 'count'";
    }

    @Override
    public boolean recognises(Source source) {
        return source.object().isPresent()
                ? source.object().get().get("fairlearn").isPresent()
                : source.rows().stream().limit(1).anyMatch(FairlearnImporter::isByGroup);
    }

    private static boolean isByGroup(Node.Mapping row) {
        Set<String> columns = row.entries().keySet();
        boolean rates =
                columns.stream().anyMatch(each -> FairlearnNames.rate(each).isPresent());
        boolean counts = columns.contains("count") || columns.containsAll(Set.of("tp", "fp", "tn", "fn"));
        return rates && counts && !columns.contains("attribute_value");
    }

    @Override
    public Checked<Imported> read(Source source, ImportContext context) {
        Notes notes = new Notes(source.place());
        Optional<Node.Mapping> object = source.object();
        List<Node.Mapping> rows =
                object.map(each -> Trees.mappings(each, "by_group")).orElseGet(source::rows);
        object.flatMap(each -> each.get("by_group"))
                .filter(each -> each instanceof Node.Text)
                .ifPresent(each -> notes.refuse(
                        "tool-failed",
                        each.place(),
                        "Fairlearn failed: " + Trees.text(each).orElse(""),
                        "Mend what it says, and measure again."));
        ReportDraft draft = new ReportDraft(
                context, notes, source.place(), "fairlearn", object.flatMap(each -> Trees.text(each, "fairlearn")));
        if (rows.isEmpty() && !notes.refused()) {
            notes.refuse(
                    "groups",
                    source.place(),
                    "the file has no by_group table",
                    "Write MetricFrame.by_group into it, with tp, fp, tn, fn and count.");
        }
        if (!rows.isEmpty() && !notes.tooMany(rows.size())) {
            new Frame(notes, draft, FairlearnGroups.read(rows, metrics(object), context, notes)).read(object);
        }
        return notes.result(draft.build());
    }

    private static Set<String> metrics(Optional<Node.Mapping> object) {
        Set<String> names = new HashSet<>();
        for (String section : List.of("overall", "difference", "ratio")) {
            object.flatMap(each -> Trees.mapping(each, section))
                    .ifPresent(each -> names.addAll(each.entries().keySet()));
        }
        return names;
    }

    /** One file: its groups, and what it says over all of them. */
    private record Frame(Notes notes, ReportDraft draft, FairlearnGroups groups) {
        void read(Optional<Node.Mapping> object) {
            Optional<AttributeDraft> read = groups.attribute();
            if (read.isEmpty()) {
                return;
            }
            AttributeDraft attribute = draft.attribute(read.get());
            object.ifPresent(each -> sections(attribute, each));
            if (!attribute.hasCounts()) {
                groups.rates().derived(attribute.name(), attribute.reference()).forEach(draft::value);
                note(attribute);
            }
        }

        private void note(AttributeDraft attribute) {
            notes.note(
                    "no-counts",
                    attribute.groups().get(0).place(),
                    "there are no tp, fp, tn, fn: rates of " + attribute.name()
                            + " can only be believed, and a rate of 0" + " may be 0/0, which Fairlearn writes as 0");
            if (attribute.reference().isEmpty()) {
                notes.drop(
                        "pairs of groups of " + attribute.name(),
                        "no reference is known; say --reference " + attribute.name() + "=<group>");
            }
        }

        private void sections(AttributeDraft attribute, Node.Mapping object) {
            for (boolean ratio : new boolean[] {false, true}) {
                String section = ratio ? "ratio" : "difference";
                Trees.mapping(object, section)
                        .ifPresent(values -> values.entries()
                                .forEach((name, node) -> value(
                                        attribute,
                                        section + "." + name,
                                        node,
                                        FairlearnNames.overGroups(name, ratio))));
            }
            functions(attribute, object);
            Trees.mapping(object, "functions").ifPresent(each -> functions(attribute, each));
            if (object.get("overall").isPresent()) {
                notes.drop("overall", "it is not about groups");
            }
        }

        private void functions(AttributeDraft attribute, Node.Mapping values) {
            values.entries().forEach((name, node) -> {
                Optional<FairnessMetric> metric = FairlearnNames.function(name);
                if (metric.isPresent() && node instanceof Node.Mapping aggregates) {
                    aggregates.get("worst_case").ifPresent(each -> value(attribute, name, each, metric));
                    notes.drop(name, "of its aggregates only worst_case is a metric of ours");
                } else if (!SECTIONS.contains(name) && !name.equals("functions")) {
                    value(attribute, name, node, metric);
                }
            });
        }

        private void value(AttributeDraft attribute, String name, Node node, Optional<FairnessMetric> metric) {
            if (metric.isEmpty()) {
                boolean count = FairlearnNames.COUNTS.contains(name.substring(name.indexOf('.') + 1));
                notes.drop(name, count ? "it is about how many people there are" : "we have no metric of this meaning");
                return;
            }
            draft.value(Told.of(
                            metric.get(),
                            Comparison.all(attribute.name()),
                            name,
                            node,
                            Trees.value(node, MetricStatus.UNDEFINED),
                            "as is")
                    .expecting(
                            attribute.hasCounts()
                                    ? Optional.empty()
                                    : groups.rates().compute(metric.get())));
        }
    }
}
