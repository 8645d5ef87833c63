package io.modelgate.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.Comparison;
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

class ClarifyImporterTest {
    private static final Comparison SEX = Comparison.of("sex", "female", "male");
    private static final Comparison GENDER = Comparison.of("customer_gender_female", "1", "0");

    @Test
    void turnsSignsRound() {
        Imported imported = read(text()).get();
        FairnessReport report = imported.fairness().get(0);
        assertThat(report.favourable()).isEqualTo("1");
        assertThat(report.measurement().tool().name()).isEqualTo("sagemaker-clarify");
        FairnessValue parity =
                report.value(FairnessMetric.SELECTION_RATE_DIFFERENCE, SEX).orElseThrow();
        assertThat(parity.value()).isEqualTo(MetricValue.of(-0.021818181818181848));
        assertThat(parity.original().orElseThrow().name()).isEqualTo("DPPL");
        assertThat(report.value(FairnessMetric.CLASS_IMBALANCE, SEX)
                        .orElseThrow()
                        .value())
                .isEqualTo(MetricValue.of(0.375));
        assertThat(report.attribute("sex")
                        .orElseThrow()
                        .group("female")
                        .orElseThrow()
                        .n())
                .isEqualTo(125);
        assertThat(imported.dropped())
                .contains("DPL: it is about the data, before any model.")
                .contains("SD: we have no metric of this meaning.");
    }

    @Test
    void readsAReportOfAnotherProject() {
        ImportContext context = Samples.context(
                Optional.of(1000L),
                new Population(
                        Optional.empty(),
                        false,
                        List.of(new Grouping("customer_gender_female", Optional.of("0"), List.of()))));
        FairnessReport report = Importer.read(ImportTool.AUTO, Samples.file("clarify/bias_1.json"), context)
                .get()
                .fairness()
                .get(0);
        assertThat(report.favourable()).isEqualTo("0");
        assertThat(report.attribute("customer_gender_female")
                        .orElseThrow()
                        .group("1")
                        .orElseThrow()
                        .n())
                .isEqualTo(301);
        assertThat(report.value(FairnessMetric.DISPARATE_IMPACT_RATIO, GENDER)
                        .orElseThrow()
                        .value())
                .isEqualTo(MetricValue.of(1));
    }

    @Test
    void keepsFailuresAndInfinities() {
        String text = text().replace("\"value\": 0.9720930232558139", "\"value\": \"Infinity\"")
                .replace("\"value\": 0.021818181818181848", "\"value\": null, \"error\": \"no luck\"");
        Checked<Imported> read = read(text);
        FairnessReport report = read.get().fairness().get(0);
        assertThat(report.value(FairnessMetric.DISPARATE_IMPACT_RATIO, SEX)
                        .orElseThrow()
                        .value())
                .isEqualTo(MetricValue.none(MetricStatus.INFINITE));
        assertThat(report.value(FairnessMetric.SELECTION_RATE_DIFFERENCE, SEX)
                        .orElseThrow()
                        .value())
                .isEqualTo(MetricValue.none(MetricStatus.ERROR));
        assertThat(read.findings()).extracting(Finding::message).contains("Clarify has no DPPL: no luck");
    }

    @Test
    void saysWhatIsMissing() {
        ImportContext nobody = Samples.context(Optional.of(400L), Population.UNKNOWN);
        assertThat(Importer.read(ImportTool.AUTO, Samples.text(text()), nobody).findings())
                .extracting(Finding::remedy)
                .contains("Say --reference sex=<group>.", "Say --reference age=<group>.");
        ImportContext noRows =
                Samples.context(Optional.empty(), Samples.credit().population());
        assertThat(Importer.read(ImportTool.AUTO, Samples.text(text()), noRows).findings())
                .extracting(Finding::remedy)
                .contains("Say --rows <number>.", "Say --group sex=female:<number>.");
        assertThat(Importer.read(ImportTool.AUTO, Samples.file("edge/plain/clarify.json"), nobody)
                        .findings())
                .extracting(Finding::remedy)
                .contains("Say --reference <attribute>=<group>.");
    }

    @Test
    void findsAFavourableLabelThatIsAnother() {
        assertThat(read(text().replace("\"label_value_or_threshold\": \"1\"", "\"label_value_or_threshold\": \"0\""))
                        .findings())
                .anyMatch(each -> each.message().equals("the favourable label of the file is 0, not 1"));
    }

    @Test
    void readsGlobalShapValues() {
        Explanation explanation = Importer.read(
                        ImportTool.AUTO, Samples.file("clarify/explainability.json"), Samples.NOTHING)
                .get()
                .explanation()
                .orElseThrow();
        assertThat(explanation.method()).isEqualTo("kernel_shap of label0");
        assertThat(explanation.units()).isEmpty();
        assertThat(explanation.features().get(0))
                .isEqualTo(new Explanation.Feature("customer_gender_male", 0.01089049476601324));
    }

    @Test
    void readsASummaryOfShap() {
        Imported imported = Importer.read(ImportTool.AUTO, Samples.file("shap/1.0.0/shap-global.json"), Samples.NOTHING)
                .get();
        Explanation explanation = imported.explanation().orElseThrow();
        assertThat(explanation.method()).isEqualTo("shap LinearExplainer");
        assertThat(explanation.version()).contains("0.51.0");
        assertThat(explanation.units()).contains("log-odds");
        assertThat(explanation.rows()).contains(400L);
        assertThat(explanation.features()).hasSize(20);
        assertThat(explanation.features().get(0).name()).isEqualTo("t__credit_history_A34");
        assertThat(imported.fairness()).isEmpty();
        Checked<Imported> bad = Importer.read(
                ImportTool.SHAP,
                Samples.text("{\"shap\": \"1\", \"global\": [{\"feature\": \"a\", \"mean_abs_shap\": -1}, {}]}"),
                Samples.NOTHING);
        assertThat(bad.findings()).extracting(Finding::rule).containsExactly("import/nothing");
    }

    private static String text() {
        return Samples.file("clarify/1.0.0/clarify-analysis.json").text();
    }

    private static Checked<Imported> read(String text) {
        return Importer.read(ImportTool.CLARIFY, Samples.text(text), Samples.credit());
    }
}
