package io.modelgate.importer;

import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.finding.Place;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Optional;

/**
 * A group as far as a file knows it.
 *
 * @param name its name
 * @param n how many people, where known
 * @param counts what was predicted for them, where known
 * @param place where it is in the file
 */
record GroupDraft(String name, Optional<Double> n, Optional<Confusion> counts, Place place) {
    /** A group of which only the name is known. */
    static GroupDraft of(String name, Place place) {
        return new GroupDraft(name, Optional.empty(), Optional.empty(), place);
    }

    /** A group whose counts are known. */
    static GroupDraft of(String name, Confusion counts, Place place) {
        return new GroupDraft(name, Optional.of(counts.n()), Optional.of(counts), place);
    }

    GroupDraft sized(double people) {
        return new GroupDraft(name, Optional.of(people), counts, place);
    }

    /** This group with what the user knows of it; two different sizes or counts are noted. */
    GroupDraft with(KnownGroup known, String attribute, Notes notes) {
        boolean otherSize = n.isPresent() && known.n().isPresent() && !n.equals(known.n());
        boolean otherCounts = counts.isPresent() && known.counts().isPresent() && !counts.equals(known.counts());
        if (otherSize || otherCounts) {
            notes.disagree(
                    place,
                    "the file has another size or other counts of the group " + name + " of " + attribute
                            + " than were given",
                    "Leave them out, or give the file of the same people.");
        }
        return new GroupDraft(name, n.or(known::n), counts.or(known::counts), place);
    }

    Node.Mapping toNode() {
        MappingBuilder fields = new MappingBuilder()
                .put("name", new Node.Text(place, name))
                .put("n", Trees.decimal(place, n.orElse(0.0)));
        counts.ifPresent(each -> fields.put("tp", Trees.decimal(place, each.tp()))
                .put("fp", Trees.decimal(place, each.fp()))
                .put("tn", Trees.decimal(place, each.tn()))
                .put("fn", Trees.decimal(place, each.fn())));
        return fields.build();
    }

    /** Counts of a row such as {@code tp, fp, tn, fn}; empty when they are not all there. Impossible ones are noted. */
    static Optional<Confusion> counts(Node.Mapping row, String tp, String fp, String tn, String fn, Notes notes) {
        for (String column : List.of(tp, fp, tn, fn)) {
            row.get(column)
                    .filter(node -> Trees.value(node, MetricStatus.ERROR).status() == MetricStatus.ERROR)
                    .filter(node -> !(node instanceof Node.Null))
                    .ifPresent(node -> notes.refuse(
                            "counts",
                            node.place(),
                            column + " is no number",
                            "Correct the count, or leave out all four."));
        }
        Optional<Double> a = Trees.number(row, tp);
        Optional<Double> b = Trees.number(row, fp);
        Optional<Double> c = Trees.number(row, tn);
        Optional<Double> d = Trees.number(row, fn);
        if (a.isEmpty() || b.isEmpty() || c.isEmpty() || d.isEmpty()) {
            return Optional.empty();
        }
        try {
            double n = a.get() + b.get() + c.get() + d.get();
            return Optional.of(new Confusion(n, a.get(), b.get(), c.get(), d.get()));
        } catch (IllegalArgumentException e) {
            notes.refuse("counts", row.place(), String.valueOf(e.getMessage()), "Correct the counts.");
            return Optional.empty();
        }
    }
}
