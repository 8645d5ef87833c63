package io.modelgate.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Aif360ImporterTest {
    private static final Comparison SEX = Comparison.of("sex", "female", "male");

    @Test
    void readsADump() {
        Imported imported = read("aif360/1.0.0/aif360-sex.json").get();
        FairnessReport report = imported.fairness().get(0);
        assertThat(report.favourable()).isEqualTo("1");
        assertThat(report.attribute("sex")
                        .orElseThrow()
                        .group("female")
                        .orElseThrow()
                        .counts())
                .contains(new Confusion(125, 74, 21, 22, 8));
        assertThat(report.value(FairnessMetric.NPV_DIFFERENCE, SEX)
                        .orElseThrow()
                        .value()
                        .number())
                .hasValue(0.23333333333333334);
        assertThat(report.value(FairnessMetric.NPV_DIFFERENCE, SEX)
                        .orElseThrow()
                        .original()
                        .orElseThrow()
                        .conversion())
                .contains("negated");
        assertThat(imported.dropped())
                .contains("theil_index: we have no metric of this meaning.")
                .anyMatch(each -> each.startsWith("performance: "));
    }

    @Test
    void refusesMetricsOfLabels() {
        assertThat(read("aif360/1.0.0/aif360-dataset-sex.json").findings())
                .anyMatch(each -> each.rule().equals("import/labels"));
        Checked<Imported> published = read("aif360/german_credit_sex.json");
        assertThat(published.findings()).anyMatch(each -> each.message().contains("no explainer is about predictions"));
    }

    @Test
    void readsTwoExplainersWithAWarning() {
        Checked<Imported> read = read("aif360/1.0.0/aif360-explainer-sex.json");
        FairnessReport report = read.get().fairness().get(0);
        assertThat(report.attribute("sex").orElseThrow().total()).isEqualTo(400);
        assertThat(report.attribute("sex").orElseThrow().hasCounts()).isFalse();
        assertThat(report.value(FairnessMetric.DISPARATE_IMPACT_RATIO, SEX)
                        .orElseThrow()
                        .value()
                        .number())
                .hasValue(0.9720930232558139);
        assertThat(read.findings()).extracting(Finding::rule).containsExactly("import/labels", "import/undated");
    }

    @Test
    void takesNeitherMessageNorCountsWhereTheyDisagree() {
        Checked<Imported> read = read("aif360/1.0.0/aif360-explainers-all-sex.json");
        assertThat(read.findings())
                .hasSize(2)
                .anySatisfy(each -> assertThat(each.message())
                        .startsWith(
                                "the message of Mean Difference says -0.021818181818181848, but its counts give -0.06")
                        .endsWith("neither is taken"));
        FairnessReport report = read.get().fairness().get(0);
        assertThat(report.attribute("sex")
                        .orElseThrow()
                        .group("female")
                        .orElseThrow()
                        .counts())
                .contains(new Confusion(125, 74, 21, 22, 8));
        assertThat(report.values())
                .hasSize(8)
                .allMatch(
                        each -> report.compute(each.metric(), each.comparison()).isPresent());
    }

    @Test
    void saysWhoMustBeNamed() {
        assertThat(Importer.read(ImportTool.AUTO, Samples.file("edge/plain/aif360.json"), Samples.NOTHING)
                        .findings())
                .extracting(Finding::remedy)
                .contains("Say --reference <attribute>=<group>.", "Say --favourable, such as 1.");
        ImportContext named = Samples.context(
                Optional.of(400L), new Population(Optional.of("1"), false, List.of(Grouping.of("sex"))));
        assertThat(Importer.read(ImportTool.AUTO, Samples.file("edge/plain/aif360.json"), named)
                        .findings())
                .extracting(Finding::remedy)
                .contains("Say --reference sex=<group>.", "Say --group sex=<group> for each of them.");
    }

    @Test
    void passesOnThatTheToolFailed() {
        assertThat(readAs("edge/missing/aif360.json").findings())
                .anyMatch(each -> each.message().contains("AIF360 failed: ValueError"));
    }

    @Test
    void refusesAnotherFavourableLabel() {
        ImportContext other = Samples.context(
                Optional.of(400L),
                new Population(
                        Optional.of("0"), false, Samples.credit().population().groupings()));
        assertThat(Importer.read(ImportTool.AIF360, Samples.file("aif360/1.0.0/aif360-sex.json"), other)
                        .findings())
                .anyMatch(each -> each.message().contains("favourable label of the file is 1, not 0"));
    }

    private static Checked<Imported> readAs(String file) {
        return Importer.read(ImportTool.AIF360, Samples.file(file), Samples.credit());
    }

    /** Where the file names no attribute, the user names one. */
    private static Checked<Imported> read(String file) {
        ImportContext sex = Samples.context(
                file.contains("german") ? Optional.empty() : Optional.of(400L),
                new Population(
                        Optional.of("1"),
                        false,
                        List.of(new Grouping("sex", Optional.of("male"), List.of(KnownGroup.of("female"))))));
        return Importer.read(ImportTool.AUTO, Samples.file(file), sex);
    }
}
