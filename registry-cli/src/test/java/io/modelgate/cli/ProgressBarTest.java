package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter shown = new StringWriter();
    private final Ticking clock = new Ticking();
    private final ProgressBar bar = new ProgressBar(new PrintWriter(shown), clock);

    @Test
    void showsTheRateOfWhatMovesAndNotOfWhatWasHere() {
        bar.started("pulling", 1_000_000_000);
        clock.pass(1_000);
        bar.found(500_000_000);
        assertThat(last()).contains(" 50 %", "0.0 MB/s").doesNotContain("left");
        clock.pass(1_000);
        bar.advanced(20_000_000);
        assertThat(last()).contains(" 52 %", "10.0 MB/s", "48 s left");
    }

    @Test
    void saysWhatTheWorkIs() {
        bar.started("pulling", 1_000);
        clock.pass(1_000);
        bar.advanced(500);
        assertThat(last()).startsWith("pulling   [").contains(" 50 %");
        bar.started("hashing", 1_000);
        clock.pass(1_000);
        bar.advanced(500);
        assertThat(last()).startsWith("hashing   [");
    }

    @Test
    void guessesNoTimeFromTheFirstMoment() {
        bar.started("pulling", 200_000_000);
        clock.pass(600);
        bar.advanced(1_000);
        assertThat(last()).contains("  0 %").doesNotContain("left");
    }

    @Test
    void saysLongTimesInMinutesAndHours() {
        bar.started("pulling", 1_000_000_000_000L);
        clock.pass(10_000);
        bar.advanced(10_000_000_000L);
        assertThat(last()).contains("17 min left");
        bar.started("pulling", 10_000_000_000_000L);
        clock.pass(10_000);
        bar.advanced(10_000_000_000L);
        assertThat(last()).contains("2 h 47 min left");
        bar.started("pulling", 10_000_000_000_000L);
        clock.pass(10_000);
        bar.advanced(1_000_000L);
        assertThat(last()).doesNotContain("left");
    }

    @Test
    void fitsALineAndWipesAllOfIt() {
        bar.started("verifying", 100_000_000_000_000L);
        clock.pass(10_000);
        bar.advanced(99_000_000_000_000L / 1_000);
        int longest = shown.toString().replace("\r", "").length();
        bar.finished();
        assertThat(longest).isLessThan(80);
        assertThat(shown.toString()).endsWith("\r" + " ".repeat(79) + "\r");
    }

    @Test
    void forgetsTheRateOfLongAgo() {
        bar.started("pulling", 100_000_000_000L);
        clock.pass(1_000);
        bar.advanced(1_000_000_000);
        for (int i = 0; i < 30; i++) {
            clock.pass(1_000);
            bar.advanced(1_000_000);
        }
        assertThat(last()).contains(" 1.0 MB/s");
    }

    @Test
    void countsWhatComesAgainOnce() {
        bar.started("pulling", 1_000);
        clock.pass(1_000);
        bar.advanced(900);
        clock.pass(1_000);
        bar.advanced(-900);
        assertThat(last()).contains("  0 %");
        clock.pass(1_000);
        bar.advanced(1_000);
        assertThat(last()).contains("100 %").doesNotContain("-");
    }

    @Test
    void makesRoomForAWarning() {
        bar.started("pulling", 1_000);
        clock.pass(1_000);
        bar.advanced(100);
        bar.warned("a mirror was used");
        assertThat(shown.toString()).endsWith("\rwarn: a mirror was used\n");
    }

    @Test
    void showsNothingOfWorkThatIsShort() {
        bar.started("pulling", 1_000);
        clock.pass(100);
        bar.advanced(1_000);
        bar.finished();
        assertThat(shown.toString()).isEmpty();
    }

    private String last() {
        String all = shown.toString();
        return all.substring(all.lastIndexOf('\r') + 1);
    }

    private static final class Ticking extends Clock {
        private long millis;

        void pass(long more) {
            millis += more;
        }

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
