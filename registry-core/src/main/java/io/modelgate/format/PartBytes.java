package io.modelgate.format;

/** A part of other bytes. */
final class PartBytes extends Bytes {
    private final Bytes whole;
    private final long from;
    private final long length;

    PartBytes(Bytes whole, long from, long length) {
        this.whole = whole;
        this.from = from;
        this.length = Math.min(length, Long.MAX_VALUE - from);
    }

    @Override
    int read(long at, byte[] into, int offset, int count) throws DamagedException {
        if (at < 0 || at >= length) {
            return 0;
        }
        return whole.read(from + at, into, offset, (int) Math.min(count, length - at));
    }

    @Override
    boolean reaches(long end) throws DamagedException {
        return end <= length && whole.reaches(from + end);
    }

    @Override
    long size() throws DamagedException {
        return whole.reaches(from + length) ? length : Math.max(0, whole.size() - from);
    }
}
