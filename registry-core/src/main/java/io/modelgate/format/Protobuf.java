package io.modelgate.format;

/** Walks the fields of protobuf messages. */
final class Protobuf {
    private static final int MOST_FIELDS = 5_000_000;
    private static final int DEPTH = 32;

    /** What to do with each field. */
    interface Visit {
        void field(ProtobufField field) throws DamagedException;
    }

    private int fields;
    private int depth;

    /** Visits the fields of a message in order; the work for one file is bounded over all its messages. */
    void walk(Bytes message, Visit visit) throws DamagedException {
        if (++depth > DEPTH) {
            throw new DamagedException("Its messages are nested more than " + DEPTH + " deep; the rest was not read.");
        }
        Cursor cursor = Cursor.skipping(message);
        while (!cursor.ended()) {
            if (++fields > MOST_FIELDS) {
                throw new DamagedException("It has more than " + MOST_FIELDS + " fields; the rest was not read.");
            }
            visit.field(ProtobufField.read(cursor, message));
        }
        depth--;
    }
}
