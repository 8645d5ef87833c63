package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommentTextTest {
    private static final String MARKER = "<!-- modelgate/gate -->";

    @Test
    void startsWithTheMarkerOnce() {
        assertThat(CommentText.of(7, MARKER, "text\n", 1_000)).isEqualTo(MARKER + "\ntext\n");
        assertThat(CommentText.of(7, MARKER, MARKER + "\ntext\n", 1_000)).isEqualTo(MARKER + "\ntext\n");
    }

    @Test
    void cutsAfterALineAndClosesWhatStandsOpen() {
        String report = "<details><summary>All</summary>\n\n```\n" + "one line of the report\n".repeat(500);

        String text = CommentText.of(7, MARKER, report, 2_000);

        assertThat(text)
                .hasSizeLessThanOrEqualTo(2_000)
                .contains("one line of the report\n```\n\n</details>")
                .endsWith("`modelgate verify 7`.*\n")
                .doesNotContain("one line of the repor`");
    }

    @Test
    void isKnownWithoutItsMarkerByHowItBeginsAndTheCommandInIt() {
        String marker = "<!-- modelgate/gate -->";
        String now = marker + "\n## Modelgate: pass\n\n<sub>`modelgate verify 4`</sub>\n";
        String before = "## Modelgate: pending\n\n* Ask bob.\n\n<sub>`modelgate verify 4`</sub>\n";

        assertThat(CommentText.isIt(marker + " whatever", 4, marker, now)).isTrue();
        assertThat(CommentText.isIt(before, 4, marker, now)).isTrue();
        assertThat(CommentText.isIt("<!-- -->\n\n" + before, 4, marker, now)).isTrue();
        assertThat(CommentText.isIt(before, 5, marker, now)).isFalse();
        assertThat(CommentText.isIt(before.replaceAll("(?m)^", "> "), 4, marker, now))
                .isFalse();
        assertThat(CommentText.isIt("## Modelgate: what do you think of it?", 4, marker, now))
                .isFalse();
        assertThat(CommentText.isIt(before, 4, marker, marker + "\nno heading")).isFalse();
    }
}
