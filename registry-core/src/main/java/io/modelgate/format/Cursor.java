package io.modelgate.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Reads bytes one after the other; what is not there is damage. */
final class Cursor {
    /** Stands for what was not kept of a text. */
    static final String ELLIPSIS = "…";

    private static final int WINDOW = 8192;
    private static final int SMALL_WINDOW = 1024;

    private final Bytes bytes;
    private final byte[] window;
    private long windowAt;
    private int windowLength;
    private long at;

    Cursor(Bytes bytes, long at) {
        this(bytes, at, WINDOW);
    }

    private Cursor(Bytes bytes, long at, int window) {
        this.bytes = bytes;
        this.window = new byte[window];
        this.at = at;
    }

    /** Reads little at a time: for messages of which most is skipped. */
    static Cursor skipping(Bytes bytes) {
        return new Cursor(bytes, 0, SMALL_WINDOW);
    }

    long at() {
        return at;
    }

    void to(long position) {
        at = position;
    }

    boolean ended() throws DamagedException {
        return !fill();
    }

    int u8() throws DamagedException {
        if (!fill()) {
            throw DamagedException.cut(at);
        }
        return window[(int) (at++ - windowAt)] & 0xff;
    }

    /** Little-endian, of up to 8 bytes; 8 bytes give a negative number from 2^63 on. */
    long little(int count) throws DamagedException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) u8() << (8 * i);
        }
        return value;
    }

    /** Big-endian, of up to 8 bytes. */
    long big(int count) throws DamagedException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | u8();
        }
        return value;
    }

    /** A little-endian number that says how many of something there are: from 0 up to {@code most}. */
    long count(int width, long most) throws DamagedException {
        long value = little(width);
        if (value < 0 || value > most) {
            throw new DamagedException("It says at byte " + (at - width) + " that there are "
                    + Long.toUnsignedString(value) + " of something, which cannot be.");
        }
        return value;
    }

    void skip(long count) throws DamagedException {
        if (count < 0 || at + count < at || !(inWindow(at + count) || bytes.reaches(at + count))) {
            throw DamagedException.cut(at);
        }
        at += count;
    }

    byte[] take(int count) throws DamagedException {
        if (count < 0 || count > Limits.HEADER || !(inWindow(at + count) || bytes.reaches(at + count))) {
            throw DamagedException.cut(at);
        }
        byte[] taken = bytes.slice(at, count);
        at += count;
        return taken;
    }

    /** The next {@code count} bytes as UTF-8, of which at most {@code shown} are kept. */
    String text(long count, int shown) throws DamagedException {
        String text = new String(take((int) Math.min(count, shown)), UTF_8);
        skip(count - Math.min(count, shown));
        return count > shown ? text + ELLIPSIS : text;
    }

    /**
     * Up to the next line feed, without it, as ISO 8859-1; of a line longer than {@code kept} its beginning and an ellipsis. The
     * last line may have no line feed: Python takes away its last character in place of one.
     */
    String line(int kept) throws DamagedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean longer = false;
        while (fill()) {
            int next = window[(int) (at++ - windowAt)];
            if (next == '\n') {
                return shown(line, longer);
            }
            longer |= line.size() == kept;
            if (!longer) {
                line.write(next);
            }
        }
        String cut = shown(line, longer);
        return longer || cut.isEmpty() ? cut : cut.substring(0, cut.length() - 1);
    }

    private static String shown(ByteArrayOutputStream line, boolean longer) {
        String text = line.toString(ISO_8859_1);
        return longer ? text + ELLIPSIS : text;
    }

    private boolean inWindow(long position) {
        return position >= windowAt && position <= windowAt + windowLength;
    }

    private boolean fill() throws DamagedException {
        if (at < windowAt || at >= windowAt + windowLength) {
            windowAt = at;
            windowLength = 0; // stays so when reading fails
            windowLength = bytes.read(at, window, 0, window.length);
        }
        return windowLength > 0;
    }
}
