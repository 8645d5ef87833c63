package io.modelgate.store;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Measures how fast a server gives bytes, or takes them, in one direction. All transfers with it count together, since they share
 * one line; and only time counts in which at least one of them waits for the server, not for this machine. Whoever began before
 * the server was found too slow is told so, too. Used by many threads at once.
 *
 * <p>The time before an answer is counted by itself, and never forgotten: a server that has to get up first, or is busy for a
 * while, has two windows in all, and each answer a little; one that keeps each of a thousand small files for long is given up.
 */
public final class Pace {
    /** What each transfer has for nothing, as a share of a window: a small file is more waiting than bytes. */
    private static final int FREE = 60;

    private static final int FREE_WINDOWS = 2;

    private static final String REMEDY =
            "Look at the network and at the store, or name a mirror for it in registry.yaml; what is complete is kept. If the line"
                    + " gives no more, set " + LeastRate.VARIABLE
                    + " to less, such as 10kB (in a second; 0 waits for ever).";

    private final LeastRate least;
    private int waiting;
    private long since;
    private long waited;
    private long moved;
    private int asking;
    private long askingSince;
    private long asked;
    private int answers;
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

    /** What is asked of a server. */
    interface Question<T> {
        T ask() throws IOException;
    }

    /** Asks for something, and waits for the answer; throws when the server took too long for the ones before. */
    <T> T answer(Question<T> question) throws IOException {
        requireAnswers();
        return again(question);
    }

    /** The same after one that failed, which tells more about the server than its pace. */
    <T> T again(Question<T> question) throws IOException {
        begins();
        try {
            return question.ask();
        } finally {
            asked(-1);
        }
    }

    private synchronized void begins() {
        answers++;
        asked(1);
    }

    private synchronized void requireAnswers() throws GivenUpException {
        long time = asked(0);
        if (least.bytes() > 0) {
            long most = least.window().toNanos() * FREE_WINDOWS + least.answer().toNanos() * answers;
            if (time > most) {
                words = "it is too slow: " + answers + " answers took " + TimeUnit.NANOSECONDS.toSeconds(time)
                        + " s, and " + TimeUnit.NANOSECONDS.toSeconds(most)
                        + " s are the most that is waited for so many";
                refusals++;
                throw new GivenUpException(words, REMEDY, null);
            }
        }
    }

    /** How long somebody waited for an answer up to now, before one more or one fewer does. */
    private synchronized long asked(int more) {
        long now = System.nanoTime();
        asked += asking > 0 ? now - askingSince : 0;
        askingSince = now;
        asking += more;
        return asked;
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
