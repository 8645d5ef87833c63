package io.modelgate.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names are as long and as odd as somebody wants them to be. */
class PickleNameTest {
    @ParameterizedTest
    @CsvSource({
        "os, system, true",
        "sklearn.a_1, B.__new__, true",
        "märz, número, true",
        "os, '', false",
        "'', system, false",
        "os., system, false",
        ".os, system, false",
        "os, a..b, false",
        "os, 1a, false",
        "the text, and more, false",
        "os, 'a,b', false",
    })
    void knowsWhatCouldBeImported(String module, String name, boolean possible) {
        assertThat(new PickleName(module, name).isPossible()).isEqualTo(possible);
    }

    @Test
    void survivesALongName() {
        String text = "c" + "a.".repeat(1900) + "a\nb\n0N.";

        assertThat(examine(text).canRunCode()).isTrue();
        assertThat(new PickleName("a.".repeat(5_000_000) + "a", "b").isPossible())
                .isTrue();
    }

    @Test
    void readsALongLineOfPythonOnce() {
        String end = "\u2028";

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(examine("#!" + " python".repeat(140_000) + end).format()).isEqualTo(Format.PYTHON_SOURCE);
            assertThat(examine("#! python\nimport " + "a".repeat(1_000_000) + end)
                            .format())
                    .isEqualTo(Format.PYTHON_SOURCE);
        });
    }

    private static Examined examine(String text) {
        Bytes bytes = new MemoryBytes(text.getBytes(UTF_8));
        return Examination.of(new Sample(bytes, "model.txt", new Limits(Budget.ofVersion()), 0))
                .examined();
    }
}
