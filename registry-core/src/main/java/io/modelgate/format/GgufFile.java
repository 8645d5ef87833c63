package io.modelgate.format;

/** GGUF of llama.cpp: keys with values, descriptions of tensors, and the tensors. */
final class GgufFile implements Kind {
    private static final int LATEST_VERSION = 3;
    private static final int MOST_KEYS = 1_000_000;
    private static final int MOST_TENSORS = 1_000_000;
    private static final long MOST_ELEMENTS = 100_000_000;
    private static final int MOST_DIMENSIONS = 8;
    private static final int DEEPEST_ARRAY = 8;
    private static final int TEXT = 8;
    private static final int ARRAY = 9;

    /** Bytes of a value by its type, as {@code gguf.md} lists them; a text and an array have their own lengths. */
    private static final int[] WIDTHS = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        if (!bytes.has(0, "GGUF")) {
            return;
        }
        notes.is(Format.GGUF);
        Cursor cursor = new Cursor(bytes, 4);
        long version = cursor.little(4);
        if (version < 1 || version > LATEST_VERSION) {
            throw new DamagedException("It is GGUF of version " + version + ", which was not read.");
        }
        int width = version == 1 ? 4 : 8;
        long tensors = cursor.count(width, MOST_TENSORS);
        long keys = cursor.count(width, MOST_KEYS);
        long alignment = 32;
        for (long i = 0; i < keys; i++) {
            String key = cursor.text(cursor.count(width, Limits.HEADER), 100);
            int type = (int) cursor.count(4, WIDTHS.length - 1);
            if (key.equals("general.alignment") && WIDTHS[type] == 4) {
                alignment = Math.max(1, cursor.little(4));
            } else {
                skip(cursor, type, width, 0);
            }
        }
        long lastTensor = -1;
        for (long i = 0; i < tensors; i++) {
            lastTensor = Math.max(lastTensor, tensor(cursor, width));
        }
        long data = (cursor.at() + alignment - 1) / alignment * alignment;
        if (lastTensor >= 0 && !bytes.reaches(data + lastTensor + 1)) {
            throw new DamagedException("It is cut: its last tensor is not in it.");
        }
    }

    private static void skip(Cursor cursor, int type, int width, int depth) throws DamagedException {
        if (type == TEXT) {
            cursor.skip(cursor.count(width, Long.MAX_VALUE));
        } else if (type == ARRAY) {
            int element = (int) cursor.count(4, WIDTHS.length - 1);
            long count = cursor.count(width, MOST_ELEMENTS);
            if (depth == DEEPEST_ARRAY) {
                throw new DamagedException("It has arrays in arrays, more than " + DEEPEST_ARRAY + " deep.");
            }
            if (WIDTHS[element] > 0) {
                cursor.skip(count * WIDTHS[element]);
                return;
            }
            for (long i = 0; i < count; i++) {
                skip(cursor, element, width, depth + 1);
            }
        } else {
            cursor.skip(WIDTHS[type]);
        }
    }

    /** Where a tensor starts in the data. */
    private static long tensor(Cursor cursor, int width) throws DamagedException {
        cursor.skip(cursor.count(width, Limits.HEADER));
        long dimensions = cursor.count(4, MOST_DIMENSIONS);
        cursor.skip(dimensions * width + 4);
        return cursor.count(8, Long.MAX_VALUE / 4);
    }
}
