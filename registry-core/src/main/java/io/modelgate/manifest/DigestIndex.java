package io.modelgate.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Numbers different digests from 0 in the order in which they come: a set, and with arrays beside it a map, for millions of them.
 * Each takes about 45 bytes of memory. For one thread.
 */
public final class DigestIndex {
    private static final int LONGS = 4;
    private static final int BLOCK = 1 << 12;
    private static final int FIRST_SLOTS = 1 << 8;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** The digests in order, a block at a time so that nothing is copied when there are more. */
    private final List<long[]> blocks = new ArrayList<>();

    /** One more than a number, at the first free place from where the digest's bits point to; 0 where none is. */
    private int[] slots = new int[FIRST_SLOTS];

    /** Nobody knows it: digests stand in files that anybody may propose, and could be chosen to fall on one slot. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private int size;

    /** How many there are. */
    public int size() {
        return size;
    }

    public boolean contains(Digest digest) {
        return find(digest) >= 0;
    }

    /** The number of a digest; -1 when it never came. */
    public int find(Digest digest) {
        return slots[slot(words(digest))] - 1;
    }

    /** The number of a digest, which is {@link #size} as it was before when it comes for the first time. */
    public int add(Digest digest) {
        long[] words = words(digest);
        int slot = slot(words);
        if (slots[slot] == 0) {
            if (size % BLOCK == 0) {
                blocks.add(new long[BLOCK * LONGS]);
            }
            System.arraycopy(words, 0, blocks.get(size / BLOCK), size % BLOCK * LONGS, LONGS);
            slots[slot] = ++size;
            if (size > slots.length / 3 * 2) {
                grow();
            }
            return size - 1;
        }
        return slots[slot] - 1;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int number = 0; number < size; number++) {
            int at = number % BLOCK * LONGS;
            slots[slot(Arrays.copyOfRange(blocks.get(number / BLOCK), at, at + LONGS))] = number + 1;
        }
    }

    /** Where the digest is, or the free slot for it. */
    private int slot(long[] words) {
        int mask = slots.length - 1;
        long mixed = seed;
        for (long word : words) {
            mixed = (mixed ^ word) * MIX;
            mixed ^= mixed >>> 32;
        }
        int slot = (int) mixed & mask;
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, words)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean isAt(int number, long[] words) {
        int at = number % BLOCK * LONGS;
        return Arrays.equals(blocks.get(number / BLOCK), at, at + LONGS, words, 0, LONGS);
    }

    private static long[] words(Digest digest) {
        long[] words = new long[LONGS];
        for (int i = 0; i < LONGS; i++) {
            words[i] = Long.parseUnsignedLong(digest.hex(), i * 16, i * 16 + 16, 16);
        }
        return words;
    }
}
