package io.modelgate.format;

/** How much work one file may cause, with all that is packed in it. */
final class Limits {
    /** A header, an index or a document inside a file. */
    static final int HEADER = 16 << 20;

    /** Archives in archives. */
    static final int DEPTH = 3;

    private static final long UNPACKED = 64L << 20;
    private static final long RATIO = 200;

    /** Below this many bytes nobody is harmed, and a file of zeros has any ratio. */
    private static final long RATIO_FROM = 16L << 20;

    private final Budget budget;
    private long unpacked;

    Limits(Budget budget) {
        this.budget = budget;
    }

    /** Counts bytes that came out of a compressed stream. */
    void unpacked(int more, long fromStream, long packed) throws DamagedException {
        unpacked += more;
        budget.spend(more);
        if (isBomb(fromStream, packed)) {
            throw DamagedException.unread("It unpacks to more than " + RATIO
                    + " times its size, as a compression bomb does; the rest was not read.");
        }
        if (unpacked > UNPACKED) {
            throw DamagedException.unread(
                    "It unpacks to more than " + (UNPACKED >> 20) + " MiB; the rest was not read.");
        }
    }

    static boolean isBomb(long unpacked, long packed) {
        return unpacked >= RATIO_FROM && unpacked / RATIO > packed;
    }
}
