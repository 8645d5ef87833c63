package io.modelgate.signature;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** Reads and writes the few parts of DER (ITU-T X.690) that keys and signatures need, and accepts nothing that is only BER. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xA0;

    private static final int MOST_LEVELS = 40;
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1F;

    private final byte[] bytes;
    private int at;

    Der(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The contents of the next element; throws {@link IllegalArgumentException} when it is not of this kind, or not DER. */
    byte[] next(int tag) {
        if (at + 2 > bytes.length || (bytes[at] & 0xFF) != tag) {
            throw new IllegalArgumentException("another element was expected");
        }
        int length = length(bytes.length);
        byte[] contents = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return contents;
    }

    /** The length of the element that begins here and ends by there; goes on to its contents. */
    private int length(int end) {
        int length = bytes[at + 1] & 0xFF;
        at += 2;
        if (length > 0x7F) {
            length = longLength(length & 0x7F);
        }
        if (length > end - at) {
            throw new IllegalArgumentException("it is cut off");
        }
        return length;
    }

    /**
     * Throws {@link IllegalArgumentException} unless these bytes are DER of few levels. To be asked before Java's own reader is, which
     * follows strings made of strings until its stack ends.
     */
    static void requireShallow(byte[] bytes) {
        new Der(bytes).walk(bytes.length, 1);
    }

    private void walk(int end, int level) {
        if (level > MOST_LEVELS) {
            throw new IllegalArgumentException("it has more than " + MOST_LEVELS + " levels");
        }
        while (at < end) {
            int tag = bytes[at];
            if (at + 2 > end || (tag & LONG_TAG) == LONG_TAG) {
                throw new IllegalArgumentException("it is no DER of certificates");
            }
            int length = length(end);
            if ((tag & CONSTRUCTED) == 0) {
                at += length;
            } else {
                walk(at + length, level + 1);
            }
        }
    }

    private int longLength(int octets) {
        if (octets < 1 || octets > 3 || at + octets > bytes.length) {
            throw new IllegalArgumentException("a length is not DER");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (bytes[at++] & 0xFF);
        }
        if (length < 0x80 || length >>> (8 * (octets - 1)) == 0) {
            throw new IllegalArgumentException("a length is longer than it must be");
        }
        return length;
    }

    /** The next element, which is a positive integer in its shortest form. */
    BigInteger positive() {
        byte[] contents = next(INTEGER);
        boolean padded = contents.length > 1 && contents[0] == 0 && contents[1] >= 0;
        if (contents.length == 0 || padded || contents[0] < 0) {
            throw new IllegalArgumentException("an integer is negative, or longer than it must be");
        }
        return new BigInteger(contents);
    }

    /** Whether the next element is of this kind. */
    boolean sees(int tag) {
        return at < bytes.length && (bytes[at] & 0xFF) == tag;
    }

    /** Throws {@link IllegalArgumentException} unless everything was read. */
    void end() {
        if (at != bytes.length) {
            throw new IllegalArgumentException("there is more after its end");
        }
    }

    /** An element made of parts. */
    static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            contents.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = contents.size();
        if (length > 0xFFFF) {
            element.write(0x83);
            element.write(length >> 16);
            element.write(length >> 8);
        } else if (length > 0xFF) {
            element.write(0x82);
            element.write(length >> 8);
        } else if (length > 0x7F) {
            element.write(0x81);
        }
        element.write(length);
        element.writeBytes(contents.toByteArray());
        return element.toByteArray();
    }
}
