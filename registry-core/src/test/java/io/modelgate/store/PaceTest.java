package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** How slow a server may be. */
class PaceTest {
    private final Pace pace = new Pace(new LeastRate(10_000, Duration.ofMillis(200)));

    private static void pass(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    @Test
    void saysWhatWasMeasuredAndWhatIsWanted() throws Exception {
        Pace.Transfer transfer = pace.begin();
        transfer.waits();
        transfer.moved(100);
        pass(250);
        assertThatThrownBy(transfer::require)
                .isInstanceOf(GivenUpException.class)
                .hasMessageMatching(
                        "it is too slow: 1[0-9]{2} bytes in [0-9] s are .* bytes in a second, and 10.0 kB are"
                                + " the least that is waited for");
    }

    @Test
    void countsAllTransfersTogether() throws Exception {
        Pace.Transfer slow = pace.begin();
        Pace.Transfer fast = pace.begin();
        slow.waits();
        fast.waits();
        pass(250);
        fast.moved(1_000_000);
        slow.moved(1);
        assertThatCode(slow::require).doesNotThrowAnyException();
    }

    @Test
    void tellsTheFiguresOfTheWindowThatWasTooSlow() throws Exception {
        Pace.Transfer slow = pace.begin();
        Pace.Transfer before = pace.begin();
        slow.waits();
        pass(250);
        assertThatThrownBy(slow::require).isInstanceOf(GivenUpException.class);
        Pace.Transfer fast = pace.begin();
        fast.waits();
        fast.moved(50_000_000);
        pass(250);
        fast.require();
        assertThatThrownBy(before::require).hasMessageNotContaining("50.0 MB");
    }

    @Test
    void countsNoTimeInWhichNobodyWaits() throws Exception {
        Pace.Transfer transfer = pace.begin();
        transfer.waits();
        transfer.rests();
        pass(250);
        transfer.waits();
        assertThatCode(transfer::require).doesNotThrowAnyException();
    }

    @Test
    void tellsEverybodyWhoBeganBefore() throws Exception {
        Pace.Transfer first = pace.begin();
        Pace.Transfer second = pace.begin();
        first.waits();
        second.waits();
        pass(250);
        assertThatThrownBy(first::require).isInstanceOf(GivenUpException.class);
        assertThatThrownBy(second::require).isInstanceOf(GivenUpException.class);
        first.rests();
        second.rests();
        assertThatCode(pace.begin()::require).doesNotThrowAnyException();
    }

    @Test
    void countsTheTimeBeforeAnswersAndDoesNotForgetIt() throws Exception {
        for (int cold = 0; cold < 2; cold++) {
            assertThat(pace.<String>answer(() -> late(250))).isEqualTo("it");
        }
        Pace.Transfer other = pace.begin();
        assertThatThrownBy(() -> pace.answer(() -> late(0)))
                .isInstanceOf(GivenUpException.class)
                .hasMessageMatching("it is too slow: 2 answers took .* s are the most that is waited for so many");
        assertThatThrownBy(other::require).isInstanceOf(GivenUpException.class);
        assertThatThrownBy(() -> pace.answer(() -> late(0))).isInstanceOf(GivenUpException.class);
    }

    /** Ten thousand small files at 300 ms each, and one that has to be looked for first. */
    @Test
    void bearsManyQuickAnswersAndOneThatIsLate() throws Exception {
        assertThat(pace.<String>answer(() -> late(350))).isEqualTo("it");
        for (int file = 0; file < 60; file++) {
            assertThat(pace.<String>answer(() -> late(6))).isEqualTo("it");
        }
    }

    private static String late(long millis) throws IOException {
        try {
            pass(millis);
            return "it";
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void waitsForEverWhereThatIsWanted() throws Exception {
        Pace.Transfer transfer = new Pace(new LeastRate(0, Duration.ofMillis(1))).begin();
        transfer.waits();
        pass(10);
        assertThatCode(transfer::require).doesNotThrowAnyException();
    }

    @Test
    void isSetByAVariable() {
        assertThat(LeastRate.of(Map.of())).isEqualTo(LeastRate.USUAL);
        assertThat(LeastRate.of(Map.of(LeastRate.VARIABLE, "10kB")).bytes()).isEqualTo(10_000);
        assertThat(LeastRate.of(Map.of(LeastRate.VARIABLE, "0")).bytes()).isZero();
        assertThatThrownBy(() -> LeastRate.of(Map.of(LeastRate.VARIABLE, "quick")))
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.kind() == Kind.USAGE, "is USAGE")
                .hasMessageContaining(LeastRate.VARIABLE);
    }
}
