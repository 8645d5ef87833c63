package io.modelgate.importer;

import io.modelgate.evidence.Confusion;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Aequitas: its table of groups, with or without disparities. Its p-values come from the wrong tests: they are dropped. */
final class AequitasImporter implements ToolImporter {
    private static final Set<String> NEEDED = Set.of("attribute_name", "attribute_value", "tp", "fp", "tn", "fn");

    @Override
    public ImportTool tool() {
        return ImportTool.AEQUITAS;
    }

    @Override
    public String layout() {
        return "a CSV file with 'attribute_name', 'attribute_value', 'tp', 'fp', 'tn' and 'fn'";
    }

    @Override
    public boolean recognises(Source source) {
        return source instanceof Source.Table table && table.columns().containsAll(NEEDED);
    }

    @Override
    public Checked<Imported> read(Source source, ImportContext context) {
        Notes notes = new Notes(source.place());
        ReportDraft draft = new ReportDraft(context, notes, source.place(), "aequitas", Optional.empty());
        draft.ignoresWeights();
        String favourable = context.population().favourable().orElse("1");
        if (!Set.of("0", "1").contains(favourable)) {
            notes.note("label", source.place(), "Aequitas knows labels 0 and 1: its 1 is taken for " + favourable);
        }
        List<String> models = source.rows().stream()
                .map(each -> Trees.text(each, "model_id").orElse("") + " at threshold "
                        + Trees.text(each, "score_threshold").orElse(""))
                .distinct()
                .toList();
        if (models.size() > 1) {
            notes.refuse(
                    "several-models",
                    source.place(),
                    "the table is about several models or thresholds: " + String.join(", ", models),
                    "Keep the rows of one.");
        } else if (!notes.tooMany(source.rows().size())) {
            new Rows(notes, draft, context, favourable.equals("0")).read(source.rows());
        }
        return notes.result(draft.build());
    }

    /** The rows of one model; {@code otherLabel} when 1, which Aequitas takes for positive, is not favourable. */
    private record Rows(Notes notes, ReportDraft draft, ImportContext context, boolean otherLabel) {
        void read(List<Node.Mapping> rows) {
            Map<String, List<Node.Mapping>> byAttribute = new LinkedHashMap<>();
            for (Node.Mapping row : rows) {
                byAttribute
                        .computeIfAbsent(Trees.text(row, "attribute_name").orElse(""), key -> new ArrayList<>())
                        .add(row);
            }
            Optional<Long> total = rows.stream()
                    .flatMap(each -> Trees.number(each, "total_entities").stream())
                    .map(Double::longValue)
                    .findFirst();
            draft.rows(total);
            byAttribute.forEach((column, all) -> attribute(context.population().attribute(column), all, total));
            rows.stream().findFirst().ifPresent(this::drop);
        }

        private void attribute(String name, List<Node.Mapping> rows, Optional<Long> total) {
            List<GroupDraft> groups = rows.stream().map(this::group).toList();
            if (name.isEmpty() || notes.refused()) {
                return;
            }
            Set<String> references = rows.stream()
                    .flatMap(row -> AequitasNames.references(row).stream())
                    .collect(Collectors.toSet());
            Optional<String> reference =
                    references.size() == 1 ? references.stream().findFirst() : Optional.empty();
            double people =
                    groups.stream().mapToDouble(each -> each.n().orElse(0.0)).sum();
            double unassigned = Math.max(0, total.map(Long::doubleValue).orElse(people) - people);
            AttributeDraft attribute = draft.attribute(new AttributeDraft(name, reference, unassigned, groups));
            rows.forEach(row ->
                    AequitasNames.disparities(row, attribute.name(), otherLabel).forEach(draft::value));
        }

        private GroupDraft group(Node.Mapping row) {
            String name = Trees.text(row, "attribute_value").orElse("");
            Optional<Confusion> counts = otherLabel
                    ? GroupDraft.counts(row, "tn", "fn", "tp", "fp", notes)
                    : GroupDraft.counts(row, "tp", "fp", "tn", "fn", notes);
            Optional<Double> size = Trees.number(row, "group_size");
            if (counts.isEmpty() || name.isEmpty()) {
                notes.refuse("counts", row.place(), "a group has no name or no counts", "Write the table again.");
            } else if (size.isPresent() && size.get() != counts.get().n()) {
                notes.disagree(
                        row.place(),
                        "group_size of " + name + " is not tp + fp + tn + fn",
                        "Correct the counts, or the size.");
            }
            return new GroupDraft(name, size, counts, row.place());
        }

        private void drop(Node.Mapping row) {
            Map<String, Set<String>> columns = new TreeMap<>();
            for (String column : row.entries().keySet()) {
                AequitasNames.reason(column, row, otherLabel)
                        .ifPresent(why -> columns.computeIfAbsent(why, key -> new TreeSet<>())
                                .add(column));
            }
            columns.forEach((why, all) -> notes.dropAll(all, why));
        }
    }
}
