package io.modelgate.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.FairnessValue;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What four tools say of three real models, against values that were computed from the counts. */
class CreditModelTest {
    private static final List<Map<String, String>> EXPECTED = Samples.table("/evidence/recomputed.csv");

    @ParameterizedTest
    @CsvSource({
        "fairlearn/%s/fairlearn-sex.json, 14, false",
        "fairlearn/%s/fairlearn-age.json, 14, false",
        "aif360/%s/aif360-sex.json, 10, true",
        "aif360/%s/aif360-age.json, 10, true",
        "aequitas/%s/aequitas.csv, 10, true",
        "aequitas/%s/aequitas-significance.csv, 10, true",
        "aequitas/%s/aequitas-masked.csv, 10, true",
        "aequitas/%s/aequitas-fairness.csv, 10, true",
        "clarify/%s/clarify-analysis.json, 14, false",
    })
    void agreesWithTheReferenceValues(String file, int metrics, boolean counts) {
        for (String version : List.of("1.0.0", "1.1.0", "1.2.0")) {
            FairnessReport report = read(file.formatted(version));
            assertThat(report.values()).hasSize(metrics);
            long compared = report.values().stream()
                    .filter(each -> agrees(version, each))
                    .count();
            assertThat(compared).isPositive();
            for (Attribute attribute : report.attributes()) {
                assertThat(attribute.hasCounts()).isEqualTo(counts);
                Samples.counts(version, attribute.name()).forEach((name, confusion) -> {
                    assertThat(attribute.group(name).orElseThrow().n()).isEqualTo(confusion.n());
                    attribute
                            .group(name)
                            .orElseThrow()
                            .counts()
                            .ifPresent(each -> assertThat(each).isEqualTo(confusion));
                });
            }
            assertThat(FairnessReport.read(report.toFile()).findings()).isEmpty();
        }
    }

    private static boolean agrees(String version, FairnessValue value) {
        Optional<Map<String, String>> row = EXPECTED.stream()
                .filter(each -> each.get("version").equals(version)
                        && each.get("id").equals(value.metric().id())
                        && each.get("attribute").equals(value.comparison().attribute())
                        && each.get("left").equals(side(value.comparison().left(), "all"))
                        && each.get("right")
                                .equals(side(
                                        value.comparison().right(),
                                        value.comparison().left().isEmpty() ? "all" : "highest")))
                .findFirst();
        row.ifPresent(each -> assertThat(value.value().number().orElseThrow())
                .describedAs(value.label())
                .isCloseTo(Double.parseDouble(each.get("value")), within(1e-9)));
        return row.isPresent();
    }

    private static String side(Set<String> groups, String none) {
        return groups.isEmpty() ? none : String.join("+", groups);
    }

    private static FairnessReport read(String file) {
        Checked<Imported> read = Importer.read(ImportTool.AUTO, Samples.file(file), Samples.credit());
        assertThat(read.findings()).extracting(Finding::severity).allMatch(each -> each == Severity.NOTE);
        return read.get().fairness().get(0);
    }
}
