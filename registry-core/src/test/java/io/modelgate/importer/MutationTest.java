package io.modelgate.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.modelgate.finding.Checked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real files with something broken: whatever it is, it is a value or a finding, never an exception. */
class MutationTest {
    private static final int MUTATIONS = Integer.getInteger("modelgate.mutations", 12);
    private static final List<ImportTool> TOOLS = List.of(ImportTool.values());
    private static final List<String> PIECES = List.of(
            "NaN",
            "-Infinity",
            "\"inf\"",
            "-1",
            "1e308",
            "1e99999",
            "0",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\" \"",
            "[1,2]",
            ",",
            "\n",
            "0.5",
            "\"\u0000\u202e\"",
            "9007199254740993");

    static List<Path> files() throws IOException {
        Path root = Path.of("src/test/resources/importer");
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void neverThrows(Path file) throws IOException {
        String text = Files.readString(file);
        Random random = new Random(file.toString().hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            String broken = broken(text, random);
            for (ImportTool tool : List.of(ImportTool.AUTO, TOOLS.get(random.nextInt(TOOLS.size())))) {
                for (ImportContext context : List.of(Samples.credit(), Samples.NOTHING)) {
                    assertThatCode(() -> {
                                Checked<Imported> read = Importer.read(tool, Samples.text(broken), context);
                                assertThat(read.findings())
                                        .allMatch(each ->
                                                !each.blocks() || !each.remedy().isEmpty());
                            })
                            .describedAs(broken)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    private static String broken(String text, Random random) {
        int at = random.nextInt(text.length());
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(at);
            case 2 -> withoutLine(text, at);
            default -> withOtherValue(text, at, PIECES.get(random.nextInt(PIECES.size())));
        };
    }

    private static String withoutLine(String text, int at) {
        int start = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at);
        return text.substring(0, start) + (end < 0 ? "" : text.substring(end + 1));
    }

    /** Replaces the next number or text. */
    private static String withOtherValue(String text, int at, String value) {
        int start = at;
        while (start < text.length() && " :,[{\n".indexOf(text.charAt(start)) < 0) {
            start++;
        }
        while (start < text.length() && " :,[{\n".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < text.length() && ",]}\n:".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, start) + value + text.substring(end);
    }
}
