package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import io.modelgate.manifest.SourceFile;
import java.util.List;
import java.util.regex.Pattern;
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
        "11 12 13 14 15 16, 0, 0",
        "'About 600 of 1,000 cases.', 5, 5",
        "There is nothing to say here., 0, 0",
        "'| one | two | three |\n|---|---|---|', 0, 0",
        "'| one | two |\n|---|---|\n| | |', 0, 0",
        "'| one | two |\n|---|---|\n| three | 4 |', 3, 3",
        "'[Intended use](#intended-use) [**Out of** scope](#out)', 0, 0",
        "'See [the paper](https://a.example/#x).', 3, 3",
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
        "- none yet, none yet",
        "\uff34\uff2f\uff24\uff2f write this, \uff34\uff2f\uff24\uff2f",
        "'Owner: \ud835\udc13\ud835\udc0e\ud835\udc03\ud835\udc0e now', \ud835\udc13\ud835\udc0e\ud835\udc03\ud835\udc0e",
        "Provide a quick summary of what the model is/does., Provide a quick summary of what the model is/does",
        "Provide a longer  summary of what this model is., Provide a longer  summary of what this model is",
        "more info needed, more info needed",
        "More_Information_Needed, More_Information_Needed",
        "More information is needed., More information is needed",
        "'Data. Will be written later by somebody else.', Will be written later by somebody else",
        "This section will be completed soon., This section will be completed soon",
        "To be written by the team., To be written by the team",
        "There is nothing to say here., There is nothing to say here"
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
                "The form, to be completed by the applicant, asks for the income.",
                "Applications, once scored, will be completed by an officer.",
                "More information is needed to judge loans above 20,000 DM.",
                "Provide a summary of the loan to the customer.",
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

    @Test
    void findsEveryInstructionOfTheTemplate() {
        String template = Csv.text("cards/template-card.md");
        List<String> instructions = Pattern.compile("<!-- ?([^\\[]{9,}?) ?-->")
                .matcher(template)
                .results()
                .map(each -> each.group(1))
                .filter(each -> !each.startsWith("fp32"))
                .toList();
        assertThat(instructions)
                .hasSizeGreaterThan(15)
                .allSatisfy(each -> assertThat(check(each).get().placeholders()).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$\\color{white}\\text{one two three}$",
                "`$\\textcolor{#FFF}{a}$`",
                "$$\\color[rgb]{1,1,1} a$$",
                "text $\\phantom{one two}$",
                "```math\n\\hphantom{a}\n```"
            })
    void refusesFormulasThatAreNotSeen(String markdown) {
        assertThat(check(markdown).findings()).singleElement().satisfies(each -> {
            assertThat(each.rule()).isEqualTo("card/hidden-text");
            assertThat(each.severity()).isEqualTo(Severity.BLOCK);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$\\color{red} x$",
                "$\\alpha_{white}$",
                "C:\\phantoms",
                "\\colorful white",
                "```latex\n\\phantom{a}\n```"
            })
    void acceptsFormulasThatAreSeen(String markdown) {
        assertThat(check(markdown).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"?\"', false",
        "none, false",
        "Unknown, false",
        "todo, false",
        "n/a, false",
        "other, false",
        "'other\nlicense_name: acme-1', true",
        "'other\nlicense_name: tbd', false",
        "mit, true"
    })
    void knowsWhetherALicenceIsSaid(String licence, boolean said) {
        Card card = check("---\nlicense: " + licence + "\n---\n").get();
        assertThat(card.says("license")).isEqualTo(said);
    }

    @Test
    void knowsSectionsThatSayTheSame() {
        Card card = check("# A\n## B\none two\n# C\n*One*, two!\n# D\ntwo one\n# E\n# F\n")
                .get();
        Section a = card.section("A").orElseThrow();
        Section b = card.section("B").orElseThrow();
        assertThat(b.repeats(card.section("C").orElseThrow())).isTrue();
        assertThat(b.repeats(card.section("D").orElseThrow())).isFalse();
        assertThat(card.section("E").orElseThrow().repeats(card.section("F").orElseThrow()))
                .isFalse();
        assertThat(card.isInside(b, a)).isTrue();
        assertThat(card.isInside(a, b)).isFalse();
        assertThat(card.isInside(card.section("C").orElseThrow(), a)).isFalse();
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
