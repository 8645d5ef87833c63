package io.modelgate.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.FairnessReport;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lines of Python in docs/importing.md write. */
class DocumentedTest {
    @ParameterizedTest
    @CsvSource({"fairlearn/documented.json, 6", "aif360/documented.json, 5"})
    void isReadWithCountsSoThatAllIsComputedAgain(String file, int metrics) {
        ImportContext context = Samples.context(
                Optional.of(400L),
                new Population(
                        Optional.of("1"),
                        false,
                        List.of(new Grouping("sex", Optional.of("male"), List.of(KnownGroup.of("female"))))));
        Checked<Imported> read = Importer.read(ImportTool.AUTO, Samples.file(file), context);
        assertThat(read.findings()).extracting(Finding::rule).containsExactly("import/undated");
        FairnessReport report = read.get().fairness().get(0);
        assertThat(report.values())
                .hasSize(metrics)
                .allMatch(
                        each -> report.compute(each.metric(), each.comparison()).isPresent());
    }
}
