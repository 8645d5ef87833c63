package io.modelgate.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles without a PROTO, which look like other things: what {@code pickle.load} runs is never harmless, and text stays text. */
class PickleSuspicionTest {
    private static final String CALL = "0cos\ngetpid\n(tR.";

    static Stream<Map.Entry<String, String>> pickles() {
        Map<String, String> pickles = new TreeMap<>();
        pickles.put("a long number in the memo", "Np00000000000000000000\n" + CALL);
        pickles.put("a very long number in the memo", "Np" + "0".repeat(4200) + "\n" + CALL);
        pickles.put("a number with what only Python reads", "Np +1_0 \n" + CALL);
        pickles.put("a number with a zero after it", "Np1\0 more\n" + CALL);
        pickles.put("a whole number with a zero after it", "I1\0 more\n" + CALL);
        pickles.put("a number to another base", "L0b11L\n" + CALL);
        pickles.put("a text in the memo, as Python 2 had it", "Np a\n" + CALL);
        pickles.put("more values than are kept", "N".repeat(1_000_001) + CALL);
        pickles.put("more steps than are followed", "N0".repeat(10_000_001) + "N" + CALL);
        pickles.put("a long name", "N0\u0080\u0004cos\ngetpid" + ".__call__".repeat(500) + "\n)R.");
        pickles.put(
                "a long name on the stack", "N0\u0080\u0004S'os'\nS'getpid" + ".__call__".repeat(50) + "'\n\u0093)R.");
        pickles.put("an escaped name on the stack", "N0S'\\x6fs'\nV\\u0067etpid\n\u0093)R.");
        pickles.put("a name from a memo that is lost", "Np9\n0Vos\nq\u0001Vgetpid\n\u0094h\u0001h\u0001\u0093)R.");
        pickles.put("a module that makes what it is asked for", "(S'-c'\nish\n/bin/a b\n.");
        pickles.put("a call in its last line, which does not end", "(ios\ngetpid.");
        pickles.put("a change before a damage", "cpickle\nUnpicklingError\n(N(S'__init__'\ncos\ngetpid\ndtb\n");
        pickles.put("a list that is changed before a damage", "csys\npath\nS'/tmp'\na\n");
        pickles.put("a call in the second pickle", "N.N" + CALL);
        pickles.put("a call in the hundredth pickle", "N.".repeat(200) + "N" + CALL);
        pickles.put("a call after the STOP in a frame", "\u0095 \0\0\0\0\0\0\0N.N" + CALL + "#".repeat(99));
        pickles.put("a call after the frame", "\u0095\u0003\0\0\0\0\0\0\0N.#N" + CALL);
        return pickles.entrySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pickles")
    void suspectsAPickle(Map.Entry<String, String> pickle) throws IOException {
        byte[] bytes = pickle.getValue().getBytes(ISO_8859_1);

        assertThat(examine(bytes, "model.txt").canRunCode()).isTrue();
        assertThat(examine(bytes, "table.csv").canRunCode()).isTrue();
        assertThat(harmless(examine(gzipped(bytes), "model.txt.gz"))).isFalse();
        assertThat(harmless(examine(zipped(bytes), "model.zip"))).isFalse();
    }

    @Test
    void saysWhereItGaveUp() {
        assertThat(examine("N".repeat(1_000_001)).problems())
                .singleElement()
                .asString()
                .contains("stacks up more than");
        assertThat(examine("N0".repeat(10_000_001)).problems())
                .singleElement()
                .asString()
                .contains("too many steps");
    }

    @Test
    void suspectsATextThatUnpacksToMoreThanIsRead() throws IOException {
        byte[] text = ("V" + "0123456789abcdef".repeat(5 << 20) + "\n" + CALL).getBytes(US_ASCII);
        for (int i = 0; i < text.length - 100; i += 61) {
            text[i + 1] = (byte) ('a' + ((i * 31L) >>> 7) % 26);
        }

        assertThat(harmless(examine(zipped(text), "model.zip"))).isFalse();
    }

    @Test
    void suspectsAPickleInSafetensors() {
        byte[] file = safetensors("p00000000000000000000\n" + CALL);

        assertThat(examine(safetensors("harmless"), "model.safetensors"))
                .satisfies(each -> assertThat(each.format()).isEqualTo(Format.SAFETENSORS))
                .satisfies(each -> assertThat(harmless(each)).isTrue());
        assertThat(examine(file, "model.safetensors").canRunCode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nobody knows.\n",
                "class\ncat\ndog\nfish\n",
                "cat\ndog\n",
                "count\n1\n2\n",
                "Value,Name\n1.5,a\n2.5,b\n",
                "Price\n0.5\n1.5\n",
                "I think so.\nYes.\n",
                "In short\n",
                "Leave it\n",
                "N.B. this is no pickle.\n",
                "(in short) a text\n",
                "(c) 2024 somebody\n",
                "Copyright (c) 2024 somebody and many others, who all wrote this text together, line after line, "
                        + "until there were more than one hundred and eleven characters.\n",
                "Unicode, or what is left of it after the line has been cut: a text of more than one hundred and ten "
                        + "characters is needed for that.\n",
                "config:\n  a: 1\n",
                "import os\nand print its name\n",
                "name: a\nchannels:\n- b\n",
                "%YAML 1.2\n---\na: 1\n",
                "tablecloth\ncurtain\nR\n",
                "X,y\n1,2\n3,4\n",
                "{\"a\": [1, 2]}",
                "NaN,NaN\n1,2\n",
            })
    void leavesTextAlone(String text) {
        assertThat(harmless(examine(text.getBytes(US_ASCII), "model.txt"))).isTrue();
        assertThat(harmless(examine(text.repeat(3).getBytes(US_ASCII), "model.csv")))
                .isTrue();
    }

    @Test
    void isQuickWithLargeFiles() {
        byte[] text = "Value,of,a table with many columns and rows\n1,2,3\n"
                .repeat(400_000)
                .getBytes(US_ASCII);
        byte[] line = ("V" + "x".repeat(100_000_000)).getBytes(US_ASCII);

        Assertions.assertTimeout(Duration.ofSeconds(8), () -> {
            assertThat(harmless(examine(text, "model.txt"))).isTrue();
            assertThat(harmless(examine(line, "model.txt"))).isTrue();
        });
    }

    private static Examined examine(String text) {
        return examine(text.getBytes(ISO_8859_1), "model.txt");
    }

    private static Examined examine(byte[] bytes, String name) {
        return Examination.of(new Sample(new MemoryBytes(bytes), name, new Limits(Budget.ofVersion()), 0))
                .examined();
    }

    private static boolean harmless(Examined examined) {
        return !examined.canRunCode() && examined.intact();
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("weights.bin"));
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** The length starts with an X, whose text ends in the header; from there a hundred U lead to the tensor. */
    private static byte[] safetensors(String tensor) {
        String data = "a".repeat(37) + tensor;
        String tail = "\"},'w':{'dtype':'U8','shape':[#],'data_offsets':[0,#]}}"
                .replace('\'', '"')
                .replace("#", "" + data.length());
        String head = "{\"__metadata__\":{\"x\":\"" + "a".repeat(15)
                + ("Ud" + "a".repeat(100)).repeat(100)
                + "U~"
                + "a".repeat(89 - tail.length());
        String header = head + tail;
        assertThat(header).hasSize(0x2858);
        return ("X(\0\0\0\0\0\0" + header + data).getBytes(US_ASCII);
    }
}
