package io.modelgate.format;

/** Bytes that are in memory. */
final class MemoryBytes extends Bytes {
    private final byte[] bytes;

    MemoryBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    int read(long at, byte[] into, int from, int length) {
        if (at < 0 || at >= bytes.length) {
            return 0;
        }
        int count = (int) Math.min(length, bytes.length - at);
        System.arraycopy(bytes, (int) at, into, from, count);
        return count;
    }

    @Override
    boolean reaches(long end) {
        return end <= bytes.length;
    }

    @Override
    long size() {
        return bytes.length;
    }
}
