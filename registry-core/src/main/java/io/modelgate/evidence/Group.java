package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Optional;

/**
 * One group of people.
 *
 * @param name its name
 * @param n how many, or the sum of their weights
 * @param counts what was predicted for them, where known
 * @param place where the group is in its file
 */
public record Group(String name, double n, Optional<Confusion> counts, Place place) {
    /** So many that the sum over all groups of a report is still exact. */
    private static final double MOST = 1e11;

    private static final List<String> COUNTS = List.of("tp", "fp", "tn", "fn");

    public Group {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a group needs a name");
        }
        double size = n;
        if (counts.filter(each -> each.n() != size).isPresent()) {
            throw new IllegalArgumentException("the counts are of another number of people");
        }
    }

    /** A group whose counts are known. */
    public static Group of(String name, Confusion counts) {
        return new Group(name, counts.n(), Optional.of(counts), Place.NOWHERE);
    }

    /** Whether n and all counts are whole numbers. */
    boolean isWhole() {
        return Numbers.isWhole(n)
                && counts.stream()
                        .allMatch(each -> Numbers.isWhole(each.tp())
                                && Numbers.isWhole(each.fp())
                                && Numbers.isWhole(each.tn())
                                && Numbers.isWhole(each.fn()));
    }

    /** Reads the fields; empty, with findings noted, when something is wrong. */
    static Optional<Group> of(Fields fields) {
        String name = fields.text("name");
        int before = fields.findingCount();
        double n = count(fields, name, "n", fields.number("n").doubleValue());
        long given = COUNTS.stream().filter(fields::has).count();
        if (fields.has("name") && name.isBlank()) {
            fields.refuse("name", "name is empty", "Name the group.");
        }
        if (given != 0 && given != COUNTS.size()) {
            fields.refuse("n", "only some of tp, fp, tn and fn are given", "Give all four, or none.");
        }
        Optional<Confusion> counts =
                given == COUNTS.size() && fields.findingCount() == before ? counts(fields, name, n) : Optional.empty();
        boolean wrong = fields.findingCount() > before || name.isBlank();
        return wrong ? Optional.empty() : Optional.of(new Group(name, n, counts, fields.place("name")));
    }

    private static Optional<Confusion> counts(Fields fields, String name, double n) {
        int before = fields.findingCount();
        double[] each = COUNTS.stream()
                .mapToDouble(key -> count(fields, name, key, fields.number(key).doubleValue()))
                .toArray();
        if (fields.findingCount() > before) {
            return Optional.empty();
        }
        double sum = each[0] + each[1] + each[2] + each[3];
        if (!Confusion.isSum(sum, n)) {
            fields.refuse(
                    "n",
                    label("n", name) + " is " + Numbers.text(n) + ", but tp + fp + tn + fn is " + Numbers.text(sum),
                    "Correct the counts, or leave all four out.");
            return Optional.empty();
        }
        return Optional.of(new Confusion(n, each[0], each[1], each[2], each[3]));
    }

    private static String label(String key, String name) {
        return name.isBlank() ? key : key + " of " + name;
    }

    private static double count(Fields fields, String name, String key, double value) {
        if (value >= 0 && value <= MOST) {
            return value;
        }
        fields.refuse(
                key, label(key, name) + " must be 0 or more, and at most 100000000000", "Write how many there are.");
        return 0;
    }

    Node.Mapping toNode() {
        MappingBuilder fields = new MappingBuilder().text("name", name).number("n", Numbers.decimal(n));
        counts.ifPresent(each -> fields.number("tp", Numbers.decimal(each.tp()))
                .number("fp", Numbers.decimal(each.fp()))
                .number("tn", Numbers.decimal(each.tn()))
                .number("fn", Numbers.decimal(each.fn())));
        return fields.build();
    }
}
