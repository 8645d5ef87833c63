package io.modelgate.format;

import java.util.regex.Pattern;

/**
 * The bytes of a pickle in the order in which they are read. A frame is read into memory as a whole; the bytes of an array,
 * which joblib writes between, come after the frame.
 */
final class PickleStream {
    private static final int LONGEST_LINE = 4096;
    private static final Pattern WHOLE = Pattern.compile("[ \\t]*[+-]?[0-9]{1,18}[ \\t\\r]*");

    private final Cursor cursor;
    private long frameEnd;
    private long afterFrame;

    PickleStream(Bytes bytes, long at) {
        this.cursor = new Cursor(bytes, at);
    }

    long at() {
        return cursor.at();
    }

    /** Where the file stands: after the frame. */
    long fileAt() {
        return cursor.at() < frameEnd ? afterFrame : cursor.at();
    }

    /** Goes on after other bytes in the file. */
    void fileTo(long position) {
        if (cursor.at() < frameEnd) {
            afterFrame = position;
        } else {
            cursor.to(position);
        }
    }

    void frame() throws DamagedException {
        long length = cursor.little(8);
        frameEnd = cursor.at() + length;
        afterFrame = frameEnd;
    }

    /** The next opcode. */
    int next() throws DamagedException {
        if (cursor.at() == frameEnd) {
            cursor.to(afterFrame);
            frameEnd = 0;
        }
        return cursor.u8();
    }

    long number(int width) throws DamagedException {
        return cursor.little(width);
    }

    /** Skips as many bytes as a number of this width says. */
    void skipCounted(int width) throws DamagedException {
        cursor.skip(cursor.count(width, Long.MAX_VALUE));
    }

    PickleValue words(int width) throws DamagedException {
        return new PickleValue.Words(cursor.text(cursor.count(width, Long.MAX_VALUE), 256));
    }

    void skip(long count) throws DamagedException {
        cursor.skip(count);
    }

    String line() throws DamagedException {
        return cursor.line(LONGEST_LINE);
    }

    /** The text of a line that may be long. */
    PickleValue longLine() throws DamagedException {
        String line = cursor.line(Limits.HEADER);
        return new PickleValue.Words(line.length() > 256 ? line.substring(0, 256) + "…" : line);
    }

    /** A line that is a whole number of any length. */
    PickleValue wholeLine() throws DamagedException {
        String line = cursor.line(Limits.HEADER);
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        if (WHOLE.matcher(digits).matches()) {
            return new PickleValue.Whole(Long.parseLong(digits.strip()));
        }
        if (!digits.strip().matches("[+-]?(0[xX][0-9a-fA-F_]+|[0-9_]+)|")) {
            throw new DamagedException("It is no valid pickle: " + line.length() + " characters are no number.");
        }
        return PickleValue.Thing.OTHER;
    }
}
