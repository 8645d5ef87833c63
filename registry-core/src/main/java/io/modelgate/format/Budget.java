package io.modelgate.format;

/** How much several files may unpack to together: many small bombs are as bad as a large one. */
public final class Budget {
    private static final long USUAL = 512L << 20;

    private long left;

    private Budget(long bytes) {
        this.left = bytes;
    }

    /** Enough for the files of one version: 512 MiB. */
    public static Budget ofVersion() {
        return new Budget(USUAL);
    }

    static Budget of(long bytes) {
        return new Budget(bytes);
    }

    void spend(int bytes) throws DamagedException {
        left -= bytes;
        if (left < 0) {
            throw DamagedException.unread(
                    "It and the files before it unpack to more than may be read; the rest was not read.");
        }
    }
}
