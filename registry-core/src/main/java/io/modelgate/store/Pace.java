package io.modelgate.store;

import java.util.concurrent.TimeUnit;

/**
 * Measures how fast a server gives bytes, or takes them, in one direction. All transfers with it count together, since they share
 * one line; and only time counts in which at least one of them waits for the server, not for this machine. Whoever began before
 * the server was found too slow is told so, too. Used by many threads at once.
 */
public final class Pace {
    /** What each transfer has for nothing, as a share of a window: a small file is more waiting than bytes. */
    private static final int FREE = 60;

    private static final String REMEDY =
            "Look at the network and at the store, or name a mirror for it in registry.yaml; what is complete is kept. If the line"
                    + " gives no more, set " + LeastRate.VARIABLE
                    + " to less, such as 10kB (in a second; 0 waits for ever).";

    private final LeastRate least;
    private int waiting;
    private long since;
    private long waited;
    private long moved;
    private int refusals;
    private String words = "";

    /** Measures against a rate. */
    public Pace(LeastRate least) {
        this.least = least;
    }

    /** A file, or a part of one, begins to move. */
    public synchronized Transfer begin() {
        moved += least.bytes() * least.window().toMillis() / 1_000 / FREE;
        return new Transfer(refusals);
    }

    private synchronized void turn(boolean begins) {
        long now = System.nanoTime();
        if (waiting > 0) {
            waited += now - since;
        }
        since = now;
        waiting += begins ? 1 : -1;
    }

    private synchronized void count(long bytes) {
        moved += bytes;
    }

    private synchronized void require(int begun) throws GivenUpException {
        if (begun < refusals) {
            throw new GivenUpException(words, REMEDY, null);
        }
        long time = waited + (waiting > 0 ? System.nanoTime() - since : 0);
        if (time < least.window().toNanos()) {
            return;
        }
        double seconds = (double) time / TimeUnit.SECONDS.toNanos(1);
        boolean slow = moved < least.bytes() * seconds;
        String found = "it is too slow: " + ByteSize.words(moved) + " in " + Math.round(seconds) + " s are "
                + ByteSize.words((long) (moved / seconds)) + " in a second, and " + ByteSize.words(least.bytes())
                + " are the least that is waited for";
        waited = 0;
        since = System.nanoTime();
        moved = 0;
        if (slow) {
            words = found;
            refusals++;
            throw new GivenUpException(words, REMEDY, null);
        }
    }

    /** Bytes on their way. */
    public final class Transfer {
        private final int begun;
        private boolean waits;

        private Transfer(int begun) {
            this.begun = begun;
        }

        /** From now on it is the server's turn. */
        public synchronized void waits() {
            if (!waits) {
                waits = true;
                turn(true);
            }
        }

        /** It is this side's turn, or there is nothing more to come. */
        public synchronized void rests() {
            if (waits) {
                waits = false;
                turn(false);
            }
        }

        /** So many bytes went through. */
        public void moved(long bytes) {
            count(bytes);
        }

        /** Throws when the server has had its time and moved too little. */
        public void require() throws GivenUpException {
            Pace.this.require(begun);
        }
    }
}
