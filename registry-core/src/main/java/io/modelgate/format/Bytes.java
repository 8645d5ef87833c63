package io.modelgate.format;

import java.util.Arrays;

/** Bytes that can be read anywhere, and that need not all be in memory. */
abstract class Bytes {
    /** Reads up to {@code length} bytes from {@code at}; returns how many there were, fewer only at the end. */
    abstract int read(long at, byte[] into, int from, int length) throws DamagedException;

    /** Whether there are at least {@code end} bytes. Unpacks no more than needed to tell. */
    abstract boolean reaches(long end) throws DamagedException;

    /** How many there are. Unpacks all of them to tell. */
    abstract long size() throws DamagedException;

    /** Up to {@code length} bytes from {@code at}, fewer only at the end. */
    final byte[] slice(long at, int length) throws DamagedException {
        byte[] bytes = new byte[length];
        int read = read(at, bytes, 0, length);
        return read == length ? bytes : Arrays.copyOf(bytes, read);
    }

    /** Whether these bytes are at {@code at}. */
    final boolean has(long at, int... expected) throws DamagedException {
        byte[] found = slice(at, expected.length);
        if (found.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((found[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether these ASCII characters are at {@code at}. */
    final boolean has(long at, String expected) throws DamagedException {
        return has(at, expected.chars().toArray());
    }

    /** The part from {@code from} that is {@code length} long, or shorter where these bytes end. */
    final Bytes part(long from, long length) {
        return new PartBytes(this, from, length);
    }
}
