package io.modelgate.format;

/** Compiled Python: a number for the version of Python, facts about the source, and a code object. */
final class BytecodeFile implements Kind {
    private static final int PYTHON_3 = 3000;
    private static final int PYTHON_3_END = 4000;
    private static final int PYTHON_3_3 = 3190;
    private static final int PYTHON_3_7 = 3390;
    private static final int PYTHON_2_7 = 62211;

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        if (!bytes.has(2, '\r', '\n')) {
            return;
        }
        int version = (int) new Cursor(bytes, 0).little(2);
        boolean three = version >= PYTHON_3 && version < PYTHON_3_END;
        if (!three && version != PYTHON_2_7) {
            return;
        }
        int header = version == PYTHON_2_7 || version < PYTHON_3_3 ? 8 : version < PYTHON_3_7 ? 12 : 16;
        int start = new Cursor(bytes, header).u8() & 0x7f;
        if (start != 'c') {
            return;
        }
        notes.is(Format.PYTHON_BYTECODE);
        new Marshal(bytes, header, version).names().forEach(notes::calls);
    }
}
