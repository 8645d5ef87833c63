package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GateCheckTest {
    @Test
    void keepsWhatFits() {
        assertEquals("a\nb\n", GateCheck.cut("a\nb\n", 4));
    }

    @Test
    void cutsBetweenLinesAndSaysSo() {
        String cut = GateCheck.cut("| ä | 𝄞 |\n".repeat(10_000), GateCheck.MOST_BYTES);
        assertTrue(cut.getBytes(StandardCharsets.UTF_8).length <= GateCheck.MOST_BYTES);
        assertTrue(cut.endsWith("| ä | 𝄞 |\n\nThe rest is in the build's log.\n"), cut.substring(cut.length() - 80));
    }

    @Test
    void cutsNoCharacterInTwo() {
        for (int most = 4; most < 12; most++) {
            String cut = GateCheck.cut("𝄞𝄞𝄞𝄞", most);
            assertTrue(cut.endsWith("…") && cut.replace("𝄞", "").equals("…"), cut);
            assertTrue(cut.getBytes(StandardCharsets.UTF_8).length <= most);
        }
    }
}
