package io.modelgate.policy;

/** How many comparisons of groups one rule may make: whoever writes reports must not be able to keep the gate busy. */
final class Effort {
    /** 300 groups with each other; some tenths of a second. */
    private static final long MOST = 100_000;

    private long left = MOST;

    /** Whether so many more may be made; then they count as made. */
    boolean allows(long comparisons) {
        boolean allowed = comparisons <= left;
        left -= allowed ? comparisons : 0;
        return allowed;
    }
}
