package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What becomes of a report where HTML is shown as text. */
class PlainMarkdownTest {
    @Test
    void hidesARemarkAsADefinitionThatNothingRefersTo() {
        assertThat(PlainMarkdown.of("<!-- modelgate/gate -->\n## Modelgate: pass\n"))
                .isEqualTo("[//]: # (modelgate/gate)\n\n## Modelgate: pass\n");
    }

    @Test
    void showsWhatCouldBeUnfolded() {
        assertThat(PlainMarkdown.of("a\n\n<details><summary>✅ 3 rules pass</summary>\n\n* one\n\n</details>\n"))
                .isEqualTo("a\n\n**✅ 3 rules pass**\n\n* one\n\n");
    }

    @Test
    void leavesOtherTextAsItIs() {
        String text = "| a | b |\n|---|---|\n| `<b>` | 1 < 2 --> 3 |\n";

        assertThat(PlainMarkdown.of(text)).isEqualTo(text);
        assertThat(PlainMarkdown.of("<!-- a) [x](javascript:y -->")).isEqualTo("<!-- a) [x](javascript:y -->");
    }
}
