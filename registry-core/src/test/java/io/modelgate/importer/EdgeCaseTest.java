package io.modelgate.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.FairnessValue;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What four tools say of 17 small tables that are hard to measure. */
class EdgeCaseTest {
    private static final List<Map<String, String>> CONVENTIONS = Samples.table("/evidence/edge/conventions.csv");
    private static final Set<String> IDS =
            Arrays.stream(FairnessMetric.values()).map(FairnessMetric::id).collect(Collectors.toSet());

    /** Cases and tools whose file says that the tool failed. */
    private static final Set<String> FAILED =
            Set.of("missing fairlearn", "missing aif360", "string-labels fairlearn", "nobody-selected clarify");

    static List<String> cases() {
        return CONVENTIONS.stream().map(each -> each.get("case")).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheCountsWhateverTheToolWrote(String name) {
        boolean counts = !name.equals("missing") && !name.equals("weights");
        agree(name, "fairlearn", false, 3);
        agree(name, "aif360", false, 9);
        agree(name, "clarify", counts, name.equals("weights") ? 0 : 6);
        // the tables of the crossed attributes have no disparities, those of the weighted case none of weights
        agree(name, "aequitas", false, counts && !name.equals("intersection") ? 4 : 0);
    }

    private static void agree(String name, String tool, boolean counts, int atLeast) {
        assertThat(agreements(name, tool, counts))
                .describedAs(name + " " + tool)
                .isGreaterThanOrEqualTo(FAILED.contains(name + " " + tool) ? 0 : atLeast);
    }

    /** Imports the file of a tool and compares each value that has one of our ids; gives their number. */
    private static long agreements(String name, String tool, boolean counts) {
        Node.Mapping known = Samples.json("/evidence/edge/" + name + ".json");
        Checked<Imported> read =
                Importer.read(ImportTool.parse(tool), file(name, tool), context(known, name, tool, counts));
        if (FAILED.contains(name + " " + tool)) {
            assertThat(read.findings()).extracting(Finding::rule).contains("import/tool-failed");
            return 0;
        }
        FairnessReport report = read.get().fairness().get(0);
        List<Map<String, String>> rows = CONVENTIONS.stream()
                .filter(row -> row.get("case").equals(name) && row.get("tool").equals(tool))
                .filter(row -> IDS.contains(row.get("id")))
                .filter(row -> !row.get("native_value").equals("no such metric"))
                .toList();
        boolean weightless = name.equals("weights") && (tool.equals("aequitas") || tool.equals("clarify"));
        long compared = 0;
        for (Map<String, String> row : rows) {
            FairnessValue value = find(report, row).orElseThrow(() -> new AssertionError(row));
            boolean undefined = row.get("agree").equals("NO") && tool.equals("clarify") && !counts;
            if (!weightless && !undefined) {
                compare(row, value);
                compared++;
            }
        }
        return weightless ? rows.size() : compared;
    }

    private static void compare(Map<String, String> row, FairnessValue value) {
        String expected = row.get("expected_from_counts");
        if (expected.equals("undefined") || expected.equals("infinite")) {
            assertThat(value.value().status().word())
                    .describedAs(row.toString())
                    .isEqualTo(expected);
        } else {
            assertThat(value.value().number().orElseThrow())
                    .describedAs(row.toString())
                    .isCloseTo(Double.parseDouble(expected), within(1e-9));
        }
        assertThat(value.original().orElseThrow().conversion().orElse(""))
                .startsWith(
                        row.get("agree").equals("NO")
                                ? "dropped: "
                                : row.get("conversion").equals("negate") ? "negated" : "as is");
    }

    private static Optional<FairnessValue> find(FairnessReport report, Map<String, String> row) {
        Set<String> left = row.get("left").equals("all groups")
                ? Set.of()
                : new TreeSet<>(List.of(row.get("left").split("\\+", -1)));
        return report.values().stream()
                .filter(each -> each.metric().id().equals(row.get("id")))
                .filter(each -> each.comparison().left().equals(left))
                .findFirst();
    }

    private static SourceFile file(String name, String tool) {
        return Samples.file("edge/" + name + "/" + tool + (tool.equals("aequitas") ? ".csv" : ".json"));
    }

    /** What a user would say: the favourable label, the reference, and groups where the tool does not say them. */
    private static ImportContext context(Node.Mapping known, String name, String tool, boolean counts) {
        Map<String, Confusion> groups = Samples.confusions(Samples.mapping(known, "groups"));
        boolean size = tool.equals("clarify") || (tool.equals("aif360") && groups.size() > 2);
        List<KnownGroup> said = groups.entrySet().stream()
                .map(each -> counts
                        ? KnownGroup.of(each.getKey(), each.getValue())
                        : size
                                ? KnownGroup.of(each.getKey(), people(name, each.getKey(), each.getValue()))
                                : KnownGroup.of(each.getKey()))
                .toList();
        Grouping grouping =
                new Grouping(Trees.text(known, "attribute").orElseThrow(), Trees.text(known, "reference"), said);
        return Samples.context(
                rows(known, name, groups),
                new Population(Trees.text(known, "favourable"), name.equals("weights"), List.of(grouping)));
    }

    /** The counts of the weighted case are sums of weights; there are 125 women and 275 men. */
    private static double people(String name, String group, Confusion counts) {
        return name.equals("weights") ? (group.equals("female") ? 125 : 275) : counts.n();
    }

    private static Optional<Long> rows(Node.Mapping known, String name, Map<String, Confusion> groups) {
        if (name.equals("weights")) {
            return Optional.of(400L);
        }
        double sum = groups.values().stream().mapToDouble(Confusion::n).sum();
        return Optional.of((long) (sum + Trees.number(known, "missing").orElse(0.0)));
    }

    @Test
    void saysThatAToolIgnoredWeights() {
        Node.Mapping known = Samples.json("/evidence/edge/weights.json");
        for (String tool : List.of("aequitas", "clarify")) {
            Checked<Imported> read = Importer.read(
                    ImportTool.parse(tool), file("weights", tool), context(known, "weights", tool, false));
            assertThat(read.findings()).extracting(Finding::rule).contains("import/weights");
            assertThat(read.get().fairness().get(0).weighted()).isFalse();
        }
    }

    @Test
    void countsRowsWithoutAGroup() {
        Node.Mapping known = Samples.json("/evidence/edge/missing.json");
        FairnessReport aequitas = Importer.read(
                        ImportTool.AUTO, file("missing", "aequitas"), context(known, "missing", "aequitas", false))
                .get()
                .fairness()
                .get(0);
        assertThat(aequitas.attribute("sex").orElseThrow().unassigned()).isEqualTo(35);
        Checked<Imported> clarify =
                Importer.read(ImportTool.AUTO, file("missing", "clarify"), context(known, "missing", "clarify", false));
        assertThat(clarify.get().fairness().get(0).values())
                .allMatch(each -> each.comparison().right().equals(Set.of("male", "unassigned")));
        assertThat(clarify.findings()).anyMatch(each -> each.message().contains("35 rows without a group"));
    }
}
