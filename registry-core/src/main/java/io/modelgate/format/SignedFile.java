package io.modelgate.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/** Files that are told by a few bytes at a known place, and of which nothing more is read. */
final class SignedFile implements Kind {
    private static final Pattern TEXT_OF_R = Pattern.compile("A\n[23]\n[1-4]\\d{5}\n(131840\n|197888\n|$)");

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        if (bytes.has(4, "TFL3")) {
            notes.is(Format.TFLITE);
        } else if (bytes.has(0, "CBM1")) {
            notes.is(Format.CATBOOST);
            long length = new Cursor(bytes, 4).little(4);
            if (!bytes.reaches(8 + length)) {
                throw DamagedException.cut(bytes.size());
            }
        } else if (bytes.has(0, 0xac, 0xed, 0, 5)) {
            notes.is(Format.JAVA_SERIALIZED);
        } else if (isTextOfR(bytes)
                || bytes.has(0, "X\n\0\0\0")
                || bytes.has(0, "RDX2\nX")
                || bytes.has(0, "RDX3\nX")) {
            notes.is(Format.R_SERIALIZED);
        } else if (isProgram(bytes)) {
            notes.is(Format.EXECUTABLE);
        }
    }

    /** As {@code saveRDS(ascii = TRUE)} and {@code save} write it: the format, the version of R, and the oldest that reads it. */
    private static boolean isTextOfR(Bytes bytes) throws DamagedException {
        return bytes.has(0, "RDA2\nA\n")
                || bytes.has(0, "RDA3\nA\n")
                || ((bytes.has(0, "A\n2\n") || bytes.has(0, "A\n3\n"))
                        && TEXT_OF_R
                                .matcher(new String(bytes.slice(0, 20), ISO_8859_1))
                                .lookingAt());
    }

    /** Programs and libraries of Linux, Windows and macOS, and classes of Java. */
    private static boolean isProgram(Bytes bytes) throws DamagedException {
        return bytes.has(0, 0x7f, 'E', 'L', 'F')
                || isOfWindows(bytes)
                || bytes.has(0, 0xcf, 0xfa, 0xed, 0xfe)
                || bytes.has(0, 0xce, 0xfa, 0xed, 0xfe)
                || bytes.has(0, 0xca, 0xfe, 0xba, 0xbe)
                || bytes.has(0, 0, 'a', 's', 'm', 1, 0, 0, 0);
    }

    private static boolean isOfWindows(Bytes bytes) throws DamagedException {
        return bytes.has(0, "MZ") && bytes.has(new Cursor(bytes, 0x3c).little(4), 'P', 'E', 0, 0);
    }
}
