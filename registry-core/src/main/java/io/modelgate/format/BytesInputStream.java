package io.modelgate.format;

import java.io.IOException;
import java.io.InputStream;

/** Bytes as a stream, for readers that want one. Damage comes out as an {@link IOException} with the same message. */
final class BytesInputStream extends InputStream {
    private final Bytes bytes;
    private long at;

    BytesInputStream(Bytes bytes) {
        this.bytes = bytes;
    }

    /** How many have been read. */
    long position() {
        return at;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            int read = bytes.read(at, into, from, length);
            at += read;
            return read == 0 ? -1 : read;
        } catch (DamagedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
