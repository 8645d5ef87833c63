package io.modelgate.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The 38 files of {@code index.csv}, made by the real libraries or by hand, and what is known about them. */
class FixtureTest {
    static final Path FILES = Path.of("src/test/resources/format");

    private static final Map<String, String> CALLS = Map.of(
            "model.pkl beside it", "mlflow.sklearn",
            "the classes of scikit-learn", "sklearn.pipeline.Pipeline",
            "x = 1", "x");

    record Row(String file, String format, boolean canRunCode, String wouldCall, boolean intact) {
        static Row of(String line) {
            String[] cells = line.replaceAll("\"[^\"]*\"", "quoted").split(",", -1);
            // "joblib, zlib" is one cell
            String format = line.contains("\"joblib") ? "joblib" : cells[1];
            return new Row(cells[0], format, cells[2].equals("yes"), cells[3], cells[4].equals("yes"));
        }

        /** The word of ours for what the table says to people. */
        Format expected() {
            return switch (format) {
                case "MLmodel (YAML)" -> Format.MLMODEL;
                case "empty file" -> Format.EMPTY;
                case "joblib (pickle with raw arrays in between)" -> Format.JOBLIB;
                case "Keras v3 (zip)" -> Format.KERAS;
                case "numpy zip with an array of objects (pickle)" -> Format.NUMPY_ZIP;
                case "numpy array" -> Format.NUMPY;
                case "LightGBM text" -> Format.LIGHTGBM;
                case "TensorFlow SavedModel" -> Format.TENSORFLOW_SAVED_MODEL;
                case "PyTorch zip" -> Format.PYTORCH;
                default ->
                    Format.parse(format.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
            };
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Row> rows() throws IOException {
        try (Stream<String> lines = Files.lines(FILES.resolve("index.csv"))) {
            return lines.skip(1).map(Row::of).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void tellsWhatEachFileIs(Row row) {
        Examined examined = FormatReader.examine(FILES.resolve(row.file()));

        assertThat(examined.format()).isEqualTo(row.expected());
        assertThat(examined.canRunCode()).isEqualTo(row.canRunCode());
        assertThat(examined.intact()).as("%s", examined.problems()).isEqualTo(row.intact());
        if (row.wouldCall().isEmpty()) {
            assertThat(examined.calls()).isEmpty();
        } else {
            assertThat(examined.calls())
                    .hasValueSatisfying(calls -> assertThat(calls).containsPattern(pattern(row.wouldCall())));
        }
    }

    @Test
    void findsAllThirteenThatCallSomething() throws IOException {
        List<Row> calling =
                rows().stream().filter(each -> !each.wouldCall().isEmpty()).toList();

        assertThat(calling)
                .hasSize(13)
                .allMatch(each ->
                        FormatReader.examine(FILES.resolve(each.file())).calls().isPresent());
    }

    /** Python knows {@code os.getpid} by the name of the module that it comes from. */
    private static String pattern(String wouldCall) {
        return CALLS.getOrDefault(wouldCall, wouldCall).replace("os.getpid", "(os|posix)\\.getpid");
    }
}
