package io.modelgate.store;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what it was told. */
final class CountingProgress implements Progress {
    private final AtomicLong announced = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final AtomicLong ends = new AtomicLong();

    @Override
    public void started(String work, long size) {
        announced.addAndGet(size);
    }

    @Override
    public void advanced(long size) {
        bytes.addAndGet(size);
    }

    @Override
    public void finished() {
        ends.incrementAndGet();
    }

    @Override
    public void warned(String sentence) {
        warnings.add(sentence);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    long announced() {
        return announced.get();
    }

    long bytes() {
        return bytes.get();
    }

    long ends() {
        return ends.get();
    }
}
