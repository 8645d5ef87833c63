package io.modelgate.importer;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.Confusion;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code by_group} table of a MetricFrame: names of groups, then metrics. */
final class FairlearnGroups {
    private final ImportContext context;
    private final Notes notes;
    private final GroupRates rates = new GroupRates();
    private final List<GroupDraft> groups = new ArrayList<>();
    private String attribute = "";

    private FairlearnGroups(ImportContext context, Notes notes) {
        this.context = context;
        this.notes = notes;
    }

    /**
     * Reads the rows.
     *
     * @param metrics names that the rest of the file uses for metrics
     */
    static FairlearnGroups read(List<Node.Mapping> rows, Set<String> metrics, ImportContext context, Notes notes) {
        FairlearnGroups read = new FairlearnGroups(context, notes);
        read.read(rows, metrics);
        return read;
    }

    /** The attribute with its groups; empty when its name is unknown. */
    Optional<AttributeDraft> attribute() {
        return attribute.isBlank() || groups.isEmpty()
                ? Optional.empty()
                : Optional.of(new AttributeDraft(attribute, Optional.empty(), 0, groups));
    }

    GroupRates rates() {
        return rates;
    }

    private void read(List<Node.Mapping> rows, Set<String> metrics) {
        Set<String> known = new HashSet<>(metrics);
        known.addAll(FairlearnNames.COUNTS);
        List<String> names = new ArrayList<>();
        for (String column : rows.get(0).entries().keySet()) {
            if (known.contains(column) || FairlearnNames.rate(column).isPresent()) {
                break;
            }
            names.add(column);
        }
        if (String.join("", names).isBlank()) {
            notes.refuse("groups", rows.get(0).place(), "the first column names no groups", "Put the attribute first.");
            return;
        }
        attribute = context.population().attribute(String.join(Attribute.CROSS, names));
        rows.forEach(row -> group(row, names));
        rows.get(0).entries().keySet().stream()
                .filter(each -> !names.contains(each)
                        && !FairlearnNames.COUNTS.contains(each)
                        && FairlearnNames.rate(each).isEmpty())
                .forEach(each -> notes.drop("by_group." + each, "it is no rate that we know"));
    }

    private void group(Node.Mapping row, List<String> names) {
        List<String> parts =
                names.stream().flatMap(each -> Trees.text(row, each).stream()).toList();
        if (parts.size() < names.size()) {
            notes.refuse("groups", row.place(), "a row names no group", "Name every group, or leave the row out.");
            return;
        }
        String name = String.join(Attribute.CROSS, parts);
        boolean absent = row.entries().entrySet().stream()
                .allMatch(each -> names.contains(each.getKey())
                        || Trees.number(each.getValue()).isEmpty());
        Optional<Confusion> read = GroupDraft.counts(row, "tp", "fp", "tn", "fn", notes);
        Optional<Confusion> counts = absent ? Optional.of(Confusion.NOBODY) : read;
        Optional<Double> n = Trees.number(row, "count");
        if (counts.isPresent() && n.isPresent() && n.get() != counts.get().n()) {
            notes.disagree(
                    row.place(), "count of " + name + " is not tp + fp + tn + fn", "Correct the counts, or the count.");
        }
        groups.add(new GroupDraft(name, n.or(() -> counts.map(Confusion::n)), counts, row.place()));
        if (!absent) {
            row.entries()
                    .forEach((column, node) ->
                            FairlearnNames.rate(column).ifPresent(rate -> rates.add(name, rate, column, node)));
        }
    }
}
