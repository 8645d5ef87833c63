package io.modelgate.cli;

import io.modelgate.store.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;

/** One line on a terminal that shows how far long work has come; work of less than half a second shows nothing. */
final class ProgressBar implements Progress {
    private static final int WIDTH = 30;
    private static final long FIRST_SHOWN_MILLIS = 500;
    private static final long REFRESH_MILLIS = 200;

    private final PrintWriter err;
    private final Clock clock;
    private long total;
    private long done;
    private long started;
    private long shown;

    ProgressBar(PrintWriter err, Clock clock) {
        this.err = err;
        this.clock = clock;
    }

    @Override
    public synchronized void started(long bytes) {
        total = bytes;
        done = 0;
        started = clock.millis();
        shown = started + FIRST_SHOWN_MILLIS - REFRESH_MILLIS;
    }

    @Override
    public synchronized void advanced(long bytes) {
        done += bytes;
        long now = clock.millis();
        if (now - shown >= REFRESH_MILLIS) {
            shown = now;
            draw(now);
        }
    }

    @Override
    public synchronized void finished() {
        if (shown > started + FIRST_SHOWN_MILLIS - REFRESH_MILLIS) {
            err.print("\r" + " ".repeat(WIDTH + 40) + "\r");
            err.flush();
        }
    }

    @Override
    public synchronized void note(String sentence) {
        err.println("note: " + sentence);
        err.flush();
    }

    private void draw(long now) {
        double part = total == 0 ? 1 : Math.min(1, (double) done / total);
        int full = (int) (part * WIDTH);
        double rate = done * 1000.0 / Math.max(1, now - started);
        long left = rate < 1 ? 0 : (long) ((total - done) / rate);
        err.print(String.format(
                Locale.ROOT,
                "\r[%s%s] %3d %%  %.1f MB/s  %d s left ",
                "=".repeat(full),
                " ".repeat(WIDTH - full),
                Math.round(part * 100),
                rate / 1_000_000,
                left));
        err.flush();
    }
}
