package io.modelgate.format;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The bytes of a pickle in the order in which they are read. A frame is read into memory as a whole; the bytes of an array,
 * which joblib writes between, come after the frame.
 */
final class PickleStream {
    private static final int LONGEST_NAME = 4096;
    private static final int KEPT = 256;
    private static final Pattern SHORT_NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");

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

    /** The text of a line that may be as long as the file, as Python allows; the beginning of a long one. */
    String line() throws DamagedException {
        return cursor.line(LONGEST_NAME);
    }

    PickleValue words() throws DamagedException {
        return new PickleValue.Words(cursor.line(KEPT));
    }

    /** A line that is a whole number of any length, in any notation that Python reads. */
    PickleValue wholeLine() throws DamagedException {
        String line = cursor.line(KEPT);
        String number = plain(line);
        if (SHORT_NUMBER.matcher(number).matches()) {
            return new PickleValue.Whole(Long.parseLong(number));
        }
        if (!isNumber(number)) {
            throw new DamagedException("It is no valid pickle: there is a text in place of a number.");
        }
        return PickleValue.Thing.OTHER;
    }

    /** What the memo calls a value: empty for what only Python knows, which reads any number, and Python 2 any text. */
    Optional<Long> index() throws DamagedException {
        String number = plain(cursor.line(KEPT));
        return SHORT_NUMBER.matcher(number).matches() ? Optional.of(Long.parseLong(number)) : Optional.empty();
    }

    /** Without spaces around it, and without what C does not read: what comes after a zero. */
    private static String plain(String line) {
        int zero = line.indexOf(0);
        String text = (zero < 0 ? line : line.substring(0, zero)).strip();
        return text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
    }

    /** Whether it could be a number, perhaps a hexadecimal one. C takes nothing for one, too. */
    private static boolean isNumber(String text) {
        String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        return digits.isEmpty()
                || (Character.digit(digits.charAt(0), 10) >= 0
                        && digits.chars().allMatch(each -> "0123456789abcdefABCDEF_xXoO…".indexOf(each) >= 0));
    }
}
