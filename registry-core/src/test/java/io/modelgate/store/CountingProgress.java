package io.modelgate.store;

import java.util.concurrent.atomic.AtomicLong;

/** Remembers what it was told. */
final class CountingProgress implements Progress {
    private final AtomicLong announced = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong ends = new AtomicLong();

    @Override
    public void started(long size) {
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
