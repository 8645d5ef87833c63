package io.modelgate.git;

import java.util.HexFormat;
import java.util.function.IntConsumer;

/**
 * Gives the characters of a text as YAML and JSON read them between double quotes, as far as hexadecimal digits are concerned: a
 * backslash with {@code x}, {@code u} or {@code U} and the 2, 4 or 8 digits of its code is that character, and an escaped line
 * break is nothing. What is no digit is
 * given as {@link #OTHER}. Where a text has no such quotes this finds digits that are none, which does no harm.
 */
final class EscapedDigits {
    /** No hexadecimal digit. */
    static final int OTHER = -1;

    private static final int SKIPPING = -2;
    private static final int ESCAPED = -3;
    private static final int DIGITS = 0;

    private final IntConsumer target;
    /** What the next byte is; how many digits of a code are to come when it is above zero. */
    private int state = DIGITS;

    private int code;

    EscapedDigits(IntConsumer target) {
        this.target = target;
    }

    /** The next byte; zeros, as in UTF-16, are left out. */
    void take(byte next) {
        if (next == 0) {
            return;
        }
        char c = (char) (next & 0xff);
        if (state > DIGITS) {
            digit(c);
        } else if (state == ESCAPED) {
            escaped(c);
        } else if (state != SKIPPING || (c != ' ' && c != '\t')) {
            plain(c);
        }
    }

    private void plain(char c) {
        state = c == '\\' ? ESCAPED : DIGITS;
        if (state == DIGITS) {
            give(c);
        }
    }

    private void escaped(char c) {
        code = 0;
        switch (c) {
            case 'x' -> state = 2;
            case 'u' -> state = 4;
            case 'U' -> state = 8;
            case '\r' -> state = ESCAPED;
            case '\n' -> state = SKIPPING;
            default -> {
                state = DIGITS;
                target.accept(OTHER);
            }
        }
    }

    private void digit(char c) {
        if (!HexFormat.isHexDigit(c)) {
            target.accept(OTHER);
            plain(c);
            return;
        }
        code = (code << 4) | HexFormat.fromHexDigit(c);
        if (--state == DIGITS) {
            give(code);
        }
    }

    private void give(int c) {
        target.accept(c < 128 && HexFormat.isHexDigit(c) ? Character.toLowerCase(c) : OTHER);
    }
}
