package io.modelgate.format;

import java.util.ArrayList;
import java.util.List;

/** Reads Python's {@code marshal} format as far as the names that the code of a module uses. Nothing is made of it. */
final class Marshal {
    private static final int DEEPEST = 100;
    private static final int MOST_VALUES = 5_000_000;
    private static final int IS_REFERRED_TO = 0x80;
    private static final int PYTHON_3_8 = 3410;
    private static final int PYTHON_3_11 = 3450;
    private static final int PYTHON_2_END = 50_000;

    private final Cursor cursor;
    private final int version;
    private final List<List<String>> references = new ArrayList<>();
    private int values;
    private int depth;

    Marshal(Bytes bytes, long at, int version) {
        this.cursor = new Cursor(bytes, at);
        this.version = version;
    }

    /** The names of the outermost code object: what it imports, calls and assigns. */
    List<String> names() throws DamagedException {
        return value();
    }

    /** The strings of a value: itself, or those of its parts, or the names of a code object. */
    private List<String> value() throws DamagedException {
        int mark = cursor.u8();
        int type = mark & ~IS_REFERRED_TO;
        if (++values > MOST_VALUES || ++depth > DEEPEST) {
            throw new DamagedException("Its bytecode has too many values, or too deep ones; the rest was not read.");
        }
        int reference = references.size();
        boolean referred = (mark & IS_REFERRED_TO) != 0;
        if (referred) {
            references.add(List.of());
        }
        List<String> strings = value(type);
        if (referred) {
            references.set(reference, strings);
        }
        depth--;
        return strings;
    }

    private List<String> value(int type) throws DamagedException {
        return switch (type) {
            case '0', 'N', 'F', 'T', 'S', '.' -> List.of();
            case 'i' -> skipped(4);
            case 'I', 'g' -> skipped(8);
            case 'y' -> skipped(16);
            case 'f' -> skipped(cursor.u8());
            case 'x' -> skipped(cursor.u8() + (long) cursor.u8());
            case 'l' -> skipped(2L * Math.abs((int) cursor.little(4)));
            case 's', 't', 'u', 'a', 'A' -> List.of(cursor.text(cursor.count(4, Integer.MAX_VALUE), 100));
            case 'z', 'Z' -> List.of(cursor.text(cursor.u8(), 100));
            case 'r' -> reference((int) cursor.little(4));
            case 'R' -> skipped(4);
            case ')' -> parts(cursor.u8());
            case '(', '[', '<', '>' -> parts((int) cursor.count(4, MOST_VALUES));
            case ':' -> parts(3);
            case 'c' -> code();
            default -> throw new DamagedException("Its bytecode is damaged: there is no value of type " + type + ".");
        };
    }

    private List<String> skipped(long count) throws DamagedException {
        cursor.skip(count);
        return List.of();
    }

    private List<String> reference(int index) throws DamagedException {
        if (index < 0 || index >= references.size()) {
            throw new DamagedException("Its bytecode is damaged: it refers to what is not there.");
        }
        return references.get(index);
    }

    private List<String> parts(int count) throws DamagedException {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> part = value();
            if (strings.size() < 1000) {
                strings.addAll(part);
            }
        }
        return strings;
    }

    /** Numbers, bytes of code, constants, names; and then what differs between versions. */
    private List<String> code() throws DamagedException {
        boolean two = version > PYTHON_2_END;
        boolean eleven = !two && version >= PYTHON_3_11;
        int numbers = two ? 4 : eleven || version < PYTHON_3_8 ? 5 : 6;
        cursor.skip(4L * numbers);
        value();
        value();
        List<String> names = value();
        parts(5);
        cursor.skip(4);
        parts(eleven ? 2 : 1);
        return names;
    }
}
