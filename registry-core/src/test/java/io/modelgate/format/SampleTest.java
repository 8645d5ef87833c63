package io.modelgate.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hides in models, and what goes wrong with them, in files that {@code make.py} made. */
class SampleTest {
    private static final Path MORE = FixtureTest.FILES.resolve("more");
    private static final Path REAL = FixtureTest.FILES.resolve("real");

    record Expected(String file, Format format, boolean canRunCode, String calls, String problem) {
        static Expected of(String line) {
            String[] cells = line.split("\\|", -1);
            return new Expected(
                    cells[0].strip(),
                    Format.parse(cells[1].strip()),
                    cells[2].strip().equals("yes"),
                    cells[3].strip(),
                    cells[4].strip());
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Expected> samples() throws IOException {
        try (Stream<String> lines = Files.lines(MORE.resolve("index.txt"))) {
            return lines.filter(each -> !each.startsWith("#")).map(Expected::of).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void tellsWhatHidesInAFile(Expected expected) {
        Examined examined = FormatReader.examine(MORE.resolve(expected.file()));

        assertThat(examined.format()).isEqualTo(expected.format());
        assertThat(examined.canRunCode()).isEqualTo(expected.canRunCode());
        if (expected.calls().isEmpty()) {
            assertThat(examined.calls()).isEmpty();
        } else {
            assertThat(examined.calls())
                    .hasValueSatisfying(calls -> assertThat(calls).matches(expected.calls()));
        }
        if (expected.problem().isEmpty()) {
            assertThat(examined.problems()).isEmpty();
        } else {
            assertThat(examined.problems()).anySatisfy(each -> assertThat(each).containsPattern(expected.problem()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "logistic.onnx, onnx",
        "model.onnx, onnx",
        "stored.skops, skops",
        "deflated.skops, skops",
        "xgboost.ubj, xgboost-ubj",
    })
    void knowsWhatLibrariesWrite(String file, String format) {
        assertThat(FormatReader.examine(REAL.resolve(file)))
                .isEqualTo(new Examined(Format.parse(format), false, Optional.empty(), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"script.cmd", "script-latin.ps1"})
    void knowsByTheirNamesScriptsThatCouldBeAnything(String file) {
        assertThat(FormatReader.examine(MORE.resolve(file)).format()).isEqualTo(Format.EXECUTABLE);
    }

    @ParameterizedTest
    @CsvSource({"external-data.onnx, weights.bin", "MLmodel, model.pkl"})
    void namesTheFilesThatBelongToAFile(String file, String needed) {
        assertThat(FormatReader.examine(FixtureTest.FILES.resolve(file)).needs())
                .containsExactly(needed);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void trustsNoName(Expected expected) throws IOException {
        Path file = MORE.resolve(expected.file());
        try (var bytes = Files.newByteChannel(file)) {
            Examined renamed = FormatReader.examine(bytes, "model.gguf");

            assertThat(renamed.format())
                    .satisfiesAnyOf(
                            each -> assertThat(each).isEqualTo(expected.format()),
                            each -> assertThat(each).isIn(Format.TEXT, Format.JSON));
        }
    }
}
