// Longer than 400 lines: one bad card after another, all on the same few lines of set-up.
package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Severity;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Model cards as people and hostile authors write them. It is long since each case is a small text for the same
 * reader.
 */
class CardTest {
    @Test
    void readsARealCard() {
        Checked<Card> checked = card("card.md");
        assertThat(checked.findings()).isEmpty();
        Card card = checked.get();
        assertThat(card.says("license")).isTrue();
        assertThat(card.says("model-index")).isTrue();
        assertThat(card.says("base_model")).isFalse();
        assertThat(card.placeholders()).isEmpty();
        assertThat(card.sections()).hasSize(10);
        assertThat(card.sections().get(0).title()).isEqualTo("default-risk 1.0.0");
        assertThat(card.sections().get(0).words()).isEqualTo(card.words());
        Section intended = card.section("intended USE").orElseThrow();
        assertThat(intended)
                .isEqualTo(new Section("Intended use", 2, 20, 17, intended.said(), Place.at("card.md", 32, 1)));
        assertThat(card.section("Fairness").orElseThrow().words()).isEqualTo(7 + 8 * 2 + 12);
        assertThat(card.section("Use")).isEmpty();
    }

    @Test
    void findsEveryPlaceholderOfTheUntouchedTemplate() {
        Card card = card("template-card.md").get();
        assertThat(card.placeholders().stream().filter(each -> each.text().equals("[More Information Needed]")))
                .hasSize(38);
        assertThat(card.placeholders()).hasSize(40);
        assertThat(card.placeholders().get(0))
                .isEqualTo(new Placeholder("Model Card for Model ID", Place.at("template-card.md", 6, 3)));
        assertThat(card.placeholders().get(1).place()).isEqualTo(Place.at("template-card.md", 20, 21));
        assertThat(card.section("Direct use").orElseThrow().words()).isZero();
        assertThat(card.section("uses").orElseThrow().words()).isZero();
        assertThat(card.section("Recommendations").orElseThrow().words()).isEqualTo(21);
    }

    @Test
    void saysOnceThatCommentsAreNotSeen() {
        assertThat(card("template-card.md").findings())
                .containsExactly(Finding.warn(
                        "card/comment",
                        Place.at("template-card.md", 8, 1),
                        "an HTML comment; readers of the card do not see it",
                        "Delete it, or say it aloud."));
    }

    @Test
    void findsThePlaceholdersOfACardMadeByATool() {
        Card card = card("skops-card.md").get();
        assertThat(card.frontMatter()).isEmpty();
        assertThat(card.placeholders()).hasSize(6);
        assertThat(card.placeholders().get(5).place()).isEqualTo(Place.at("skops-card.md", 98, 1));
        assertThat(card.section("Intended uses & limitations").orElseThrow().words())
                .isEqualTo(10);
    }

    @Test
    void readsCardsOfOthers() {
        assertThat(card("sample_simple.md").get().says("tags")).isTrue();
        assertThat(card("sample_no_metadata.md").get().frontMatter()).isEmpty();
        Checked<Card> invalid = card("sample_invalid_card_data.md");
        assertThat(findings(invalid)).containsExactly("2:1 card/front-matter: the front matter is not a mapping");
    }

    @Test
    void readsWindowsLineEnds() {
        Card card = card("sample_windows_line_breaks.md").get();
        assertThat(card.says("license")).isTrue();
        assertThat(card.sections())
                .containsExactly(new Section(
                        "Hello old Windows line breaks",
                        1,
                        0,
                        0,
                        "",
                        Place.at("sample_windows_line_breaks.md", 11, 1)));
    }

    @Test
    void countsTheWordsOfNestedSections() {
        Card card = read("before it\n\n# A\none two\n## B\nthree\n### C\nfour five six\n## D\nseven\n# E\neight\n");
        assertThat(words(card)).containsExactly("A 7", "B 4", "C 3", "D 1", "E 1");
        assertThat(card.words()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "'one two three', 3",
        "'*one* **two** `three` [four](https://a.example/b)', 4",
        "'one<!-- two three --> four', 2",
        "'- one\n- two\n\n> three', 3",
        "'```\nprint(1)\n```\n\none', 1",
        "'    code\n\none', 1",
        "'![not shown](https://a.example/b.png) one', 1",
        "'<div>\none two\n</div>\n\nthree', 1",
        "'one TODO two [More\nInformation Needed] {{ three }}', 2",
        "'| aa | bb |\n|---|---|\n| cc dd | ee |', 5",
        "'— … 3,5 don''t', 2",
        "'与信の判断 ok', 6",
        "'\\# one', 1",
        "'', 0"
    })
    void countsTheWordsThatAReaderSees(String markdown, int words) {
        assertThat(read("# Title\n\n" + markdown + "\n")
                        .section("title")
                        .orElseThrow()
                        .words())
                .isEqualTo(words);
    }

    @Test
    void opensNoSectionForHeadingsInsideQuotesAndLists() {
        Card card = read("# A\n> ## B\n> one\n\n- # C\n  two\n");
        assertThat(words(card)).containsExactly("A 2");
    }

    @Test
    void takesTheLongestOfSectionsOfOneTitle() {
        Card card = read("# Limitations\none\n# limitations:\none two\n# LIMITATIONS\none\n");
        assertThat(card.section("Limitations").orElseThrow().words()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"Out-of-Scope Use, out of scope  use", "'1. Fairness', 1 Fairness", "Éthique, E\u0301thique"})
    void knowsTitlesWhateverTheirSpelling(String title, String asked) {
        assertThat(new Section(title, 1, 0, 0, "", Place.NOWHERE).isTitled(asked))
                .isTrue();
        assertThat(new Section(title, 1, 0, 0, "", Place.NOWHERE).isTitled(asked + " x"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TODO, TODO",
        "'Owner: TBD.', TBD",
        "FIXME, FIXME",
        "Lorem  ipsum dolor, Lorem  ipsum",
        "{{ model_summary }}, {{ model_summary }}",
        "more information needed, more information needed",
        "[Insert the name here], [Insert the name here]",
        "[your name], [your name]",
        "'```\nTODO\n```', TODO",
        "'<p>TODO</p>', TODO",
        "# TODO, TODO"
    })
    void findsPlaceholders(String markdown, String text) {
        assertThat(read(markdown).placeholders()).extracting(Placeholder::text).containsExactly(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "El modelo lo ve todo.",
                "TODOS",
                "<!-- TODO -->",
                "ipsum",
                "{a}",
                "[your data](https://a.example)",
                "The information needed is there.",
                "<!--\nTODO\n-->"
            })
    void takesOrdinaryTextForNoPlaceholder(String markdown) {
        assertThat(read(markdown).placeholders()).isEmpty();
    }

    @Test
    void findsPlaceholdersInTheFrontMatter() {
        Card card = read("---\nlicense: TODO\ntags: [a, TBD]\nmodel: {name: '{{ x }}'}\n---\n");
        assertThat(card.placeholders())
                .containsExactly(
                        new Placeholder("TODO", Place.at("card.md", 2, 10)),
                        new Placeholder("TBD", Place.at("card.md", 3, 11)),
                        new Placeholder("{{ x }}", Place.at("card.md", 4, 15)));
    }

    @Test
    void saysWhereAPlaceholderIs() {
        Card card = read("# Ä𝄞 **Ü** TODO\n\n> quoted\n> text TBD\n\n| a | b |\n|---|---|\n| c | TODO |\n");
        assertThat(card.placeholders())
                .extracting(Placeholder::place)
                .containsExactly(Place.at("card.md", 1, 12), Place.at("card.md", 4, 8), Place.at("card.md", 8, 7));
    }

    @Test
    void keepsTheFirstHundredPlaceholders() {
        assertThat(read("TODO ".repeat(500)).placeholders()).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({
        "'---\na: 1\na: 2\n---\n', 3:1 yaml/duplicate-key",
        "'---\na: &x 1\n---\n', 2:4 yaml/anchor",
        "'---\n- a\n---\n', 2:1 card/front-matter: the front matter is not a mapping",
        "'---\na: 1\n', 1:1 card/front-matter: the front matter is not closed"
    })
    void refusesFrontMatterThatIsNone(String text, String finding) {
        assertThat(findings(check(text))).singleElement().asString().startsWith(finding);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"---\n---\n# A\n", "--- \n  \n---\t\r\n# A\n", "---\n---", "# A\n---\n", "----\na\n----\n", ""})
    void readsACardWithoutFrontMatter(String text) {
        assertThat(read(text).frontMatter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a, true", "b, false", "c, false", "d, false", "e, true", "f, false", "g, true", "h, false", "i, true"})
    void knowsWhetherTheFrontMatterSaysSomething(String key, boolean says) {
        Card card = read("---\na: x\nb: ''\nc:\nd: []\ne: [x]\nf: ['', '']\ng: {x: y}\ni: 0\n---\n");
        assertThat(card.says(key)).isEqualTo(says);
    }

    static Stream<Map.Entry<String, String>> hidden() {
        return Map.of(
                "a\u200bb", "1:2 card/hidden-character: the hidden character U+200B ZERO WIDTH SPACE",
                "x\n\nab\u202e", "3:3 card/hidden-character: the hidden character U+202E RIGHT-TO-LEFT OVERRIDE",
                "`\u0007`", "1:2 card/hidden-character: the hidden character U+0007 BEL",
                "ab &#8203;", "1:4 card/hidden-character: the text holds the hidden character U+200B ZERO WIDTH SPACE",
                "<!-- \u2060 -->", "1:6 card/hidden-character: the hidden character U+2060 WORD JOINER",
                "<font color=white>a</font>", "1:1 card/html: the HTML element <font> can hide text or run something",
                "x <span style='display:none'>y</span>",
                        "1:3 card/html: the HTML attribute style can hide text or run something",
                "<div>\n<p hidden>\n</div>", "2:1 card/html: the HTML attribute hidden can hide text or run something",
                "<img src='javascript:x'>", "1:1 card/link: the link to 'javascript:x' is neither http nor https",
                "<!DOCTYPE html>", "1:1 card/html: markup such as <! or <? can hide text or run something")
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void refusesWhatAReaderWouldNotSee(Map.Entry<String, String> example) {
        Checked<Card> checked = check(example.getKey());
        assertThat(findings(checked)).contains(example.getValue());
        assertThat(checked.ok()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<details>\n<summary>More</summary>\n\ntext\n\n</details>",
                "a<br>b<br/>c",
                "H<sub>2</sub>O",
                "a < b and c > d",
                "<img src=\"https://a.example/x.png\" width='100' alt=picture>",
                "👩\u200d🔬",
                "نمی\u200cخواهم",
                "<p align=center>x",
                "a\tb",
                "<https://a.example>",
                "[a](#limitations)",
                "[a]: https://a.example\n[a]",
                "[a](HTTPS://a.example)"
            })
    void acceptsWhatIsSeen(String markdown) {
        assertThat(check(markdown).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "[a](javascript:alert), BLOCK",
        "[a](JAVASCRIPT:alert), BLOCK",
        "[a](java&#10;script:alert), BLOCK",
        "![a](file:///etc/passwd), BLOCK",
        "[a](https:///x), BLOCK",
        "<ftp://a.example>, BLOCK",
        "[a](&#1;vbscript:x), BLOCK",
        "[a](other.md), WARN",
        "[a](//a.example), WARN",
        "[a](mailto:a@b.example), WARN",
        "<a@b.example>, WARN",
        "<a href=other.md>x</a>, WARN"
    })
    void followsOnlyLinksToTheWeb(String markdown, Severity severity) {
        assertThat(check(markdown).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("card/link");
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.place()).isEqualTo(Place.at("card.md", 1, 1));
        });
    }

    @Test
    void followsTheAddressesOfDefinitions() {
        assertThat(findings(check("[a]: data:text/html,x")))
                .contains("1:1 card/link: the link to 'data:text/html,x' is neither http nor https");
    }

    @ParameterizedTest
    @CsvSource({
        "'<!--><script>-->', 1:1 card/html: the HTML element <script> can hide text or run something",
        "'<!---><script>-->', 1:1 card/html: the HTML element <script> can hide text or run something",
        "'<!-- --!><script>-->', 1:1 card/html: the HTML element <script> can hide text or run something",
        "'<!-- a\nb --><p>\n<!-- c --><x-y>', 3:1 card/html: the HTML element <x-y> can hide text or run something",
        "'a <!-- b --> <IFRAME>', 1:14 card/html: the HTML element <iframe> can hide text or run something",
        "'<p>\n\n<?php ?>', 3:1 card/html: markup such as <! or <? can hide text or run something",
        "'<div>\n< <!x <style>', 2:1 card/html: the HTML element <style> can hide text or run something",
        "'<div>\n<p/onclick=x>', 2:1 card/html: the HTML attribute onclick can hide text or run something",
        "'<p align=x style>', 1:1 card/html: the HTML attribute style can hide text or run something",
        "'</form>', 1:1 card/html: the HTML element <form> can hide text or run something",
        "'<p>x</p y=z>', 1:1 card/html: the HTML attribute y can hide text or run something"
    })
    void seesHtmlAsABrowserDoes(String markdown, String finding) {
        assertThat(findings(check(markdown.replace("\\n", "\n")))).contains(finding);
    }

    @Test
    void namesMarkupInTheMiddleOfABlock() {
        assertThat(findings(check("<p>\n<!x\n<?y\n<z>")))
                .containsExactly(
                        "2:1 card/html: markup such as <! or <? can hide text or run something",
                        "3:1 card/html: markup such as <! or <? can hide text or run something",
                        "4:1 card/html: the HTML element <z> can hide text or run something");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!-- -->", "<!---->", "<!-->", "<!--\n\n-->", "a <!-- --> b"})
    void saysNothingOfCommentsThatAreEmpty(String markdown) {
        assertThat(check(markdown).findings()).isEmpty();
    }

    @Test
    void findsPlaceholdersBetweenComments() {
        Card card = read("<p>\n<!-- TODO\nTODO --> TODO\n<!-- TODO --> x\nTBD <!-- FIXME\n");
        assertThat(card.placeholders())
                .containsExactly(
                        new Placeholder("TODO", Place.at("card.md", 3, 1)),
                        new Placeholder("TBD", Place.at("card.md", 5, 1)));
    }

    @Test
    void saysHiddenCharactersOnceOnly() {
        assertThat(findings(check("# a\u200bb\n\nx &#8203;")))
                .containsExactly("1:4 card/hidden-character: the hidden character U+200B ZERO WIDTH SPACE");
    }

    @Test
    void leavesOutTheColumnInVeryLongLines() {
        assertThat(read("a ".repeat(3000) + "TODO").placeholders())
                .containsExactly(new Placeholder("TODO", Place.at("card.md", 1, 0)));
        assertThat(read("a ".repeat(2048) + "TODO").placeholders())
                .containsExactly(new Placeholder("TODO", Place.at("card.md", 1, 4097)));
    }

    @Test
    void keepsTheFirstThousandSections() {
        Card card = read("# a\nbb\n".repeat(1001));
        assertThat(card.sections()).hasSize(1000);
        assertThat(card.words()).isEqualTo(1001);
    }

    @Test
    void findsPlaceholdersInIndentedCodeAndAfterHardBreaks() {
        assertThat(read("    TODO\n\nmore information  \nneeded\n").placeholders())
                .containsExactly(
                        new Placeholder("TODO", Place.at("card.md", 1, 1)),
                        new Placeholder("more information needed", Place.at("card.md", 3, 1)));
    }

    @Test
    void refusesBytesThatAreNotText() {
        assertThat(findings(Card.read(new SourceFile("card.md", new byte[] {'a', (byte) 0xff}))))
                .containsExactly("1:2 yaml/encoding: the bytes here are not UTF-8");
    }

    @Test
    void refusesMoreThanOneMebibyte() {
        assertThat(Card.read(new SourceFile("card.md", new byte[(1 << 20) + 1])).findings())
                .containsExactly(Finding.block(
                        "card/too-large",
                        Place.file("card.md"),
                        "the card has more than 1048576 bytes",
                        "Keep data and pictures out of it, and refer to them."));
        assertThat(Card.read(SourceFile.of("card.md", "a".repeat(1 << 20))).ok())
                .isTrue();
    }

    @Test
    void isWrittenIntoTheEvidenceDocument() {
        Node.Mapping node = read("---\nlicense: mit\n---\n# A\none TODO\n").toNode();
        assertThat(YamlWriter.write(node)).isEqualTo("""
                        frontMatter: {license: mit}
                        sections:
                          - {title: A, level: 1, words: 1}
                        words: 1
                        placeholders: 1
                        """);
        assertThat(YamlWriter.write(read("").toNode()))
                .isEqualTo("frontMatter: {}\nsections: []\nwords: 0\nplaceholders: 0\n");
    }

    static Stream<String> hostile() {
        int most = 1 << 18;
        StringBuilder backticks = new StringBuilder();
        for (int i = 1; backticks.length() + i + 2 < most; i++) {
            backticks.append("e").append("`".repeat(i));
        }
        Stream<String> repeated = Stream.of(
                        "[",
                        "![",
                        "*a ",
                        "**a _b ",
                        "> ",
                        "- ",
                        "1. ",
                        "<!--",
                        "<a ",
                        "<div ",
                        "`",
                        "\\",
                        "&",
                        "# \n",
                        "TODO ",
                        "[a](b",
                        "[a][b]",
                        "|a",
                        "|a|\n|-|\n",
                        "a**b",
                        "[a]: javascript:b\n",
                        "{{",
                        "[your ",
                        "<x>",
                        "\u200b",
                        "***",
                        "_ ",
                        "~~",
                        "- a\n ",
                        "[a",
                        "]",
                        "more ",
                        "lorem   ",
                        "a\n=\n",
                        "<!-- a --",
                        "![a](",
                        "\"'<",
                        "\t",
                        "- [ ] ",
                        ">",
                        "<a href=\"",
                        "<a b=c ",
                        "\n>",
                        "\r")
                .map(each -> each.repeat(most / each.getBytes(StandardCharsets.UTF_8).length));
        return Stream.concat(repeated, Stream.of(backticks.toString()));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @Tag("hostile")
    void readsHostileTextInTime(String text) {
        assertTimeout(Duration.ofSeconds(5), () -> check(text));
    }

    @Test
    @Tag("hostile")
    void neverFailsOnRandomText() {
        String[] pieces = {
            "# ",
            "\n",
            "- ",
            "> ",
            "[",
            "](",
            ")",
            "<!--",
            "-->",
            "<div",
            ">",
            "|",
            "---\n",
            "`",
            "```\n",
            "TODO",
            "*",
            "_",
            "&#8203;",
            "a",
            " ",
            "\u202e",
            "https://a.example",
            "\r\n",
            "\t",
            "{{",
            "}}",
            "\ud834",
            "\udd1e",
            "1. ",
            "="
        };
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(30); j >= 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            Checked<Card> checked = check(text.toString());
            checked.value()
                    .ifPresent(card -> assertThat(card.sections())
                            .allSatisfy(section -> assertThat(section.words()).isBetween(0, card.words())));
        }
    }

    private static List<String> words(Card card) {
        return card.sections().stream()
                .map(each -> each.title() + " " + each.words())
                .toList();
    }

    private static List<String> findings(Checked<Card> checked) {
        return checked.findings().stream()
                .map(each ->
                        each.place().line() + ":" + each.place().column() + " " + each.rule() + ": " + each.message())
                .toList();
    }

    private static Card read(String text) {
        return Optional.of(check(text))
                .filter(Checked::ok)
                .orElseThrow(() -> new AssertionError(check(text)))
                .get();
    }

    private static Checked<Card> check(String text) {
        return Card.read(SourceFile.of("card.md", text));
    }

    private static Checked<Card> card(String name) {
        return Card.read(SourceFile.of(name, Csv.text("cards/" + name)));
    }
}
