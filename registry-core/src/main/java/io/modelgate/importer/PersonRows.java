package io.modelgate.importer;

import io.modelgate.finding.Place;
import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Recognises files with a row per person, which never enter a registry. */
final class PersonRows {
    /** Names of columns that hold something of one person, without case and underscores. */
    private static final Set<String> OF_ONE = Set.of(
            "ytrue",
            "ypred",
            "yprob",
            "yproba",
            "yscore",
            "ytest",
            "yhat",
            "truey",
            "predictedy",
            "truelabel",
            "labelvalue",
            "label",
            "target",
            "predictedlabel",
            "prediction",
            "predictions",
            "predicted",
            "probability",
            "probabilities",
            "proba",
            "entityid",
            "personid",
            "customerid",
            "userid",
            "sensitivefeatures",
            "binvector",
            "shapvalues");

    private static final String REMEDY = "Let the tool sum up by group, and give the counts and rates of groups.";
    /** Fewer groups of one person each may be small samples. */
    private static final int FEWEST_PEOPLE = 8;

    private PersonRows() {}

    /** Notes the first sign of rows of people. */
    static void check(Source source, FindingList findings) {
        Optional<Node> sign = source instanceof Source.Json json ? find(json.root()) : Optional.empty();
        sign.ifPresent(node -> refuse(findings, node.place(), "lists something of each person"));
        if (source instanceof Source.Table table) {
            table.columns().stream()
                    .filter(PersonRows::isOfOne)
                    .findFirst()
                    .ifPresent(each ->
                            refuse(findings, Place.at(table.path(), 1, 1), "has a row per person: its column " + each));
        }
    }

    /** Notes groups that are hardly groups: in a table of people each row is one. */
    static void check(AttributeDraft attribute, Notes notes) {
        List<GroupDraft> groups = attribute.groups();
        long ofOne = groups.stream()
                .filter(each -> each.n().filter(n -> n == 1).isPresent())
                .count();
        if (groups.size() >= FEWEST_PEOPLE && ofOne * 2 > groups.size()) {
            notes.refuse(
                    "rows-of-people",
                    groups.get(0).place(),
                    "most groups of " + attribute.name() + " have one person: the file has a row per person;"
                            + " nothing of it is imported",
                    REMEDY);
        }
    }

    private static void refuse(FindingList findings, Place place, String what) {
        findings.add("import/rows-of-people", place, "the file " + what + "; nothing of it is imported", REMEDY);
    }

    private static Optional<Node> find(Node node) {
        if (node instanceof Node.Sequence list) {
            return isRows(list)
                    ? Optional.of(list)
                    : list.items().stream().flatMap(each -> find(each).stream()).findFirst();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        for (String key : mapping.entries().keySet()) {
            Node value = mapping.get(key).orElseThrow();
            if (isOfOne(key)
                    && value instanceof Node.Sequence list
                    && list.items().size() > 1) {
                return Optional.of(value);
            }
            Optional<Node> below = find(value);
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }

    /** Whether objects of a list have a label or prediction of one person each. */
    private static boolean isRows(Node.Sequence list) {
        return list.items().stream()
                .limit(1)
                .flatMap(each -> Trees.mapping(each).stream())
                .anyMatch(row -> row.entries().keySet().stream()
                        .anyMatch(key -> isOfOne(key) && !row.entries().containsKey("count")));
    }

    private static boolean isOfOne(String name) {
        return OF_ONE.contains(name.toLowerCase(Locale.ROOT).replace("_", "").replace(" ", ""));
    }
}
