package io.modelgate.cli;

import io.modelgate.store.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * One line on a terminal that shows how far long work has come; work of less than half a second shows nothing. The rate is that of
 * the last seconds, and only of bytes that moved: what was here already takes no time worth telling.
 */
final class ProgressBar implements Progress {
    private static final int WIDTH = 30;
    private static final long FIRST_SHOWN_MILLIS = 500;
    private static final long REFRESH_MILLIS = 200;
    private static final long WINDOW_MILLIS = 10_000;

    private final PrintWriter err;
    private final Clock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long total;
    private long done;
    private long moved;
    private long started;
    private long shown;

    private record Sample(long millis, long moved) {}

    ProgressBar(PrintWriter err, Clock clock) {
        this.err = err;
        this.clock = clock;
    }

    @Override
    public synchronized void started(long bytes) {
        total = bytes;
        done = 0;
        moved = 0;
        started = clock.millis();
        samples.clear();
        samples.add(new Sample(started, 0));
        shown = started + FIRST_SHOWN_MILLIS - REFRESH_MILLIS;
    }

    @Override
    public synchronized void advanced(long bytes) {
        moved += Math.max(0, bytes);
        count(bytes);
    }

    @Override
    public synchronized void found(long bytes) {
        count(bytes);
    }

    private void count(long bytes) {
        done += bytes;
        long now = clock.millis();
        if (now - shown >= REFRESH_MILLIS) {
            shown = now;
            draw(now);
        }
    }

    @Override
    public synchronized void warned(String sentence) {
        wipe();
        err.print("warn: " + sentence + "\n");
        err.flush();
    }

    @Override
    public synchronized void finished() {
        wipe();
    }

    private void wipe() {
        if (shown > started + FIRST_SHOWN_MILLIS - REFRESH_MILLIS) {
            err.print("\r" + " ".repeat(WIDTH + 40) + "\r");
            err.flush();
        }
    }

    @Override
    public synchronized void note(String sentence) {
        wipe();
        err.print("note: " + sentence + "\n");
        err.flush();
    }

    private void draw(long now) {
        double part = total == 0 ? 1 : Math.max(0, Math.min(1, (double) done / total));
        int full = (int) (part * WIDTH);
        double rate = rate(now);
        String left = rate < 1 ? "" : (long) Math.ceil(Math.max(0, total - done) / rate) + " s left ";
        err.print(String.format(
                Locale.ROOT,
                "\r[%s%s] %3d %%  %.1f MB/s  %-14s",
                "=".repeat(full),
                " ".repeat(WIDTH - full),
                (int) (part * 100),
                rate / 1_000_000,
                left));
        err.flush();
    }

    /** Bytes in a second. */
    private double rate(long now) {
        samples.add(new Sample(now, moved));
        while (samples.size() > 2 && samples.element().millis() < now - WINDOW_MILLIS) {
            samples.remove();
        }
        Sample first = samples.element();
        return (moved - first.moved()) * 1000.0 / Math.max(1, now - first.millis());
    }
}
