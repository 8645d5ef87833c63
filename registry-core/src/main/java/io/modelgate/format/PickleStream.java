package io.modelgate.format;

import java.util.regex.Pattern;

/**
 * The bytes of a pickle in the order in which they are read. A frame is read into memory as a whole; the bytes of an array,
 * which joblib writes between, come after the frame.
 */
final class PickleStream {
    private static final int LONGEST_LINE = 4096;
    private static final int KEPT = 256;
    private static final Pattern SHORT_NUMBER = Pattern.compile("\\s*[+-]?[0-9]{1,18}\\s*");
    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?(0[xX][0-9a-fA-F_]+|[0-9_]+)?\\s*");

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
        return new PickleValue.Words(cursor.text(cursor.count(width, Long.MAX_VALUE), KEPT));
    }

    void skip(long count) throws DamagedException {
        cursor.skip(count);
    }

    String line() throws DamagedException {
        return cursor.line(LONGEST_LINE);
    }

    /** The text of a line that may be as long as the file, as Python allows; the beginning of a long one. */
    PickleValue longLine() throws DamagedException {
        return new PickleValue.Words(cursor.beginningOfLine(KEPT));
    }

    /** A line that is a whole number of any length. */
    PickleValue wholeLine() throws DamagedException {
        String line = cursor.beginningOfLine(KEPT);
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        if (SHORT_NUMBER.matcher(digits).matches()) {
            return new PickleValue.Whole(Long.parseLong(digits.strip()));
        }
        if (line.length() <= KEPT && !NUMBER.matcher(digits).matches()) {
            throw new DamagedException("It is no valid pickle: there is a text in place of a number.");
        }
        return PickleValue.Thing.OTHER;
    }
}
