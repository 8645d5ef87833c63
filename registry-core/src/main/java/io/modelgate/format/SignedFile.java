package io.modelgate.format;

/** Files that are told by a few bytes at a known place, and of which nothing more is read. */
final class SignedFile implements Kind {
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
        } else if (bytes.has(0, "X\n\0\0\0") || bytes.has(0, "RDX2\nX") || bytes.has(0, "RDX3\nX")) {
            notes.is(Format.R_SERIALIZED);
        } else if (isProgram(bytes)) {
            notes.is(Format.EXECUTABLE);
        }
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
