package io.modelgate.format;

/**
 * One field of a protobuf message; its bytes are skipped, not read.
 *
 * @param wire 0 number, 1 eight bytes, 2 bytes, 5 four bytes
 * @param value the number of a field with wire type 0
 * @param content the bytes of a field with wire type 2, otherwise none
 */
record ProtobufField(int number, int wire, long value, Bytes content, long length) {
    private static final int LONGEST_VARINT = 10;

    /** Reads a field and leaves the cursor after it. */
    static ProtobufField read(Cursor cursor, Bytes message) throws DamagedException {
        long tag = varint(cursor);
        int wire = (int) (tag & 7);
        long number = tag >>> 3;
        if (number == 0 || number > 0x1fff_ffff) {
            throw new DamagedException("It is no valid protobuf: a field has no valid number.");
        }
        long value = wire == 0 ? varint(cursor) : 0;
        long length = switch (wire) {
            case 0 -> 0;
            case 1 -> 8;
            case 2 -> varint(cursor);
            case 5 -> 4;
            default -> throw new DamagedException("It is no valid protobuf: a field is of no known type.");
        };
        Bytes content = message.part(cursor.at(), Math.max(0, length));
        cursor.skip(length);
        return new ProtobufField((int) number, wire, value, content, length);
    }

    boolean is(int field, int type) {
        return number == field && wire == type;
    }

    /** Up to 4096 bytes of the content as text. */
    String text() throws DamagedException {
        return Cursor.skipping(content).text(length, 4096);
    }

    private static long varint(Cursor cursor) throws DamagedException {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            int next = cursor.u8();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        throw new DamagedException("It is no valid protobuf: a number is too long.");
    }
}
