package io.modelgate.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what is plainly no object is harmless: NumPy reads the type of an array in many notations. */
class NumpyFileTest {
    private static final String REST = "'fortran_order': False, 'shape': (1,), }";
    private static final String PICKLE = "\u0080\u0004cos\ngetpid\n)R.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'|O'",
                "\"|O\"",
                "('|O')",
                "'O8'",
                "'|O8'",
                "'O4'",
                "'object'",
                "'object_'",
                "'|\\x4f'",
                "'\\u004f'",
                "u'|O'",
                "b'|O'",
                "'''|O'''",
                "'|' 'O'",
                "'f4,O'",
                "'2O'",
                "'(2,)O'",
                "'<f8', 'descr': '|O'",
                "'<f8', 'd\\x65scr': '|O'",
                "[('a', '<f8'), ('b', \"|O\")]",
                "[('a', [('b', 'object')])]",
                "[('a', ('|O', (2,)))]",
                "[(('a', 'b'), '|O', (2,))]",
                "('<f8', {'a': ('|O', 0)})",
                "{'names': ['a'], 'formats': ['O']}",
            })
    void suspectsAnArrayOfObjects(String type) throws IOException {
        byte[] array = array(type, PICKLE);

        Examined examined = examine(array, "array.npy");
        assertThat(examined.format()).isEqualTo(Format.NUMPY);
        assertThat(examined.canRunCode()).isTrue();
        assertThat(examined.calls()).contains("os.getpid");
        Examined packed = examine(zipped(array, false), "arrays.npz");
        assertThat(packed.format()).isEqualTo(Format.NUMPY_ZIP);
        assertThat(packed.canRunCode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'<f8'",
                "\"<f8\"",
                "'|b1'",
                "'|S5'",
                "'<U3'",
                "'|V8'",
                "'<M8[ns]'",
                "'<m8[25s]'",
                "'<c16'",
                "[('a', '<i4'), ('b', '<U3')]",
                "[(\"it's\", '<f4', (2, 3)), ('O', [('x', '|b1')])]",
                "[(('title', 'name'), '<f4'), ('', '|V4')]",
                "[('\\'O', '<f4'), ]",
            })
    void leavesOtherArraysAlone(String type) throws IOException {
        byte[] array = array(type, "\0".repeat(100));

        assertThat(harmless(examine(array, "array.npy"))).isTrue();
        assertThat(harmless(examine(zipped(array, false), "arrays.npz"))).isTrue();
    }

    @Test
    void survivesATypeInATypeInAType() {
        assertThat(examine(array("[('a',".repeat(9000), PICKLE), "array.npy").canRunCode())
                .isTrue();
    }

    @Test
    void saysThatAnEntryOfAZipWasNotRead() throws IOException {
        assertThat(examine(zipped(array("'|O'", PICKLE), true), "arrays.npz").problems())
                .anySatisfy(each -> assertThat(each).contains("packed in a way that is not read here"));
    }

    private static byte[] array(String type, String content) {
        String header = "{'descr': " + type + ", " + REST + "\n";
        String length = (char) (header.length() & 0xff) + "" + (char) (header.length() >> 8);
        return ("\u0093NUMPY\1\0" + length + header + content).getBytes(ISO_8859_1);
    }

    /** With a method that Python unpacks as bzip2, if asked to. */
    private static byte[] zipped(byte[] content, boolean oddly) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("a.npy"));
            out.write(content);
        }
        byte[] zip = bytes.toByteArray();
        if (oddly) {
            zip[8] = 12;
            zip[new String(zip, ISO_8859_1).indexOf("PK\1\2") + 10] = 12;
        }
        return zip;
    }

    private static Examined examine(byte[] bytes, String name) {
        return Examination.of(new Sample(new MemoryBytes(bytes), name, new Limits(Budget.ofVersion()), 0))
                .examined();
    }

    private static boolean harmless(Examined examined) {
        return !examined.canRunCode() && examined.intact();
    }
}
