package io.modelgate.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImporterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"rows.csv", "rows.jsonl", "aequitas-input.csv", "fairlearn-dashboard.json", "shap-per-row.json"})
    void refusesRowsOfPeople(String name) {
        for (ImportTool tool : ImportTool.values()) {
            Checked<Imported> read = Importer.read(tool, Samples.file("refuse/" + name), Samples.credit());
            assertThat(read.ok()).isFalse();
            assertThat(read.findings())
                    .anyMatch(each -> (each.rule().equals("import/rows-of-people")
                                    || each.rule().equals("import/several-values"))
                            && each.message().contains("person"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[]",
                "{}",
                "[[[[",
                "a,b\n1",
                "a,a\n1,2",
                "a,b",
                "a,\"b",
                "---\n",
                "---\n- a\n---\n",
                "---\na: [\n---\n",
                "---\na: 1\n---\n",
                "{\"fairlearn\": 1}",
                "{\"fairlearn\": \"1\", \"by_group\": 3}",
                "{\"fairlearn\": \"1\", \"by_group\": [1]}",
                "{\"fairlearn\": \"1\", \"by_group\": [{}]}",
                "{\"fairlearn\": \"1\", \"by_group\": [{\"sex\": null, \"count\": 3}]}",
                "{\"fairlearn\": \"1\", \"by_group\": [{\"sex\": \"f\", \"count\": -3}]}",
                "{\"fairlearn\": \"1\", \"by_group\": [{\"sex\": \"f\", \"count\": NaN, \"selection_rate\": 0.5}]}",
                "{\"fairlearn\": \"1\", \"by_group\": [{\"sex\": \"f\", \"tp\": -1, \"fp\": 1, \"tn\": 1, \"fn\": 1}]}",
                "{\"fairlearn\": \"1\", \"by_group\": [{\"sex\": \"f\", \"count\": 1e999}]}",
                "{\"fairlearn\": \"1\", \"by_group\": [{\"sex\": \"f\", \"count\": 400}], \"difference\": {\"selection_rate\": 7}}",
                "{\"fairlearn\": \"1\", \"fairlearn\": \"2\"}",
                "hello",
                "\u0000\u0001",
            })
    void findsWhatIsWrong(String text) {
        for (ImportTool tool : ImportTool.values()) {
            Checked<Imported> read = Importer.read(tool, Samples.text(text), Samples.credit());
            assertThat(read.findings()).anyMatch(Finding::blocks);
            assertThat(read.findings())
                    .allMatch(each -> !each.blocks() || !each.remedy().isEmpty());
        }
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeep() {
        assertThat(rules("[".repeat(100_000))).containsExactly("import/limit");
        assertThat(rules("{\"fairlearn\": [" + "1,".repeat(1_000_001) + "1]}")).containsExactly("import/limit");
        assertThat(rules("{\"a\": \"" + "x".repeat(17 * 1024 * 1024) + "\"}")).containsExactly("import/too-large");
        StringBuilder table = new StringBuilder("sex,selection_rate,count\n");
        for (int i = 0; i < 10_001; i++) {
            table.append('g').append(i).append(",0.5,1\n");
        }
        assertThat(rules(table.toString())).contains("import/limit");
    }

    @Test
    void refusesATableWhoseGroupsAreSinglePeople() {
        StringBuilder table = new StringBuilder("name,selection_rate,count\n");
        for (int i = 0; i < 8; i++) {
            table.append("person").append(i).append(",1,1\n");
        }
        assertThat(rules(table.toString())).contains("import/rows-of-people");
        assertThat(rules(table.toString().replace(",1,1\n", ",1,2\n"))).doesNotContain("import/rows-of-people");
    }

    @Test
    void refusesCountsThatAreNoNumbers() {
        String text =
                "{\"fairlearn\": \"1\", \"by_group\": [{\"sex\": \"f\", \"tp\": \"many\", \"fp\": 1, \"tn\": 1, \"fn\": 1}]}";
        assertThat(Importer.read(ImportTool.AUTO, Samples.text(text), Samples.credit())
                        .findings())
                .anyMatch(each -> each.blocks() && each.message().contains("tp is no number"));
    }

    @Test
    void saysWhereAFileWasCutOff() {
        String whole = new String(Samples.bytes("/importer/mlflow/real/describe.json"), UTF_8);
        for (int i = 1; i < whole.strip().length(); i += 7) {
            assertThat(Importer.read(ImportTool.AUTO, Samples.text(whole.substring(0, i)), Samples.credit())
                            .findings())
                    .singleElement()
                    .satisfies(each -> assertThat(each.toString())
                            .matches("file:[0-9]+:[0-9]+: not valid JSON: .*")
                            .doesNotContain("Source", "REDACTED", "byte offset", "line:"));
        }
        assertThat(Importer.read(ImportTool.AUTO, Samples.text("{\"a\": [1,\n 2"), Samples.credit())
                        .findings())
                .extracting(Finding::toString)
                .containsExactly("file:2:3: not valid JSON: Unexpected end-of-input: expected close marker for Array."
                        + " Write the file again with the tool; it may have been cut off.");
    }

    @Test
    void saysWhatWasLookedFor() {
        assertThat(Importer.read(ImportTool.AUTO, Samples.text("{\"a\": {\"b\": []}}"), Samples.credit())
                        .findings())
                .singleElement()
                .satisfies(each -> assertThat(each.remedy()).contains("fairlearn: a JSON object with 'fairlearn'"));
    }

    private static List<String> rules(String text) {
        return Importer.read(
                        ImportTool.AUTO,
                        Samples.text(text),
                        Samples.context(Optional.empty(), Samples.credit().population()))
                .findings()
                .stream()
                .filter(Finding::blocks)
                .map(Finding::rule)
                .distinct()
                .toList();
    }
}
