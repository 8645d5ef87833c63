package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes become a tree with places, or findings; never anything else. */
class YamlReaderTest {
    @Test
    void givesEveryValueAndKeyItsPlaceInCodePoints() {
        Node.Mapping root =
                (Node.Mapping) read("# x\n\"😀\": {b: [1, 'two']}\n").get();
        Node.Mapping inner = (Node.Mapping) root.get("😀").orElseThrow();
        Node.Sequence list = (Node.Sequence) inner.get("b").orElseThrow();
        assertThat(root.keyPlace("😀")).isEqualTo(Place.at("f.yaml", 2, 1));
        assertThat(inner.keyPlace("b")).isEqualTo(Place.at("f.yaml", 2, 7));
        assertThat(list.items().get(1).place()).isEqualTo(Place.at("f.yaml", 2, 14));
    }

    @Test
    void keepsNumbersExact() {
        assertThat(read("1.10\n").get()).isEqualTo(new Node.Decimal(Place.at("f.yaml", 1, 1), new BigDecimal("1.10")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23",
                "2026-11-23T10:00:00Z",
                "1.0.0",
                "sha256:00",
                "-",
                "a b",
                "y",
                "n",
                "1e",
                "- 1",
                "0.1.2",
                "infinity"
            })
    void leavesTextAlone(String word) {
        Node root = read("a: " + (word.startsWith("-") ? "\"" + word + "\"" : word) + "\n")
                .get();
        assertThat(((Node.Mapping) root).get("a").orElseThrow())
                .isEqualTo(new Node.Text(Place.at("f.yaml", 1, 4), word));
    }

    @Test
    void readsWindowsLineEnds() {
        assertThat(read("a: 1\r\nb: |\r\n  x\r\n").ok()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void refusesOtherEncodings(String charset) {
        assertThat(rules("a: 1\n".getBytes(Charset.forName(charset)))).containsExactly("yaml/encoding");
    }

    @Test
    void refusesAByteOrderMarkAndReadsOn() {
        assertThat(rules("\ufeffa: 1\nb: *x\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("yaml/byte-order-mark", "yaml/alias");
    }

    @Test
    void namesThePlaceOfAMalformedByte() {
        byte[] bytes = "a: 1\nb: äx\n".getBytes(StandardCharsets.ISO_8859_1);
        Finding finding =
                YamlReader.read(new SourceFile("f.yaml", bytes)).findings().get(0);
        assertThat(finding.rule()).isEqualTo("yaml/encoding");
        assertThat(finding.place()).isEqualTo(Place.at("f.yaml", 2, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "eda080", "f8888080", "f4908080", "e282", "ff", "80"})
    void refusesOverlongSurrogateAndCutSequences(String hex) {
        assertThat(rules(HexFormat.of().parseHex("613a2020" + hex))).containsExactly("yaml/encoding");
    }

    @Test
    void refusesMoreThanAMebibyte() {
        byte[] bytes = new byte[YamlReader.MAX_BYTES + 1];
        assertThat(rules(bytes)).containsExactly("yaml/too-large");
    }

    @Test
    void readsFiftyLevelsAndNoMore() {
        assertThat(read("[".repeat(50) + "]".repeat(50)).ok()).isTrue();
        assertThat(rules(("[".repeat(51) + "]".repeat(51)).getBytes(StandardCharsets.UTF_8)))
                .containsExactly("yaml/depth");
    }

    @Test
    void refusesMoreValuesThanAnyDocumentNeeds() {
        assertThat(rules(("[" + "a,".repeat(260_000) + "]").getBytes(StandardCharsets.UTF_8)))
                .containsExactly("yaml/too-many-values");
    }

    static List<String> hostile() {
        int size = 300_000;
        return List.of(
                "[".repeat(size),
                "{".repeat(size),
                "{a: ".repeat(size / 4),
                "- ".repeat(size / 2),
                "? ".repeat(size / 2),
                ": ".repeat(size / 2),
                "a: ".repeat(size / 3),
                "a:\n".repeat(size / 3),
                "-\n".repeat(size / 2),
                "a".repeat(size),
                "a ".repeat(size / 2),
                "a\n".repeat(size / 2),
                "\"" + "a".repeat(size),
                "\"" + "\\n".repeat(size / 2) + "\"",
                "\"" + "\\".repeat(size),
                "'" + "''".repeat(size / 2),
                "|\n" + " a\n".repeat(size / 3),
                ">\n" + " a\n\n".repeat(size / 4),
                "|" + "\n".repeat(size),
                "#".repeat(size),
                "# \n".repeat(size / 3),
                "\n".repeat(size),
                " ".repeat(size),
                "\t".repeat(size),
                "\u202e".repeat(size / 3),
                "%a\n".repeat(size / 3),
                "---\n".repeat(size / 4),
                "&a ".repeat(size / 3),
                "!a ".repeat(size / 3),
                "*a ".repeat(size / 3),
                "[" + "&a 1,".repeat(size / 5),
                "[" + "a,".repeat(size / 2) + "]",
                "[" + "a: ,".repeat(size / 4) + "]",
                "[" + "?,".repeat(size / 2) + "]",
                "{" + "a,".repeat(size / 2) + "}",
                "[" + "1e9,".repeat(size / 4) + "]",
                "[" + "\"\",".repeat(size / 3) + "]",
                "9".repeat(size),
                "0" + "_".repeat(size),
                "a: " + "1:".repeat(size / 2),
                lines(size / 10, i -> "k" + i + ": 1\n"),
                lines(1_000, i -> " ".repeat(i) + "a:\n"),
                lines(300, i -> "a: [" + "[".repeat(i) + "\n"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void readsHostileInputInLittleTime(String text) {
        byte[] bytes =
                Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), Math.min(text.length(), YamlReader.MAX_BYTES));
        assertTimeout(Duration.ofSeconds(20), () -> check(bytes));
    }

    @Test
    void findsAPlaceInAnyBytes() {
        Random random = new Random(1);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            check(bytes);
        }
    }

    @Test
    void findsAPlaceInAnyMixtureOfIndicators() {
        String[] tokens = {
            "a", ": ", "- ", "? ", "\n", " ", "  ", "[", "]", "{", "}", ",", "#", "&", "*", "!", "|", ">", "'", "\"",
            "%", "@", "`", "---", "...", "\\", "<<", "1", ".", "~", "\t", "\r", "ä", "\u202e", "\u0000", "null", "|2",
            ">-", "!!", "!<", "\\x", "\\U"
        };
        Random random = new Random(2);
        for (int round = 0; round < 10_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(tokens[random.nextInt(tokens.length)]);
            }
            check(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void findsAPlaceInAnyMutationOfAValidDocument() throws IOException {
        Random random = new Random(3);
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/manifest/valid"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] valid = Files.readAllBytes(file);
                for (int round = 0; round < 100; round++) {
                    check(mutated(valid, random));
                }
            }
        }
    }

    private static byte[] mutated(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) " :-[]{}#&*!|>'\"%@\n,".charAt(random.nextInt(19));
                case 2 -> System.arraycopy(valid, random.nextInt(valid.length - at), bytes, 0, Math.min(at, 9));
                default -> bytes = Arrays.copyOf(bytes, at + 1);
            }
        }
        return bytes;
    }

    /** Whatever the bytes are: no exception, and every finding has a place inside the file. */
    private static void check(byte[] bytes) {
        SourceFile file = new SourceFile("f.yaml", bytes);
        Checked<Node> read = YamlReader.read(file);
        long lines = 2
                + file.text()
                        .codePoints()
                        .filter(each -> each == '\n' || each == '\r')
                        .count();
        assertThat(read.findings()).allSatisfy(each -> {
            assertThat(each.place().path()).isEqualTo("f.yaml");
            assertThat((long) each.place().line()).isBetween(1L, lines);
            assertThat(each.place().column()).isPositive();
        });
        List<Kind> kinds = List.of(Kind.values());
        Documents.read(kinds.get(bytes.length % kinds.size()), file);
    }

    private static String lines(int count, IntFunction<String> line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(line.apply(i));
        }
        return text.toString();
    }

    private static List<String> rules(byte[] bytes) {
        return YamlReader.read(new SourceFile("f.yaml", bytes)).findings().stream()
                .map(Finding::rule)
                .toList();
    }

    private static Checked<Node> read(String text) {
        return YamlReader.read(SourceFile.of("f.yaml", text));
    }
}
