package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards that would take long to parse, or all of the memory. */
class CardSizeTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "> ", "  > "})
    void refusesATableOfMoreCellsThanAnybodyReads(String quote) {
        String head = quote + "|a".repeat(2000) + "|\n" + quote + "|-".repeat(2000) + "|\n";
        Checked<Card> checked = check("---\na: b\n---\n# T\n\n" + head + (quote + "|x|\n").repeat(5000));
        assertThat(checked.findings())
                .containsExactly(Finding.block(
                        "card/too-large",
                        Place.at("card.md", 56, 1),
                        "up to here the card has tables of more than 100000 cells",
                        "Keep data out of it, and refer to them."));
    }

    @Test
    void countsTheCellsOfAllTables() {
        String table = "|a".repeat(200) + "|\n" + "|-".repeat(200) + "|\n" + "|x|\n".repeat(400) + "\n";
        assertThat(check(table).ok()).isTrue();
        assertThat(check(table.repeat(20)).findings())
                .singleElement()
                .satisfies(each -> assertThat(each.rule()).isEqualTo("card/too-large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*a **b ", "[a](<b", "[a](<b\n", "a**b", "_a ", "![a][", "[a]: <b\n"})
    void refusesMoreMarksThanAnybodyWrites(String text) {
        assertThat(check(text.repeat(70_000)).findings()).singleElement().satisfies(each -> {
            assertThat(each.rule()).isEqualTo("card/too-large");
            assertThat(each.message()).isEqualTo("up to here the card has more than 40000 of the marks *, _ and [");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| prepare__n__with_mean | True | 0.5 |\n",
                "name_of_a_feature: value_of_it\n\n",
                "* a [link](https://a.example) in a list, **bold**\n"
            })
    void acceptsWhatToolsWrite(String line) {
        assertThat(check("| a | b | c |\n|---|---|---|\n" + line.repeat(5000)).ok())
                .isTrue();
    }

    private static Checked<Card> check(String text) {
        return Card.read(SourceFile.of("card.md", text));
    }
}
