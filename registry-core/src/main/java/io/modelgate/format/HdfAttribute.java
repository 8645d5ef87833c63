package io.modelgate.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** An attribute of HDF5 that is a text: in its place, or in a heap if its length may vary. */
record HdfAttribute(String name, Bytes text) {
    private static final int FIXED_TEXT = 3;
    private static final int VARYING = 9;
    private static final int MOST_OBJECTS = 100_000;

    /** Reads the message under the cursor; empty if the attribute is no text. */
    static Optional<HdfAttribute> read(Bytes bytes, long base, Cursor cursor) throws DamagedException {
        int version = cursor.u8();
        cursor.skip(1);
        int nameLength = (int) cursor.little(2);
        int typeLength = (int) cursor.little(2);
        int spaceLength = (int) cursor.little(2);
        cursor.skip(version == 3 ? 1 : 0);
        boolean padded = version == 1;
        String name = new String(cursor.take(nameLength), UTF_8).replace("\0", "");
        cursor.skip(padding(nameLength, padded));
        long typeAt = cursor.at();
        int kind = cursor.u8() & 0xf;
        cursor.skip(3);
        long width = cursor.little(4);
        cursor.to(typeAt + typeLength + padding(typeLength, padded));
        cursor.skip(spaceLength + padding(spaceLength, padded));
        if (kind == FIXED_TEXT) {
            return Optional.of(new HdfAttribute(name, bytes.part(cursor.at(), width)));
        }
        if (kind == VARYING) {
            cursor.skip(4);
            long heap = base + cursor.count(8, Long.MAX_VALUE / 2);
            return Optional.of(new HdfAttribute(name, inHeap(bytes, heap, cursor.little(4))));
        }
        return Optional.empty();
    }

    private static Bytes inHeap(Bytes bytes, long heap, long wanted) throws DamagedException {
        if (!bytes.has(heap, "GCOL")) {
            throw new DamagedException("It is no whole HDF5: the text of an attribute is not where it should be.");
        }
        Cursor cursor = new Cursor(bytes, heap + 16);
        for (int i = 0; i < MOST_OBJECTS; i++) {
            long index = cursor.little(2);
            cursor.skip(6);
            long size = cursor.count(8, Long.MAX_VALUE / 4);
            if (index == wanted) {
                return bytes.part(cursor.at(), size);
            }
            if (index == 0) {
                break;
            }
            cursor.skip((size + 7) / 8 * 8);
        }
        throw new DamagedException("It is no whole HDF5: the text of an attribute is missing.");
    }

    private static int padding(int length, boolean padded) {
        return padded ? (8 - length % 8) % 8 : 0;
    }
}
