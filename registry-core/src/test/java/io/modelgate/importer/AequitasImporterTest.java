package io.modelgate.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.finding.Checked;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AequitasImporterTest {
    @Test
    void readsATableOfAnotherProject() {
        Checked<Imported> read = Importer.read(
                ImportTool.AUTO,
                Samples.file("aequitas/compas_groups_race.csv"),
                Samples.context(Optional.empty(), new Population(Optional.of("1"), false, List.of())));
        FairnessReport report = read.get().fairness().get(0);
        assertThat(report.measurement().rows()).isEqualTo(7214);
        assertThat(report.attribute("race").orElseThrow().groups()).hasSize(6);
        assertThat(report.values()).isEmpty();
    }

    @Test
    void dropsPValuesAndVerdicts() {
        assertThat(dropped("aequitas-significance.csv"))
                .anyMatch(each -> each.contains("tpr_significance")
                        && each.endsWith(": Aequitas computes p-values with tests that do not suit shares."))
                .contains("fdr_disparity, for_disparity, npv_disparity, ppr_disparity, precision_disparity: we have no"
                        + " metric of this meaning.");
        assertThat(dropped("aequitas-masked.csv"))
                .anyMatch(each -> each.contains("tpr_significance") && each.endsWith(": it was made True or False."));
        assertThat(dropped("aequitas-fairness.csv"))
                .anyMatch(each -> each.contains("Statistical Parity")
                        && each.endsWith(": it is a verdict, which policies make here."));
    }

    @Test
    void listsEveryColumnThatIsNotWritten() {
        assertThat(dropped("aequitas.csv"))
                .containsExactly(
                        "fdr_ref_group_value, for_ref_group_value, npv_ref_group_value, ppr_ref_group_value,"
                                + " precision_ref_group_value: it belongs to a disparity that is left out.",
                        "k, model_id, score_threshold: it is about the run, of which a report does not tell.",
                        "accuracy, fdr, fnr, for, fpr, group_label_neg, group_label_pos, npv, pn, pp, ppr, pprev,"
                                + " precision, prev, tnr, tpr: the counts say the same.",
                        "fdr_disparity, for_disparity, npv_disparity, ppr_disparity, precision_disparity: we have no"
                                + " metric of this meaning.");
    }

    @Test
    void turnsTheTableRoundWhenZeroIsFavourable() {
        FairnessReport report = Importer.read(
                        ImportTool.AUTO,
                        Samples.file("edge/favourable-0/aequitas.csv"),
                        Samples.context(
                                Optional.empty(), new Population(Optional.of("0"), false, List.of(Grouping.of("sex")))))
                .get()
                .fairness()
                .get(0);
        assertThat(report.attribute("sex")
                        .orElseThrow()
                        .group("female")
                        .orElseThrow()
                        .counts())
                .contains(new Confusion(125, 74, 21, 22, 8));
        assertThat(report.value(FairnessMetric.DISPARATE_IMPACT_RATIO, Comparison.of("sex", "female", "male")))
                .isEmpty();
    }

    @Test
    void takesItsCapForInfinite() {
        FairnessReport report = Importer.read(
                        ImportTool.AUTO, Samples.file("edge/reference-none-selected/aequitas.csv"), Samples.credit())
                .get()
                .fairness()
                .get(0);
        assertThat(report.value(FairnessMetric.DISPARATE_IMPACT_RATIO, Comparison.of("group", "female", "male"))
                        .orElseThrow()
                        .value())
                .isEqualTo(MetricValue.none(MetricStatus.INFINITE));
    }

    @Test
    void namesDisparitiesThatAreNoNumbers() {
        String table = new String(Samples.bytes("/importer/aequitas/1.1.0/aequitas.csv"), UTF_8);
        Checked<Imported> read = Importer.read(
                ImportTool.AUTO,
                Samples.text(table.replace("0.9359649122807018,", "inf,")),
                Samples.context(Optional.empty(), new Population(Optional.of("1"), false, List.of())));
        assertThat(read.findings())
                .anyMatch(each -> each.message()
                        .equals("pprev_disparity of sex: female / male is inf in the file: written as infinite"));
    }

    @Test
    void findsTablesThatContradictThemselves() {
        assertThat(findings("0.9720930232558139", "0.9")).contains("import/disagrees");
        assertThat(findings(",125,400,", ",126,400,")).contains("import/disagrees");
        assertThat(findings(",21,8,22,74,", ",21,8,22,-74,")).contains("import/counts");
        assertThat(findings(",21,8,22,74,", ",21,8,22,,")).contains("import/counts");
        assertThat(findings("0,binary 0/1,310,age,over-25", "1,binary 0/1,310,age,over-25"))
                .contains("import/several-models");
    }

    private static List<String> findings(String part, String instead) {
        String text = Samples.file("aequitas/1.0.0/aequitas.csv").text();
        assertThat(text).contains(part);
        return Importer.read(ImportTool.AUTO, Samples.text(text.replace(part, instead)), Samples.credit())
                .findings()
                .stream()
                .map(each -> each.rule())
                .toList();
    }

    private static List<String> dropped(String name) {
        return Importer.read(ImportTool.AUTO, Samples.file("aequitas/1.0.0/" + name), Samples.credit())
                .get()
                .dropped();
    }
}
