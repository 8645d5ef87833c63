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
    private static final int WIDTH = 25;
    private static final int NAME_WIDTH = 9;
    private static final int REST_WIDTH = 45;
    private static final long FIRST_GUESS_MILLIS = 2_000;
    private static final long FIRST_SHOWN_MILLIS = 500;
    private static final long REFRESH_MILLIS = 200;
    private static final long WINDOW_MILLIS = 10_000;

    private final PrintWriter err;
    private final Clock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private String work = "";
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
    public synchronized void started(String name, long bytes) {
        work = name;
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
            err.print("\r" + " ".repeat(NAME_WIDTH + WIDTH + REST_WIDTH) + "\r");
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
        boolean told = rate >= 1 && now - started >= FIRST_GUESS_MILLIS;
        err.print(String.format(
                Locale.ROOT,
                "\r%-" + NAME_WIDTH + "s [%s%s] %3d %%  %.1f MB/s  %-17s",
                work,
                "=".repeat(full),
                " ".repeat(WIDTH - full),
                (int) (part * 100),
                rate / 1_000_000,
                told ? left((long) Math.ceil(Math.max(0, total - done) / rate)) : ""));
        err.flush();
    }

    /** As exactly as anybody wants to know it; nothing where it would be days: that is a guess from a slow beginning. */
    private static String left(long seconds) {
        if (seconds < 100) {
            return seconds + " s left";
        }
        long minutes = (seconds + 59) / 60;
        if (minutes < 100) {
            return minutes + " min left";
        }
        return minutes < 24 * 60 ? minutes / 60 + " h " + minutes % 60 + " min left" : "";
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
