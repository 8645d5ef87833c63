package io.modelgate.format;

import java.util.HashSet;
import java.util.Set;

/** UBJSON, as which XGBoost stores models. Arrays of numbers are skipped. */
final class UbjsonFile implements Kind {
    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 20_000_000;

    private record Bounds(int type, long count) {}

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        if (!bytes.has(0, "{L") && !bytes.has(0, "{i") && !bytes.has(0, "{U") && !bytes.has(0, "{#")) {
            return;
        }
        Walk walk = new Walk(new Cursor(bytes, 0));
        try {
            walk.value(walk.cursor.u8(), "", 0);
        } catch (DamagedException e) {
            tell(walk, notes);
            throw e;
        }
        tell(walk, notes);
        XgboostKeys.check(walk.keys::contains);
    }

    private static void tell(Walk walk, Notes notes) {
        if (XgboostKeys.areIn(walk.keys::contains)) {
            notes.is(Format.XGBOOST_UBJ);
        }
    }

    /** One walk over one document. */
    private static final class Walk {
        private final Cursor cursor;
        private final Set<String> keys = new HashSet<>();
        private int values;

        Walk(Cursor cursor) {
            this.cursor = cursor;
        }

        void value(int type, String path, int depth) throws DamagedException {
            if (++values > MOST_VALUES || depth > DEEPEST) {
                throw new DamagedException("Its UBJSON has too many values, or too deep ones; the rest was not read.");
            }
            switch (type) {
                case '{' -> object(path, depth);
                case '[' -> array(path, depth);
                case 'S', 'H' -> cursor.skip(length());
                default -> cursor.skip(width(type));
            }
        }

        private void object(String path, int depth) throws DamagedException {
            Bounds bounds = bounds();
            for (long i = 0; i != bounds.count(); i++) {
                int next = cursor.u8();
                if (bounds.count() < 0 && next == '}') {
                    return;
                }
                long length = integer(next);
                if (length < 0) {
                    throw new DamagedException("Its UBJSON is damaged: a key has no length.");
                }
                String key = path + "/" + cursor.text(length, 100);
                if (depth < XgboostKeys.DEPTH && keys.size() < 10_000) {
                    keys.add(key);
                }
                value(bounds.type() == 0 ? cursor.u8() : bounds.type(), key, depth + 1);
            }
        }

        private void array(String path, int depth) throws DamagedException {
            Bounds bounds = bounds();
            if (bounds.type() != 0 && width(bounds.type()) > 0 && bounds.count() >= 0) {
                cursor.skip(Math.min(bounds.count(), Long.MAX_VALUE / 8) * width(bounds.type()));
                return;
            }
            for (long i = 0; i != bounds.count(); i++) {
                int next = bounds.type() == 0 ? cursor.u8() : bounds.type();
                if (bounds.count() < 0 && next == ']') {
                    return;
                }
                value(next, path, depth + 1);
            }
        }

        /** The type of all elements, if one is given, and how many there are, or -1. */
        private Bounds bounds() throws DamagedException {
            long start = cursor.at();
            int type = 0;
            int next = cursor.u8();
            if (next == '$') {
                type = cursor.u8();
                start = cursor.at();
                next = cursor.u8();
            }
            if (next == '#') {
                return new Bounds(type, length());
            }
            cursor.to(start);
            return new Bounds(type, -1);
        }

        private long length() throws DamagedException {
            long length = integer(cursor.u8());
            if (length < 0) {
                throw new DamagedException("Its UBJSON is damaged: a length is none.");
            }
            return length;
        }

        private long integer(int type) throws DamagedException {
            return switch (type) {
                case 'i' -> (byte) cursor.u8();
                case 'U' -> cursor.u8();
                case 'I' -> (short) cursor.big(2);
                case 'l' -> (int) cursor.big(4);
                case 'L' -> cursor.big(8);
                default -> throw new DamagedException("Its UBJSON is damaged: a length is no number.");
            };
        }

        private static int width(int type) throws DamagedException {
            return switch (type) {
                case 'Z', 'N', 'T', 'F' -> 0;
                case 'i', 'U', 'C' -> 1;
                case 'I' -> 2;
                case 'l', 'd' -> 4;
                case 'L', 'D' -> 8;
                case '{', '[', 'S', 'H' -> 0; // each has its own length
                default -> throw new DamagedException("Its UBJSON is damaged: there is no type " + type + ".");
            };
        }
    }
}
