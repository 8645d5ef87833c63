package io.modelgate.store;

/**
 * How a pull uses the cache.
 *
 * @param offline whether nothing but this machine is asked
 * @param link whether files become hard links of the cache's, and read-only, where that is safe
 * @param fill whether what came from a store is kept for the next time
 */
public record CacheUse(boolean offline, boolean link, boolean fill) {
    /** Take what is there, keep what comes. */
    public static final CacheUse NORMAL = new CacheUse(false, false, true);

    /** As if there were no cache. */
    public static final CacheUse NONE = new CacheUse(false, false, false);

    /** Only what is on this machine. */
    public static final CacheUse OFFLINE = new CacheUse(true, false, false);

    /** As {@link #NORMAL}, with links. */
    public static final CacheUse LINKS = new CacheUse(false, true, true);

    public CacheUse {
        if (offline && fill) {
            throw new IllegalArgumentException("what is offline brings nothing that could be kept");
        }
    }

    /** The same with links. */
    public CacheUse linking() {
        return new CacheUse(offline, true, fill);
    }

    /** Whether the cache is looked into at all. */
    boolean looks() {
        return offline || link || fill;
    }
}
