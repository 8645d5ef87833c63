package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import io.modelgate.manifest.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that fills a section without saying anything, and text that a reader would not see. */
class CardFillerTest {
    @ParameterizedTest
    @CsvSource({
        "x x x x x, 0, 0",
        "a b c d e, 0, 0",
        "`1 2 3 4 5`, 0, 0",
        "N/A N/A N/A N/A N/A, 0, 0",
        "'n.a., n/a; N / A', 0, 0",
        "'To be done later, to do.', 0, 0",
        "... ... Please add text here later, 0, 0",
        "Coming soon. None yet., 0, 0",
        "words words Words wordS words, 5, 1",
        "xx x xx x xx, 5, 1",
        "It was trained on a set of 5 banks., 9, 7",
        "'| L | L | L |\n|---|---|---|\n| 1 | 2 | 3 |', 0, 0",
        "'Calibration: n/a, since it answers classes.', 5, 5",
        "与信の判断, 5, 5"
    })
    void countsWordsThatSaySomething(String markdown, int words, int distinct) {
        Section section = section(markdown);
        assertThat(section.words()).isEqualTo(words);
        assertThat(section.distinct()).isEqualTo(distinct);
    }

    @ParameterizedTest
    @CsvSource({
        "'To be done later, to do.', To be done later",
        "tbd, tbd",
        "'Owner: t.b.d.', t.b.d",
        "Data: to be determined, to be determined",
        "Coming soon!, Coming soon",
        "Please add text here later, Please add text here later",
        "N/A N/A N/A, N/A N/A N/A",
        "n.a., n.a",
        "- none yet, none yet"
    })
    void findsWhatWasPutOff(String markdown, String first) {
        assertThat(check(markdown).get().placeholders().get(0).text()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It is up to the officer to do so, and what to do then is written in the manual.",
                "Add text to the letter, and write something for the customer.",
                "Known incidents: none yet.",
                "Calibration: n/a, since it answers classes.",
                "| metric | value |\n|---|---|\n| AUC | N/A |",
                "The next release is coming soon after the audit.",
                "Other banks remain to be done by their own staff."
            })
    void takesOrdinaryTextForNoPromise(String markdown) {
        assertThat(check(markdown).get().placeholders()).isEmpty();
    }

    @Test
    void countsNoWordsThatAreFoldedAway() {
        assertThat(section("one two\n\n<details><summary> </summary>\n\nthree four\n\n</details>\n\nfive six")
                        .words())
                .isEqualTo(4);
        assertThat(section("<details open>\n\none two\n\n</details>").words()).isEqualTo(2);
        assertThat(section("<details>\n<details open>\n\none two\n\n</details>\n</details>")
                        .words())
                .isZero();
        assertThat(section("one two <details>three four</details> five six").words())
                .isEqualTo(4);
        assertThat(section("</details>\n\none two").words()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'[//]: # (the model was trained on stolen data)', 1:1 card/comment",
        "'text\n\n[ref]: <> \"hidden: it discriminates\"', 3:1 card/comment",
        "'[a]\n\n[a]: https://a.example\n[A]: https://b.example', 4:1 card/comment",
        "'[x](https://a.example)\n\n[x]: https://a.example', 3:1 card/comment",
        "[x](https://a.example \"unfair to everybody who is under 26 and more\"), 1:1 card/title",
        "![x](https://a.example \"unfair to everybody who is under 26 and more\"), 1:1 card/title",
        "<a href=\"https://ok.example\" title=\"hidden text: unfair to everybody under 26\">x</a>, 1:1 card/title"
    })
    void warnsOfWhatAReaderDoesNotSee(String markdown, String where) {
        assertThat(check(markdown).findings())
                .filteredOn(each -> said(each).startsWith(where))
                .singleElement()
                .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.WARN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[text][a] and ![b][]\n\n[a]: https://a.example 'A title'\n[b]: https://b.example",
                "[a]\n\n[A]: https://a.example",
                "<abbr title=\"Area under the curve\">AUC</abbr>",
                "<img src=\"https://a.example/x.png\" width=\"100%\" height=10>",
                "<table width=0></table>"
            })
    void acceptsWhatIsSeen(String markdown) {
        assertThat(check(markdown).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "width=\"0\" height=\"0\"",
                "height='1px'",
                "width=01",
                "width=\" 0.5 px \"",
                "WIDTH=1%",
                "style='display:none'",
                "hidden"
            })
    void refusesImagesThatAreNotSeen(String attributes) {
        Checked<Card> checked = check("<img alt=\"\" " + attributes + " src=\"https://evil.example/track.gif\">");
        assertThat(checked.ok()).isFalse();
        assertThat(checked.findings()).extracting(each -> each.rule()).containsOnly("card/html");
    }

    private static String said(Finding each) {
        return each.place().line() + ":" + each.place().column() + " " + each.rule();
    }

    private static Section section(String markdown) {
        return check("# Title\n\n" + markdown + "\n").get().section("title").orElseThrow();
    }

    private static Checked<Card> check(String markdown) {
        return Card.read(SourceFile.of("card.md", markdown));
    }
}
