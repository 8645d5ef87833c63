package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A server in this process that keeps objects in memory, and that breaks off when it is told to. */
final class PlayedObjects implements RemoteObjects {
    final Map<Digest, byte[]> held = new ConcurrentHashMap<>();
    final AtomicInteger reads = new AtomicInteger();
    final AtomicLong sent = new AtomicLong();
    /** Whether it knows no parts, though it says so. */
    volatile boolean before;
    /** After so many bytes each connection breaks. */
    volatile int breaksAfter = Integer.MAX_VALUE;
    /** After so many bytes in all the server is gone for good. */
    volatile long goneAfter = Long.MAX_VALUE;

    @Override
    public OptionalLong size(FileDigest file) {
        byte[] bytes = held.get(file.digest());
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
    }

    @Override
    public Piece read(FileDigest file, long from, long length) throws IOException {
        reads.incrementAndGet();
        byte[] bytes = held.get(file.digest());
        if (bytes == null) {
            throw new MissingObjectException(file);
        }
        if (before && from > 0) {
            return new Piece(new Breaking(bytes, 0, bytes.length), OptionalLong.of(bytes.length), from);
        }
        int start = (int) Math.min(from, bytes.length);
        int end = from == 0 && length == file.size() ? bytes.length : (int) Math.min(from + length, bytes.length);
        return new Piece(new Breaking(bytes, start, end), OptionalLong.of(bytes.length));
    }

    @Override
    public void write(FileDigest file, AnnouncedBytes bytes, boolean replace) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] next = bytes.next(1 << 16); next.length > 0; next = bytes.next(1 << 16)) {
            all.writeBytes(next);
            bytes.taken(next.length);
        }
        bytes.requireRight();
        if (replace) {
            held.put(file.digest(), all.toByteArray());
        } else {
            held.putIfAbsent(file.digest(), all.toByteArray());
        }
    }

    @Override
    public boolean list(Consumer<StoredObject> each) {
        held.forEach((digest, bytes) -> each.accept(new StoredObject(digest, bytes.length, Instant.EPOCH)));
        return true;
    }

    @Override
    public void remove(Digest digest) {
        held.remove(digest);
    }

    private final class Breaking extends FilterInputStream {
        private int left = breaksAfter;

        Breaking(byte[] bytes, int start, int end) {
            super(new ByteArrayInputStream(bytes, start, end - start));
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0 || sent.get() >= goneAfter) {
                throw new IOException("connection reset");
            }
            int read = super.read(target, offset, Math.min(length, left));
            left -= Math.max(0, read);
            sent.addAndGet(Math.max(0, read));
            return read;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}
