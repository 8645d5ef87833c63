package io.modelgate.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.FairnessValue;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairlearnImporterTest {
    private static final String WITH_COUNTS = """
            {"fairlearn": "0.15.0",
             "overall": {"selection_rate": 0.775, "count": 400},
             "by_group": [
              {"sex": "female", "selection_rate": 0.76, "true_positive_rate": 0.9024390243902439,
               "count": 125.0, "tp": 74.0, "fp": 21.0, "tn": 22.0, "fn": 8.0},
              {"sex": "male", "selection_rate": 0.7818181818181819, "true_positive_rate": 0.8484848484848485,
               "count": 275.0, "tp": 168.0, "fp": 47.0, "tn": 30.0, "fn": 30.0}],
             "difference": {"selection_rate": 0.021818181818181848, "true_positive_rate": 0.05395417590539542, "tp": 94.0},
             "ratio": {"selection_rate": 0.9720930232558139}}
            """;

    @Test
    void readsAFrameWithoutCounts() {
        Imported imported = Importer.read(
                        ImportTool.FAIRLEARN, Samples.file("fairlearn/1.0.0/fairlearn-sex.json"), Samples.credit())
                .get();
        FairnessReport report = imported.fairness().get(0);
        assertThat(report.measurement().tool().version()).isEqualTo("0.15.0");
        assertThat(report.attribute("sex").orElseThrow().reference()).contains("male");
        assertThat(report.attribute("sex")
                        .orElseThrow()
                        .group("female")
                        .orElseThrow()
                        .n())
                .isEqualTo(125);
        FairnessValue parity = report.value(FairnessMetric.DEMOGRAPHIC_PARITY_DIFFERENCE, Comparison.all("sex"))
                .orElseThrow();
        assertThat(parity.value()).isEqualTo(MetricValue.of(0.021818181818181848));
        assertThat(parity.original().orElseThrow().name()).isEqualTo("difference.selection_rate");
        assertThat(parity.original().orElseThrow().conversion()).contains("as is");
        assertThat(report.value(FairnessMetric.DISPARATE_IMPACT_RATIO, Comparison.of("sex", "female", "male")))
                .isPresent();
        assertThat(imported.dropped())
                .anyMatch(each -> each.startsWith("equalized_odds_ratio: "))
                .anyMatch(each -> each.startsWith("difference.count: "))
                .contains(
                        "demographic_parity_difference of sex: all groups: says the same as difference.selection_rate.");
    }

    @Test
    void computesEverythingAgainFromCounts() {
        Imported imported = read(WITH_COUNTS).get();
        FairnessReport report = imported.fairness().get(0);
        assertThat(report.attribute("sex")
                        .orElseThrow()
                        .group("male")
                        .orElseThrow()
                        .counts())
                .contains(new Confusion(275, 168, 47, 30, 30));
        assertThat(report.values())
                .hasSize(3)
                .allMatch(
                        each -> report.compute(each.metric(), each.comparison()).isPresent());
        assertThat(read(WITH_COUNTS.replace("0.021818181818181848", "0.05")).findings())
                .anyMatch(each -> each.blocks() && each.message().contains("counts or rates give 0.0218"));
    }

    @Test
    void takesZeroOfNobodyAsUndefined() {
        String text = WITH_COUNTS
                .replace(
                        "\"count\": 125.0, \"tp\": 74.0, \"fp\": 21.0, \"tn\": 22.0, \"fn\": 8.0",
                        "\"count\": 125, \"tp\": 0, \"fp\": 95, \"tn\": 30, \"fn\": 0")
                .replace("0.05395417590539542", "0.8484848484848485");
        FairnessReport report = read(text).get().fairness().get(0);
        FairnessValue range =
                report.value(FairnessMetric.TPR_RANGE, Comparison.all("sex")).orElseThrow();
        assertThat(range.value()).isEqualTo(MetricValue.none(MetricStatus.UNDEFINED));
        assertThat(range.original().orElseThrow().conversion()).contains("dropped: the counts or rates say undefined");
    }

    @Test
    void readsCrossedAttributesWithAbsentGroups() {
        ImportContext context = Samples.context(Optional.of(400L), new Population(Optional.of("1"), false, List.of()));
        for (String name : List.of("fairlearn-by-group.csv", "fairlearn-by-group.json")) {
            FairnessReport report = Importer.read(ImportTool.AUTO, Samples.file("edge/intersection/" + name), context)
                    .get()
                    .fairness()
                    .get(0);
            assertThat(report.attributes()).hasSize(1);
            assertThat(report.attributes().get(0).name()).isEqualTo("sex*age-bucket*third");
            assertThat(report.attributes().get(0).groups()).hasSize(12);
            assertThat(report.attributes()
                            .get(0)
                            .group("female*18-25*local")
                            .orElseThrow()
                            .n())
                    .isZero();
            assertThat(report.values(FairnessMetric.IMPACT_RATIO, "sex*age-bucket*third"))
                    .hasSize(10);
        }
    }

    @Test
    void readsTheTableAlone() {
        FairnessReport report = Importer.read(
                        ImportTool.FAIRLEARN,
                        Samples.file("fairlearn/1.0.0/fairlearn-by-group-sex.csv"),
                        Samples.credit())
                .get()
                .fairness()
                .get(0);
        assertThat(report.measurement().tool().version()).isEqualTo("9.9.9");
        assertThat(report.value(FairnessMetric.DISPARATE_IMPACT_RATIO, Comparison.of("sex", "female", "male"))
                        .orElseThrow()
                        .value()
                        .number()
                        .getAsDouble())
                .isEqualTo(0.9720930232558139);
    }

    @Test
    void saysWhatIsMissing() {
        List<Finding> findings = Importer.read(
                        ImportTool.FAIRLEARN, Samples.file("fairlearn/1.0.0/fairlearn-sex.json"), Samples.NOTHING)
                .findings();
        assertThat(findings).extracting(Finding::remedy).contains("Say --favourable, such as 1.");
    }

    @Test
    void passesOnThatTheToolFailed() {
        for (String name : List.of("missing", "string-labels")) {
            Checked<Imported> read =
                    Importer.read(ImportTool.AUTO, Samples.file("edge/" + name + "/fairlearn.json"), Samples.credit());
            assertThat(read.findings())
                    .anyMatch(each -> each.rule().equals("import/tool-failed")
                            && each.message().contains("ValueError"));
        }
    }

    @Test
    void refusesBootstrapsWithoutGroups() {
        assertThat(Importer.read(
                                ImportTool.AUTO,
                                Samples.file("fairlearn/1.0.0/fairlearn-more-sex.json"),
                                Samples.credit())
                        .findings())
                .anyMatch(each -> each.message().contains("no by_group table"));
    }

    private static Checked<Imported> read(String text) {
        return Importer.read(ImportTool.FAIRLEARN, Samples.text(text), Samples.credit());
    }
}
